"""What the operator is told when something goes wrong: lines of a log and events for Sentry, each with municipality,
request and release, and nothing of a person."""
