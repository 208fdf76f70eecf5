"""What somebody's side reported: for its list, and for the tab, which every start registers (so without forms)."""

from tenants.running.changes import remembered
from tracker.tickets.models import Ticket, TicketQuerySet, Viewer


def own(viewer: Viewer) -> TicketQuerySet:
    """What the viewer's municipality reported (the operator: themselves); for providers, they themselves."""
    return Ticket.objects.visible_to(viewer).filter(reporter=viewer.participant)


def open_ones(viewer: Viewer) -> int:
    """How many of them are not over, for the tab; remembered."""
    whose = (viewer.participant.pk if viewer.participant else "", viewer.person if viewer.is_provider else "")
    return remembered(f"tickets.open.{whose}", lambda: own(viewer).open().count(), rooms=("tickets",), shared=True)
