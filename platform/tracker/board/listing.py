"""The list itself: which tickets, in which order, how many each filter would leave, and what a row says."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Case, IntegerField, Q, Sum, Value, When

from core.task_cards import Words
from tracker.board import counting
from tracker.board.asking import AREA_SLUGS, OURS, STATE_SLUGS, Asked, Ours, Sort
from tracker.board.counting import Counted
from tracker.cofunding.models import Funding, Part
from tracker.releases.models import Deadline, Item
from tracker.tickets.finding import among, matching
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
    rows = Ticket.objects.visible_to(viewer).standing().filter(kind=asked.kind)
    if weights is not None:
        rows = rows.filter(pk__in=among(weights))
    found = counting.counted(rows, viewer)
    paginator: Paginator[Any] = Paginator(_in_order(_fitting(rows, asked, viewer), asked, weights), PER_PAGE)
    # Counted already.
    paginator.count = counting.total(asked, found)
    page = paginator.get_page(number)
    tickets = _whole(page.object_list)
    return Shown(
        asked=asked,
        page=page,
        rows=_rows(tickets, viewer, asked),
        states=_state_options(asked, found),
        areas=_area_options(asked, found),
        ours=[] if viewer.is_operator else _ours_options(asked, found),
    )


def _fitting(rows: TicketQuerySet, asked: Asked, viewer: Viewer) -> TicketQuerySet:
    rows = rows.filter(state__in=asked.wanted_states)
    if asked.areas:
        rows = rows.filter(area__in=asked.areas)
    if asked.ours:
        known, any_of = counting.ours_of(viewer), Q()
        for each in asked.ours:
            any_of |= known[each]
        rows = rows.filter(any_of)
    return rows


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
    found = Ticket.objects.defer("search", "title_search").select_related("standing", "reporter").in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]


def _state_options(asked: Asked, found: Counted) -> list[Option]:
    numbers = counting.by_state(asked, found)
    return [Option(STATE_SLUGS[each], each.label, numbers[each.value], each in asked.wanted_states) for each in State]


def _area_options(asked: Asked, found: Counted) -> list[Option]:
    numbers = counting.by_area(asked, found)
    return [Option(AREA_SLUGS[each], each.label, numbers[each.value], each in asked.areas) for each in Area]


def _ours_options(asked: Asked, found: Counted) -> list[Option]:
    numbers = counting.by_ours(asked, found)
    return [
        Option(each.value, OURS[each], numbers[each], each in asked.ours)
        for each in Ours
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
