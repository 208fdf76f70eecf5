"""Told inside the transaction in which something is written to the audit log.

`recorded`: sender is the Entry class; `entry`, `target` (the row it is about), `by` (a user or the name of a command).
Whoever keeps what rows said before hangs on to it, so that log and history are written together or not at all.
"""

from django.dispatch import Signal

recorded = Signal()
