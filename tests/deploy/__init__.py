"""What an operator installs: units, scripts, images, alerts, the runbook."""
