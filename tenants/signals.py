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
# Sent on the operator's side, in the transaction from which on nothing is written to a municipality that moves to
# another cell, and once more before it is open there. Argument: schema_name. A receiver takes what shared tables hold
# of it off whoever would still work on it and returns (its name, a list of what it took), or raises RefusedError;
# StillWorkingError where it is enough to wait. Rows that need not be taken off anybody: tenants.carried.
leaving = Signal()
# Sent inside the municipality, in the transaction that opens it in its new cell, or again in its old one after a move
# that was taken back. Arguments: schema_name, luggage (what receivers of `leaving` returned, by their names). What is
# there already stays.
arrived = Signal()
# Sent on the operator's side in the transaction that removes what stayed in the old cell. Arguments: schema_name,
# was_open (False: it came here and was taken back before it was open, so nothing of it may stay).
left = Signal()
# Sent inside the municipality, in the transaction from which on another of its names is the canonical one: all
# addresses it gives away begin with that. Argument: municipality.
renamed_host = Signal()
