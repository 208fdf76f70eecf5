"""Tables of the room."""

from portal.feedback.models.case import Answer, Case, Kind, State, Topic
from portal.feedback.models.guard import Counter, Salt
from portal.feedback.models.statement import AccessibilityStatement, KnownBarrier

__all__ = [
    "AccessibilityStatement",
    "Answer",
    "Case",
    "Counter",
    "Kind",
    "KnownBarrier",
    "Salt",
    "State",
    "Topic",
]
