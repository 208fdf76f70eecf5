"""The list itself: which tickets, in which order, how many each filter would leave, and what a row says."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.utils.formats import date_format

from core.task_cards import Words
from tracker.board import counting
from tracker.board.asking import AREA_SLUGS, OURS, STATE_SLUGS, Asked, Ours, Sort
from tracker.board.common import in_order, places, versions
from tracker.board.counting import Counted, Known, Tie
from tracker.cofunding.models import Funding, Money
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


class Row(NamedTuple):
    """All that a line of the list shows of a ticket; `votes`, `points` and `is_ours` are of the municipality that
    looks."""

    pk: int
    kind: str
    title: str
    excerpt: str
    place: int | None
    state: str
    state_label: str
    severity: str
    severity_label: str
    version: str
    due: str
    money: Money | None
    by: str
    all_votes: int
    concerned: int
    votes: int
    points: int
    is_ours: bool


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
    numbers, is_wish = [ticket.pk for ticket in tickets], asked.kind == Kind.WISH
    ranks: dict[int, int] = places() if is_wish else {}
    money = Funding.objects.filter(ticket__in=numbers).money() if is_wish else {}
    running = Deadline.objects.filter(ticket__in=numbers, met_on__isnull=True)
    due = {} if is_wish else dict(running.values_list("ticket_id", "due_on"))
    return [
        _row(
            ticket,
            known.ties.get(ticket.pk, Tie()),
            place=ranks.get(ticket.pk),
            money=money.get(ticket.pk),
            due=date_format(due[ticket.pk], "j. F") if ticket.pk in due else "",
        )
        for ticket in tickets
    ]


def _row(ticket: Ticket, tie: Tie, *, place: int | None, money: Money | None, due: str) -> Row:
    standing = getattr(ticket, "standing", None) or Standing(ticket=ticket)
    return Row(
        pk=ticket.pk,
        kind=ticket.kind,
        title=ticket.title,
        excerpt=_excerpt(ticket),
        place=place,
        state=ticket.state,
        state_label=ticket.get_state_display(),
        severity=ticket.severity,
        severity_label=ticket.get_severity_display() if ticket.severity else "",
        version=versions().get(ticket.pk, ""),
        due=due,
        money=money,
        by=f"{ticket.reference} · {ticket.author}",
        all_votes=standing.past if ticket.is_over else standing.votes,
        concerned=standing.concerned,
        votes=tie.votes,
        points=tie.points,
        is_ours=bool(tie.votes) or Ours.CONCERNED in tie.ours,
    )


def _excerpt(ticket: Ticket) -> str:
    """The first words of what it is about."""
    words = " ".join((ticket.expected or ticket.happened).split())
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT].rsplit(' ', 1)[0]} …"
