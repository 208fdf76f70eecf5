"""What happens to tickets: each a verb, one transaction, one entry in the audit log."""

from dataclasses import dataclass
from typing import Any

from django.core.files.base import File

from tracker.tickets.merging import Moved
from tracker.tickets.models import Area, Comment, Participant, Ticket, Viewer


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the screen that was written anew by `pictures`."""

    file: "File[Any]"
    width: int
    height: int
    blackened: int = 0


def report(
    *,
    by: Viewer,
    kind: str,
    title: str,
    happened: str = "",
    expected: str = "",
    area: str = Area.OTHER,
    context: dict[str, str] | None = None,
    picture: Picture | None = None,
) -> Ticket:
    """Make a ticket; its reporter is concerned by it and watches it."""
    raise NotImplementedError


def comment(ticket: Ticket, text: str, *, by: Viewer, about: Participant | None = None) -> Comment:
    """Say something to everybody, or (`about`) as a note between that municipality and the operator."""
    raise NotImplementedError


def change_state(ticket: Ticket, new: str, *, by: Viewer, reason: str = "") -> Ticket:
    """Bring it into another state; to the same one is nothing. ValidationError where that cannot be."""
    raise NotImplementedError


def reopen(ticket: Ticket, *, by: Viewer, text: str = "") -> Ticket:
    """It is not over after all: back to confirmed, with the words of who says so."""
    raise NotImplementedError


def sort_in(ticket: Ticket, *, by: Viewer, severity: str | None = None, area: str | None = None) -> Ticket:
    """Say how bad it is and what it is about; None leaves it as it is."""
    raise NotImplementedError


def concern(ticket: Ticket, *, by: Viewer) -> bool:
    """“Betrifft uns auch”; False when it was said before. Who says so watches the ticket."""
    raise NotImplementedError


def unconcern(ticket: Ticket, *, by: Viewer) -> bool:
    """It does not concern us after all."""
    raise NotImplementedError


def watch(ticket: Ticket, *, by: Viewer) -> bool:
    """Be told of it."""
    raise NotImplementedError


def unwatch(ticket: Ticket, *, by: Viewer) -> bool:
    """Be told no longer."""
    raise NotImplementedError


def merge(source: Ticket, target: Ticket, *, by: Viewer) -> list[Moved]:
    """Put `source` into `target` with all that hangs on it. ValidationError where that cannot be."""
    raise NotImplementedError


def final(ticket: Ticket) -> Ticket:
    """The ticket this one was merged into in the end, or itself."""
    raise NotImplementedError
