"""What comes when: by version, and what has none yet."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.releases.models import Item, Release
from tracker.tickets.models import Kind, State, Ticket

SHORT = 4


@dataclass(slots=True)
class Lane:
    """One column: a version, or what has none yet. `later` is what has no date at all."""

    title: str
    note: str
    tickets: list[Ticket] = field(default_factory=list)
    most: int = 0
    later: bool = False

    @property
    def first(self) -> list[Ticket]:
        """Those that are shown."""
        return self.tickets[: self.most] if self.most else self.tickets

    @property
    def more(self) -> int:
        """How many are left out."""
        return len(self.tickets) - len(self.first)


def _tickets(*, public: bool) -> QuerySet[Ticket]:
    """Open ones in their rank. The public sees wishes alone: an error told too early helps the wrong people."""
    rows = Ticket.objects.open().exclude(state=State.NEW).defer("search", "happened", "expected")
    if public:
        rows = rows.filter(kind=Kind.WISH)
    order = (F("standing__votes").desc(), F("standing__concerned").desc(), "pk")
    return rows.select_related("standing").order_by(*order)


def lanes(*, public: bool = False, most: int = 0) -> list[Lane]:
    """The versions that are on their way or planned, in their order, then what has none."""
    wanted = {release.pk: release for release in _releases()}
    of_release: dict[int, list[Ticket]] = defaultdict(list)
    versions = dict(Item.objects.filter(release__in=wanted).values_list("ticket", "release"))
    without: dict[str, list[Ticket]] = defaultdict(list)
    for ticket in _tickets(public=public):
        if ticket.pk in versions:
            of_release[versions[ticket.pk]].append(ticket)
        else:
            without[ticket.state].append(ticket)
    made = [_of_release(release, of_release[pk]) for pk, release in wanted.items() if of_release[pk]]
    made += _without_version(without)
    for lane in made:
        lane.most = most
    return made


def _releases() -> list[Release]:
    issued = Release.objects.issued().filter(finished_at__isnull=True)
    return [*reversed(issued), *Release.objects.to_come()]


def _of_release(release: Release, tickets: list[Ticket]) -> Lane:
    if release.issued_at is not None:
        when = _("is being rolled out")
    elif release.planned_on is not None:
        when = _("from %(day)s") % {"day": date_format(release.planned_on)}
    else:
        when = _("planned")
    return Lane(f"{release.version} · {when}", _what(tickets), tickets)


def numbered(kind: Kind, count: int) -> str:
    """“6 wishes”."""
    words = {
        Kind.WISH: ngettext("%(count)d wish", "%(count)d wishes", count),
        Kind.BUG: ngettext("%(count)d error", "%(count)d errors", count),
        Kind.QUESTION: ngettext("%(count)d question", "%(count)d questions", count),
    }
    return words[kind] % {"count": count}


def _what(tickets: list[Ticket]) -> str:
    """“6 wishes, 7 errors”."""
    counted = {kind: sum(ticket.kind == kind for ticket in tickets) for kind in (Kind.WISH, Kind.BUG, Kind.QUESTION)}
    return ", ".join(numbered(kind, count) for kind, count in counted.items() if count)


def _without_version(tickets: dict[str, list[Ticket]]) -> list[Lane]:
    begun, planned = tickets[State.IN_PROGRESS], tickets[State.PLANNED]
    confirmed = tickets[State.CONFIRMED]
    found = []
    if begun:
        found.append(Lane(_("In progress"), f"{_what(begun)}, {_('no version yet')}", begun))
    if planned:
        found.append(Lane(_("Planned"), f"{_what(planned)}, {_('no version yet')}", planned))
    if confirmed:
        note = _("Confirmed, without a date yet: %(what)s. Votes make the order.") % {"what": _what(confirmed)}
        found.append(Lane(_("Later"), note, confirmed, later=True))
    return found


def short(lane_count: int = 3) -> list[Lane]:
    """The first of them for the board, what comes later among them."""
    found = lanes(most=SHORT)
    later = [lane for lane in found if lane.later]
    return [*[lane for lane in found if not lane.later][: lane_count - len(later)], *later]


def lately(most: int = 10) -> list[Any]:
    """The wishes rolled out last."""
    rows = Ticket.objects.standing().filter(kind=Kind.WISH, state=State.ROLLED_OUT).select_related("standing")
    return list(rows.defer("search", "happened", "expected").order_by("-ended_at")[:most])
