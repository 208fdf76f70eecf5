"""What municipalities reported, what was said about it, and who they are to each other."""

from tracker.tickets.models.drafts import Draft
from tracker.tickets.models.files import Attachment, Context
from tracker.tickets.models.participants import FORMER, Participant
from tracker.tickets.models.talk import Comment, Concern, Step, Watch
from tracker.tickets.models.tickets import ENDED, Area, Kind, Severity, State, Ticket, TicketQuerySet, number_of
from tracker.tickets.models.viewers import Viewer, of_municipality, operator

__all__ = [
    "ENDED",
    "FORMER",
    "Area",
    "Attachment",
    "Comment",
    "Concern",
    "Context",
    "Draft",
    "Kind",
    "Participant",
    "Severity",
    "State",
    "Step",
    "Ticket",
    "TicketQuerySet",
    "Viewer",
    "Watch",
    "number_of",
    "of_municipality",
    "operator",
]
