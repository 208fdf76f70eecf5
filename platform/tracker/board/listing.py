"""The list itself: which tickets, in which order, how many each filter would leave, and what a row says."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Sum, Value, When

from core.task_cards import Words
from tracker.board.asking import AREA_SLUGS, OURS, STATE_SLUGS, Asked, Ours, Sort
from tracker.cofunding.models import Funding, Part
from tracker.releases.models import Deadline, Item
from tracker.tickets.finding import matching
from tracker.tickets.models import ENDED, Area, Concern, Kind, Severity, State, Ticket, TicketQuerySet, Viewer
from tracker.voting.models import Standing, Vote

PER_PAGE = 20
EXCERPT = 180
_BADNESS = Case(
    *(When(severity=each.value, then=Value(number)) for number, each in enumerate(Severity)),
    default=Value(len(Severity)),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class Option:
    """One box of a filter, as `components/fieldset_options.html` shows it."""

    value: str
    label: Words
    count: int
    checked: bool


@dataclass(slots=True)
class Row:
    """One ticket of the list."""

    ticket: Ticket
    standing: Standing
    place: int | None = None
    votes: int = 0
    points: int = 0
    concerned: bool = False
    version: str = ""
    funding: Funding | None = None
    pledged: int = 0
    deadline: Any = None

    @property
    def is_ours(self) -> bool:
        """Whether the municipality that looks has to do with it."""
        return bool(self.votes) or self.concerned

    @property
    def percent(self) -> int:
        """How much of the estimate is pledged."""
        return self.pledged * 100 // self.funding.cents if self.funding else 0

    @property
    def excerpt(self) -> str:
        """The first words of what it is about."""
        words = " ".join((self.ticket.expected or self.ticket.happened).split())
        return words if len(words) <= EXCERPT else f"{words[:EXCERPT].rsplit(' ', 1)[0]} …"


@dataclass(slots=True)
class Shown:
    """A page of the board."""

    asked: Asked
    page: Page[Any]
    rows: list[Row]
    states: list[Option] = field(default_factory=list)
    areas: list[Option] = field(default_factory=list)
    ours: list[Option] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many fit."""
        return self.page.paginator.count


def shown(asked: Asked, viewer: Viewer, number: str | None) -> Shown:
    """What this viewer gets for this question."""
    weights = matching(asked.words) if asked.words else None
    parts = _conditions(asked, viewer, weights)
    base = Ticket.objects.visible_to(viewer).standing()
    found = base.filter(*parts.values())
    page = Paginator(_in_order(found, asked, weights), PER_PAGE).get_page(number)
    tickets = _whole(page.object_list)
    return Shown(
        asked=asked,
        page=page,
        rows=_rows(tickets, viewer, asked),
        states=_state_options(base, asked, parts),
        areas=_area_options(base, asked, parts),
        ours=[] if viewer.is_operator else _ours_options(base, asked, viewer, parts),
    )


def _ours(viewer: Viewer) -> dict[Ours, Q]:
    mine = {"ticket": OuterRef("pk"), "participant": viewer.participant}
    return {
        Ours.CONCERNED: Q(Exists(Concern.objects.filter(**mine))),
        Ours.VOTED: Q(Exists(Vote.objects.filter(**mine))),
        Ours.REPORTED: Q(reporter=viewer.participant),
    }


def _conditions(asked: Asked, viewer: Viewer, weights: dict[int, float] | None) -> dict[str, Q]:
    """Each filter by its name, so that the numbers beside its options can leave it out."""
    parts = {"kind": Q(kind=asked.kind), "stand": Q(state__in=asked.wanted_states)}
    if weights is not None:
        parts["q"] = Q(pk__in=list(weights))
    if asked.areas:
        parts["bereich"] = Q(area__in=asked.areas)
    if asked.ours:
        known = _ours(viewer)
        parts["uns"] = Q()
        for each in asked.ours:
            parts["uns"] |= known[each]
    return parts


def _without(parts: dict[str, Q], name: str) -> list[Q]:
    return [condition for key, condition in parts.items() if key != name]


def _in_order(found: TicketQuerySet, asked: Asked, weights: dict[int, float] | None) -> Any:
    """The numbers of the tickets, in their order."""
    numbers = found.values_list("pk", flat=True)
    if asked.sort == Sort.FIT and weights is not None:
        return sorted(numbers.order_by(), key=lambda pk: (-weights[pk], -pk))
    orders: dict[Sort, tuple[Any, ...]] = {
        Sort.NEWEST: ("-created_at", "-pk"),
        Sort.MOVED: ("-changed_at", "-pk"),
    }
    by_rank = ("-standing__votes", "-standing__concerned", "pk")
    usual = by_rank if asked.kind == Kind.WISH else (_BADNESS.asc(), "-standing__concerned", "pk")
    return numbers.order_by(*orders.get(asked.sort, usual))


def _whole(numbers: Iterable[int]) -> list[Ticket]:
    wanted = list(numbers)
    found = Ticket.objects.defer("search").select_related("standing", "reporter").in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]


def _state_options(base: TicketQuerySet, asked: Asked, parts: dict[str, Q]) -> list[Option]:
    counted = _counted(base.filter(*_without(parts, "stand")), "state")
    return [
        Option(STATE_SLUGS[each], each.label, counted.get(each.value, 0), each in asked.wanted_states) for each in State
    ]


def _area_options(base: TicketQuerySet, asked: Asked, parts: dict[str, Q]) -> list[Option]:
    counted = _counted(base.filter(*_without(parts, "bereich")), "area")
    return [Option(AREA_SLUGS[each], each.label, counted.get(each.value, 0), each in asked.areas) for each in Area]


def _counted(rows: TicketQuerySet, name: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(name).annotate(number=Count("pk")))


def _ours_options(base: TicketQuerySet, asked: Asked, viewer: Viewer, parts: dict[str, Q]) -> list[Option]:
    rows = base.filter(*_without(parts, "uns"))
    return [
        Option(each.value, OURS[each], rows.filter(condition).count(), each in asked.ours)
        for each, condition in _ours(viewer).items()
        if each != Ours.VOTED or asked.kind == Kind.WISH
    ]


def _rows(tickets: list[Ticket], viewer: Viewer, asked: Asked) -> list[Row]:
    numbers = [ticket.pk for ticket in tickets]
    places = places_of(numbers) if asked.kind == Kind.WISH else {}
    rows = {
        ticket.pk: Row(ticket, getattr(ticket, "standing", None) or Standing(ticket=ticket), places.get(ticket.pk))
        for ticket in tickets
    }
    _put_versions(rows)
    if asked.kind == Kind.WISH:
        _put_money(rows)
    else:
        for due in Deadline.objects.filter(ticket__in=numbers, met_on__isnull=True):
            rows[due.ticket_id].deadline = due
    if viewer.participant is not None:
        _put_ours(rows, viewer)
    return [rows[pk] for pk in numbers]


# Numbered before any are left out, which Django's filters would do first.
_PLACES = """
SELECT id, place FROM (
    SELECT ticket.id, row_number() OVER (ORDER BY standing.votes DESC, standing.concerned DESC, ticket.id) AS place
    FROM tickets_ticket ticket JOIN voting_standing standing ON standing.ticket_id = ticket.id
    WHERE ticket.kind = %s AND ticket.merged_into_id IS NULL AND ticket.state <> ALL (%s)
) AS ranked WHERE id = ANY (%s)
"""


def places_of(numbers: list[int]) -> dict[int, int]:
    """The rank of open wishes among all of them."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [Kind.WISH.value, [state.value for state in ENDED], numbers])
        return dict(cursor.fetchall())


def _put_versions(rows: dict[int, Row]) -> None:
    items = Item.objects.filter(ticket__in=list(rows)).order_by("release_id").select_related("release")
    for item in items.only("ticket_id", "release__version"):
        rows[item.ticket_id].version = item.release.version


def _put_money(rows: dict[int, Row]) -> None:
    for funding in Funding.objects.filter(ticket__in=list(rows)):
        rows[funding.ticket_id].funding = funding
    sums = Part.objects.agreed().filter(funding__in=list(rows)).values_list("funding").annotate(sum=Sum("share"))
    for pk, pledged in sums.order_by():
        rows[pk].pledged = pledged


def _put_ours(rows: dict[int, Row], viewer: Viewer) -> None:
    mine = {"ticket__in": list(rows), "participant": viewer.participant}
    votes = Vote.objects.held().filter(**mine).order_by().values_list("ticket")
    for pk, number, points in votes.annotate(number=Sum("votes"), paid=Sum("points")):
        rows[pk].votes, rows[pk].points = number, points
    for pk in Concern.objects.filter(**mine).values_list("ticket", flat=True):
        rows[pk].concerned = True


def open_count(kind: Kind) -> int:
    """How many of a kind have not ended, for its tab."""
    return Ticket.objects.open().filter(kind=kind).count()
