"""The project's one signal: a municipality has its tables, now every app may fill its own."""

from django.dispatch import Signal

# Sent inside the new municipality and the transaction that makes it.
# Arguments: municipality, template (a Municipality to copy from, or None).
provisioned = Signal()
