"""The list itself: which tickets, in which order, how many each filter would leave, and what a row says."""

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Sum, Value, When

from core.task_cards import Words
from tracker.board import counting
from tracker.board.asking import AREA_SLUGS, LIVING, OURS, STATE_SLUGS, Asked, Ours, Sort
from tracker.board.common import places
from tracker.board.counting import Counted, Known
from tracker.cofunding.models import Funding, Part
from tracker.releases.models import Deadline, Item
from tracker.tickets.finding import among, matching
from tracker.tickets.models import Area, Concern, Kind, Severity, State, Ticket, Viewer
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
    known = counting.known_to(viewer, asked.kind)
    found = known.counted(weights)
    paginator: Paginator[Any] = Paginator(_in_order(known, asked, weights), PER_PAGE)
    # Counted already.
    paginator.count = counting.total(asked, found)
    page = paginator.get_page(number)
    rows = Ticket.objects.visible_to(viewer).defer("search", "title_search").select_related("standing", "reporter")
    tickets = rows.in_order(page.object_list)
    return Shown(
        asked=asked,
        page=page,
        rows=_rows(tickets, viewer, asked),
        states=_state_options(asked, found),
        areas=_area_options(asked, found),
        ours=[] if viewer.is_operator else _ours_options(asked, found),
    )


def _in_order(known: Known, asked: Asked, weights: dict[int, float] | None) -> Any:
    """The numbers of the tickets that fit, in their order."""
    if asked.sort == Sort.FIT and weights is not None:
        return known.fitting(asked, sorted(weights, key=lambda pk: (-weights[pk], -pk)))
    among_ranked = asked.kind == Kind.WISH and asked.sort == Sort.RANK and set(asked.wanted_states) <= set(LIVING)
    if among_ranked:
        return known.fitting(asked, places() if weights is None else [pk for pk in places() if pk in weights])
    fitting = known.fitting(asked, known.marks if weights is None else weights)
    return Ticket.objects.filter(pk__in=among(fitting)).order_by(*_order(asked)).values_list("pk", flat=True)


def _order(asked: Asked) -> tuple[Any, ...]:
    if asked.sort == Sort.NEWEST:
        return ("-created_at", "-pk")
    if asked.sort == Sort.MOVED:
        return ("-changed_at", "-pk")
    if asked.kind == Kind.WISH:
        return ("-standing__votes", "-standing__concerned", "pk")
    return (_BADNESS.asc(), "-standing__concerned", "pk")


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
    ranks = places() if asked.kind == Kind.WISH else {}
    rows = {
        ticket.pk: Row(ticket, getattr(ticket, "standing", None) or Standing(ticket=ticket), ranks.get(ticket.pk))
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
