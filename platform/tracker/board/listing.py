"""The list itself: which tickets, in which order, how many each filter would leave, and what a row says."""

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator

from core.task_cards import Words
from tracker.board import counting
from tracker.board.asking import AREA_SLUGS, OURS, STATE_SLUGS, Asked, Ours, Sort
from tracker.board.common import in_order, places, versions
from tracker.board.counting import Counted, Known, Tie
from tracker.cofunding.models import Funding
from tracker.releases.models import Deadline
from tracker.tickets.finding import matching
from tracker.tickets.models import Area, Kind, State, Ticket, Viewer
from tracker.voting.models import Standing

PER_PAGE = 20
EXCERPT = 180


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
    rows = Ticket.objects.visible_to(viewer).defer("search", "title_search")
    tickets = rows.select_related("standing", "reporter").in_order(page.object_list)
    return Shown(
        asked=asked,
        page=page,
        rows=_rows(tickets, known, asked),
        states=_state_options(asked, found),
        areas=_area_options(asked, found),
        ours=[] if viewer.is_operator else _ours_options(asked, found),
    )


def _in_order(known: Known, asked: Asked, weights: dict[int, float] | None) -> Any:
    """The numbers of the tickets that fit, in their order."""
    if asked.sort == Sort.FIT and weights is not None:
        return known.fitting(asked, sorted(weights, key=lambda pk: (-weights[pk], -pk)))
    order = in_order(asked.kind, asked.sort)
    return known.fitting(asked, order if weights is None else [pk for pk in order if pk in weights])


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


def _rows(tickets: list[Ticket], known: Known, asked: Asked) -> list[Row]:
    ranks = places() if asked.kind == Kind.WISH else {}
    rows = {ticket.pk: _row(ticket, known.ties.get(ticket.pk, Tie()), ranks.get(ticket.pk)) for ticket in tickets}
    if asked.kind == Kind.WISH:
        _put_money(rows)
    else:
        for due in Deadline.objects.filter(ticket__in=list(rows), met_on__isnull=True):
            rows[due.ticket_id].deadline = due
    return list(rows.values())


def _row(ticket: Ticket, tie: Tie, place: int | None) -> Row:
    return Row(
        ticket,
        getattr(ticket, "standing", None) or Standing(ticket=ticket),
        place,
        votes=tie.votes,
        points=tie.points,
        concerned=Ours.CONCERNED in tie.ours,
        version=versions().get(ticket.pk, ""),
    )


def _put_money(rows: dict[int, Row]) -> None:
    for funding in Funding.objects.filter(ticket__in=list(rows)).with_pledged().order_by():
        rows[funding.ticket_id].funding = funding
        rows[funding.ticket_id].pledged = funding.pledged or 0  # type: ignore[attr-defined]  # annotated
