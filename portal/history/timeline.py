"""The history of one thing: its states and what else happened to it, in one line of time.

A fixed number of statements, however many states there are: the list itself (portal.listing), the order of all states
(numbers and times only), the texts before those on the page, the audit log between the first and the last of them, and
the people of the log.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.models import Entry
from core.numbers import whole_numbers
from portal.history import words
from portal.history.keeping import BETWEEN
from portal.history.registry import Chronicle
from portal.listing.reading import Shown, read
from portal.listing.spec import Facet, Listing, Option, Sort
from portal.revisions.models import Revision, State
from portal.revisions.order import Order, order_of_states

MOST_EVENTS = 100


def _search(rows: QuerySet[Any], sought: str) -> QuerySet[Any]:
    for word in sought.split():
        rows = rows.filter(
            Q(author_name__icontains=word)
            | Q(decided_by_name__icontains=word)
            | Q(reason__icontains=word)
            | Q(note__icontains=word)
        )
    return rows


LISTING = Listing(
    search=_search,
    facets=(
        Facet(
            "stand",
            _("What became of it"),
            "state",
            (
                Option(State.APPLIED, _("became valid")),
                Option(State.SUBMITTED, _("waits for approval")),
                Option(State.RETURNED, _("given back")),
                Option(State.WITHDRAWN, _("taken back")),
                Option(State.REPLACED, _("replaced")),
            ),
        ),
    ),
    sorts=(
        Sort("neu", _("Newest first"), (F("settled_at").desc(), "-pk")),
        Sort("alt", _("Oldest first"), ("settled_at", "pk")),
    ),
    prepare=lambda rows: rows.select_related("author", "decided_by", "based_on").defer("based_on__content"),
)


@dataclass(frozen=True, slots=True)
class Point:
    """A line of the history: a state (with its number), or something else that happened."""

    at: datetime
    who: str
    side: str
    what: str
    how: str
    number: int = 0
    pk: int = 0
    is_current: bool = False
    waits: bool = False


def order_of(each: Chronicle, pk: int) -> Order:
    """The order of all states."""
    return order_of_states(each.name, pk)


@dataclass(frozen=True, slots=True)
class Line:
    """A page of a history."""

    shown: Shown
    points: list[Point]
    order: Order


def line_of(each: Chronicle, pk: int, given: QueryDict) -> Line:
    """The page of a history that an address asks for."""
    order = order_of(each, pk)
    shown = read(LISTING, Revision.objects.of(each.name, pk).exclude(state=State.WORKING), given)
    page = list(shown.page)
    points = _states(each, page, order)
    if not each.one and not shown.asked.is_filtered:
        points += _events(each, pk, page, order, shown)
        points.sort(key=lambda point: point.at, reverse=shown.asked.sort is LISTING.sorts[0])
    return Line(shown, points, order)


def _states(each: Chronicle, page: list[Revision], order: Order) -> list[Point]:
    numbers, before = order.numbers, order.before()
    known = {revision.pk: revision for revision in page}
    wanted = {before[pk] for pk in known if pk in before} - set(known)
    known |= Revision.objects.in_bulk(wanted) if wanted else {}
    found = []
    for revision in page:
        old = known.get(before.get(revision.pk, 0))
        content = each.kind.content_of(revision)
        based = revision.based_on
        again = numbers.get(based.pk) if based is not None and based.state == State.APPLIED else None
        found.append(
            Point(
                at=revision.settled_at or revision.created_at,
                who=words.who(revision.author, revision.author_name),
                side=words.side_of(revision.author),
                what=words.fields_changed(each, each.kind.content_of(old) if old else None, content),
                how=words.how(each, revision, restored=again),
                number=numbers[revision.pk],
                pk=revision.pk,
                is_current=revision.pk == order.current,
                waits=revision.state == State.SUBMITTED,
            )
        )
    return found


def _events(each: Chronicle, pk: int, page: list[Revision], order: Order, shown: Shown) -> list[Point]:
    entries = Entry.objects.filter(target_type=each.model._meta.label_lower, target_id=str(pk))
    entries = entries.exclude(action__startswith="revision.").exclude(pk__in=_told(page))
    if page:
        newest, oldest = _span(page, order, shown)
        entries = entries.filter(at__lte=newest) if newest else entries
        entries = entries.filter(at__gt=oldest) if oldest else entries
    found = list(entries.order_by("-at", "-pk")[:MOST_EVENTS])
    people = User.objects.in_bulk({entry.actor_id for entry in found if entry.actor_id})
    return [_event(each, entry, people) for entry in found]


def _event(each: Chronicle, entry: Entry, people: dict[int, User]) -> Point:
    author = people.get(entry.actor_id or 0)
    # An address of an account that is gone stands in the log only.
    name = "" if entry.actor_id else entry.actor
    return Point(entry.at, words.who(author, name), words.side_of(author), "", words.deed(each, entry))


def _told(page: list[Revision]) -> list[int]:
    """Entries of the log that a state on the page tells already."""
    noted = (revision.note.partition(BETWEEN)[2] for revision in page)
    return whole_numbers(noted)


def _span(page: list[Revision], order: Order, shown: Shown) -> tuple[datetime | None, datetime | None]:
    """The time this page is about: up to the page before it, down to its last state; open at both ends."""
    places = {place.pk: at for at, place in enumerate(order.places)}
    at = sorted(places[revision.pk] for revision in page)
    newest = order.places[at[-1] + 1].at if at[-1] + 1 < len(order.places) else None
    oldest = order.places[at[0]].at if at[0] else None
    return newest, oldest
