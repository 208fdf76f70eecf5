"""What waits for the people of the town hall: a registry, filled by the rooms when the process starts.

The desk `/redaktion/` shows everything in one list, the longest waiting first; it decides nothing. A room says what
waits in one of two ways. Where there may be many, as rows of which the database sorts and counts only numbers and
times, and tells of those on a page:

    register(Source("hinweis", _("Reports"), "flag", EDITORS, rows=waiting_cases, tell=told))

`rows()` is a QuerySet of pairs, the key and since when it waits (`values_list("pk", "received_at")`), without an order;
`tell(keys)` gives the items of these keys that still wait, in any order. Where there are never more than a few hundred,
as items, the oldest first, and their number:

    register(Source("link", _("Broken links"), "link", EDITORS, items=oldest_links, number=number_of_links))

After its decision a view asks `following`, which leads on where somebody goes through the list one after the other.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.access import Role
from core.task_cards import Words

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

# A source without rows may not be asked for more than that.
MOST_ITEMS = 500


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits, as one line says it.

    `kind` and `pk` are its name for good: who is in charge of it, notes and watchers hang on them. `what` says what is
    to be decided, `who` has brought it, `verb` is the button to `url`. Where the title quotes a resident, `discreet`
    stands in mails in its place.
    """

    kind: str
    pk: int
    title: Words
    what: Words
    since: datetime
    who: str
    url: str
    verb: Words
    discreet: Words = ""

    @property
    def key(self) -> tuple[str, int]:
        """Its name for good."""
        return self.kind, self.pk


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of work. `label` names one of it above its line, `plural` many in the filter.

    `kind` is the filter's name in the address; the items of several sources may share one kind of their own (`thread`)
    where the same thing waits now for this and later for that, so that notes on it stay. Where the page of its items
    does not ask `following`, `leads_on` is False: going through the list, one comes to the desk's own page of the item.
    `rows` gives keys and since when, by a statement that is made once: unless it `varies`, it is the same at any time
    and in every municipality.
    """

    kind: str
    label: Words
    icon: str
    roles: frozenset[Role]
    items: Callable[[int], Sequence[Item]] | None = None
    number: Callable[[], int] | None = None
    rows: "Callable[[], QuerySet[Any]] | None" = None
    tell: Callable[[Sequence[int]], Sequence[Item]] | None = None
    plural: Words = ""
    thread: str = ""
    order: int = 50
    leads_on: bool = True
    varies: bool = False

    def __post_init__(self) -> None:
        if (self.rows is None or self.tell is None) and (self.items is None or self.number is None):
            raise ValueError(f"The source {self.kind} needs rows and tell, or items and number.")

    @property
    def name(self) -> str:
        """The `kind` of its items."""
        return self.thread or self.kind


@dataclass(frozen=True, slots=True)
class Frame:
    """What the desk says about every page of its frame: whether single keys act there (`on`, `alt`, `off`), and on the
    page to which somebody came in the course of the list, what leads on (`skip`) and to its notes (`item`). `above` is
    markup for the top of the page: what was decided just before, with the way back."""

    keys: str = "off"
    title: Words = ""
    skip: str = ""
    item: str = ""
    notes: int = 0
    above: str = ""


_sources: list[Source] = []
Leader = Callable[["HttpRequest", str, int], str | None]
Framer = Callable[["HttpRequest"], Frame]
_leaders: list[Leader] = []
_framers: list[Framer] = []


def register(*sources: Source) -> None:
    """Add kinds of work. Called once each, when the room's app is ready."""
    for source in sources:
        if any(each.kind == source.kind for each in _sources):
            raise ValueError(f"There is a source {source.kind} already.")
        _sources.append(source)
    _sources.sort(key=lambda each: each.order)


def sources_for(roles: Iterable[str]) -> list[Source]:
    """What waits for people with these roles, in the order of the filter."""
    held = frozenset(roles)
    return [each for each in _sources if each.roles & held]


def keep_desk(*, leader: Leader, framer: Framer) -> None:
    """Let the room of the desk say what comes next, and what its frame shows. Called once, when its app is ready."""
    _leaders.append(leader)
    _framers.append(framer)


def following(request: "HttpRequest", kind: str, pk: int) -> str | None:
    """Where to go after the decision on this item: the next one for whoever goes through the list one after the other
    and came here by it, else None (the view goes on as it likes). To be asked after the decision, outside of its
    transaction."""
    return next((where for leader in _leaders if (where := leader(request, kind, pk)) is not None), None)


def frame_of(request: Any) -> Frame:
    """What the desk says about this page; found once for a page."""
    known: Frame | None = getattr(request, "desk_frame", None)
    if known is None:
        known = request.desk_frame = next((framer(request) for framer in _framers), Frame())
    return known
