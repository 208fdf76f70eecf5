"""What comes when: by version, and what has none yet."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenants.running.changes import remembered
from tracker.releases.models import Release
from tracker.tickets.models import Kind, State, Ticket

SHORT, LONG = 4, 100


@dataclass(slots=True)
class Lane:
    """One column: a version, or what has none yet. `later` is what has no date at all; `more` are left out."""

    title: str
    note: str
    first: list[Ticket] = field(default_factory=list)
    more: int = 0
    later: bool = False


@dataclass(slots=True)
class _Found:
    """What belongs into one column: how many of each kind, and the first of them."""

    counts: dict[Kind, int] = field(default_factory=dict)
    first: list[Ticket] = field(default_factory=list)

    @property
    def more(self) -> int:
        return sum(self.counts.values()) - len(self.first)


# Open ones that were confirmed, each in the column of its version that is still to arrive, or of its state: how many of
# each kind, and places and numbers of the first.
_PLACED = """
WITH placed AS (
    SELECT ticket.id, ticket.kind, standing.votes, standing.concerned, coalesce(item.release, ticket.state) AS lane
    FROM tickets_ticket ticket JOIN voting_standing standing ON standing.ticket_id = ticket.id
    LEFT JOIN (
        SELECT item.ticket_id, max(item.release_id)::text AS release FROM releases_item item
        JOIN releases_release release ON release.id = item.release_id AND release.finished_at IS NULL
        GROUP BY item.ticket_id
    ) AS item ON item.ticket_id = ticket.id
    WHERE ticket.merged_into_id IS NULL AND ticket.state = ANY (%(states)s) AND ticket.kind = ANY (%(kinds)s)
), ranked AS (
    SELECT lane, kind, id, row_number() OVER (PARTITION BY lane ORDER BY votes DESC, concerned DESC, id) AS place
    FROM placed
)
SELECT lane, kind, count(*), coalesce(array_agg(ARRAY[place, id]) FILTER (WHERE place <= %(most)s), '{}')
FROM ranked GROUP BY lane, kind
"""


def _found(*, public: bool, most: int) -> dict[str, _Found]:
    """By column. The public sees wishes alone: an error told too early helps the wrong people. Not to be changed."""
    return remembered(
        f"board.roadmap.{public}.{most}",
        lambda: _placed(public=public, most=most),
        rooms=("tickets", "voting", "releases"),
        shared=True,
    )


def _placed(*, public: bool, most: int) -> dict[str, _Found]:
    kinds = [Kind.WISH] if public else list(Kind)
    states = [State.CONFIRMED, State.PLANNED, State.IN_PROGRESS]
    given: dict[str, Any] = {
        "states": [state.value for state in states],
        "kinds": [kind.value for kind in kinds],
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PLACED, given)
        groups = cursor.fetchall()
    tickets = Ticket.objects.lean().in_bulk([pk for _lane, _kind, _count, first in groups for _place, pk in first])
    found: dict[str, _Found] = defaultdict(_Found)
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for lane, kind, count, first in groups:
        found[lane].counts[Kind(kind)] = count
        places[lane] += [(place, pk) for place, pk in first]
    for lane, numbers in places.items():
        found[lane].first = [tickets[pk] for _place, pk in sorted(numbers)]
    return dict(found)


def lanes(*, public: bool = False, most: int = LONG) -> list[Lane]:
    """The versions that are on their way or planned, in their order, then what has none; the first of each."""
    found = _found(public=public, most=most)
    releases = remembered("board.releases", _releases, rooms=("releases",), shared=True)
    made = [_of_release(each, found[str(each.pk)]) for each in releases if str(each.pk) in found]
    return made + _without_version(found)


def _releases() -> list[Release]:
    issued = Release.objects.issued().filter(finished_at__isnull=True)
    return [*reversed(issued), *Release.objects.to_come()]


def _of_release(release: Release, found: _Found) -> Lane:
    if release.issued_at is not None:
        when = _("is being rolled out")
    elif release.planned_on is not None:
        when = _("from %(day)s") % {"day": date_format(release.planned_on)}
    else:
        when = _("planned")
    return Lane(f"{release.version} · {when}", _what(found), found.first, found.more)


def numbered(kind: Kind, count: int) -> str:
    """“6 wishes”."""
    words = {
        Kind.WISH: ngettext("%(count)d wish", "%(count)d wishes", count),
        Kind.BUG: ngettext("%(count)d error", "%(count)d errors", count),
        Kind.QUESTION: ngettext("%(count)d question", "%(count)d questions", count),
    }
    return words[kind] % {"count": count}


def _what(found: _Found) -> str:
    """“6 wishes, 7 errors”."""
    return ", ".join(numbered(kind, found.counts[kind]) for kind in Kind if kind in found.counts)


def _without_version(found: dict[str, _Found]) -> list[Lane]:
    made = []
    for state, title in ((State.IN_PROGRESS, _("In progress")), (State.PLANNED, _("Planned"))):
        if state.value in found:
            each = found[state.value]
            note = _("%(what)s, no version yet") % {"what": _what(each)}
            made.append(Lane(title, note, each.first, each.more))
    if State.CONFIRMED.value in found:
        each = found[State.CONFIRMED.value]
        note = _("Confirmed, without a date yet: %(what)s. Votes make the order.") % {"what": _what(each)}
        made.append(Lane(_("Later"), note, each.first, each.more, later=True))
    return made


def short(lane_count: int = 3) -> list[Lane]:
    """The first of them for the board, what comes later among them."""
    found = lanes(most=SHORT)
    later = [lane for lane in found if lane.later]
    return [*[lane for lane in found if not lane.later][: lane_count - len(later)], *later]


def lately(most: int = 10) -> list[Any]:
    """The wishes rolled out last."""
    rows = Ticket.objects.standing().filter(kind=Kind.WISH, state=State.ROLLED_OUT)
    return list(rows.lean().order_by("-ended_at")[:most])
