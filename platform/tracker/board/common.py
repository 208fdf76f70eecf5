"""What the board says to all municipalities alike, remembered until a ticket, a vote or a version changes.

With 10,000 tickets each of it takes longer to ask than the rest of the page. Whoever looks may see all of it.
"""

from typing import Any, TypeVar

from django.db.models import Case, Count, IntegerField, Value, When

from tenants.running.changes import remembered
from tracker.board.asking import Sort
from tracker.releases.models import Item
from tracker.tickets.models import ENDED, Kind, Severity, Ticket

T = TypeVar("T")
ENDED_SHOWN = 3
# Bytes of one number with what is known of it.
_HEAVY = 160


class Table(dict[int, T]):
    """Something of each ticket, by its number, in an order."""

    @property
    def weight(self) -> int:
        """Bytes, told and not measured (`tenants.running.weights`)."""
        return _HEAVY * len(self)


# State and part of the portal.
Marks = Table[tuple[str, str]]

_BADNESS = Case(
    *(When(severity=each.value, then=Value(number)) for number, each in enumerate(Severity)),
    default=Value(len(Severity)),
    output_field=IntegerField(),
)


def marks_of(kind: str) -> Marks:
    """State and part of the portal of all standing tickets of a kind."""
    return remembered(f"board.marks.{kind}", lambda: _marks(kind), rooms=("tickets",), shared=True)


def _marks(kind: str) -> Marks:
    rows = Ticket.objects.standing().filter(kind=kind).order_by().values_list("pk", "state", "area")
    return Table((pk, (state, area)) for pk, state, area in rows)


def in_order(kind: str, sort: Sort) -> Table[None]:
    """The numbers of all standing tickets of a kind in one of the orders that do not depend on what is asked."""
    name = f"board.order.{kind}.{sort}"
    return remembered(name, lambda: _in_order(kind, sort), rooms=("tickets", "voting"), shared=True)


def _in_order(kind: str, sort: Sort) -> Table[None]:
    rows = Ticket.objects.standing().filter(kind=kind).order_by(*_order(kind, sort)).values_list("pk", flat=True)
    return Table((pk, None) for pk in rows)


def _order(kind: str, sort: Sort) -> tuple[Any, ...]:
    if sort == Sort.NEWEST:
        return ("-created_at", "-pk")
    if sort == Sort.MOVED:
        return ("-changed_at", "-pk")
    if kind == Kind.WISH:
        return ("-standing__votes", "-standing__concerned", "pk")
    return (_BADNESS.asc(), "-standing__concerned", "pk")


def versions() -> Table[str]:
    """The version each ticket belongs to; of more than one, the last."""
    return remembered("board.versions", _versions, rooms=("releases",), shared=True)


def _versions() -> Table[str]:
    return Table(Item.objects.order_by("release_id").values_list("ticket", "release__version"))


def places() -> Table[int]:
    """The rank of each open wish among all, the first first."""
    return remembered("board.places", _places, rooms=("tickets", "voting"), shared=True)


def _places() -> Table[int]:
    ended, marks = {state.value for state in ENDED}, marks_of(Kind.WISH)
    living = (pk for pk in in_order(Kind.WISH, Sort.RANK) if marks[pk][0] not in ended)
    return Table((pk, place) for place, pk in enumerate(living, 1))


def open_count(kind: Kind) -> int:
    """How many of a kind have not ended, for its tab."""
    return remembered("board.open", _open_counts, rooms=("tickets",), shared=True).get(kind.value, 0)


def _open_counts() -> dict[str, int]:
    return dict(Ticket.objects.open().order_by().values_list("kind").annotate(number=Count("pk")))


def ended_last() -> list[Ticket]:
    """The wishes that ended last, the last first. Not to be changed."""
    return remembered("board.ended", _ended_last, rooms=("tickets", "voting"), shared=True)


def _ended_last() -> list[Ticket]:
    rows = Ticket.objects.standing().filter(kind=Kind.WISH, state__in=ENDED, ended_at__isnull=False)
    return list(rows.lean().order_by("-ended_at")[:ENDED_SHOWN])
