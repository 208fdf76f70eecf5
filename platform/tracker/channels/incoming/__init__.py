"""What other programs tell us, signed: the states of issues elsewhere, errors that Sentry saw."""
