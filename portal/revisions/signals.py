"""Told inside the transaction in which a revision moves, so that mails are written with it or not at all.

`moved`: sender is the Revision class; `revision`, `event` (an `Event`), `by` (user or the name of a command).
"""

from enum import StrEnum

from django.dispatch import Signal


class Event(StrEnum):
    """What happened to a revision."""

    SUBMITTED = "submitted"
    HANDED_ON = "handed_on"
    APPLIED = "applied"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


moved = Signal()
