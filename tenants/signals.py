"""The project's signals: a municipality has its tables and every app may fill its own; or it goes, with all of them."""

from django.dispatch import Signal

# Sent inside the new municipality and the transaction that makes it.
# Arguments: municipality, template (a Municipality to copy from, or None).
provisioned = Signal()
# Sent on the operator's side in the transaction that deletes a municipality, for what shared tables hold of it.
# Argument: schema_name.
removed = Signal()
# Sent on the operator's side, outside of any transaction, when a rollout has brought municipalities to the code's
# version or found them there. May say the same again: a rollout that was killed does not know whom it told.
# Argument: schema_names.
reached = Signal()
