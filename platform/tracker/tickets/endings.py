"""What happens elsewhere when a ticket ends (rolled out or declined) or is reopened: votes come back and are asked
for anew.

    register(ended=give_back, reopened=ask_again)

Both get the ticket, locked, in its new state, within the transaction.
"""

from collections.abc import Callable

from tracker.tickets.models import Ticket

Then = Callable[[Ticket], object]
_ended: list[Then] = []
_reopened: list[Then] = []


def register(*, ended: Then | None = None, reopened: Then | None = None) -> None:
    """Called once, when the room's app is ready."""
    if ended is not None:
        _ended.append(ended)
    if reopened is not None:
        _reopened.append(reopened)


def has_ended(ticket: Ticket) -> None:
    """Tell all that it is over."""
    for then in _ended:
        then(ticket)


def is_reopened(ticket: Ticket) -> None:
    """Tell all that it goes on."""
    for then in _reopened:
        then(ticket)
