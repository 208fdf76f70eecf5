"""A version reaches a municipality when a rollout has (`tenants.signals.reached`); then its people can be told.

Everything here may be done again: a rollout that was killed tells the same municipalities once more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audit.services import record
from tracker.releases.models import Arrival, Item, Release
from tracker.tickets import happenings
from tracker.tickets.happenings import Happening, tell
from tracker.tickets.models import Participant, State, Viewer, operator
from tracker.tickets.services import change_state


@transaction.atomic
def arrive(participants: Iterable[Participant], *, by: Viewer | None = None) -> int:
    """These municipalities have what was issued so far; return how many versions arrived anew somewhere."""
    by = by or operator("rollout")
    # One rollout at a time tells; a second call waits and finds nothing new.
    releases = _locked()
    towns = list(participants)
    known = set(Arrival.objects.filter(participant__in=towns).values_list("release", "participant"))
    fresh = [
        Arrival(release=release, participant=town)
        for release in releases
        for town in towns
        if (release.pk, town.pk) not in known
    ]
    Arrival.objects.bulk_create(fresh)
    _tell(fresh, by)
    for release in releases:
        if release.finished_at is None and not waiting_for(release).exists():
            finish(release, by=by)
    return len(fresh)


def _locked() -> list[Release]:
    """Those that were issued, in their order."""
    rows = Release.objects.select_for_update().exclude(issued_at=None).order_by("pk")
    return sorted(rows, key=lambda each: (each.issued_at, each.pk))


def _tell(arrivals: Collection[Arrival], by: Viewer) -> None:
    items: dict[int, list[Item]] = defaultdict(list)
    for item in Item.objects.filter(release__in={each.release_id for each in arrivals}).select_related("ticket"):
        items[item.release_id].append(item)
    for arrival in arrivals:
        details = {"participant": arrival.participant, "release": arrival.release}
        for item in items[arrival.release_id]:
            tell(Happening(happenings.ROLLED_OUT, item.ticket, by, details, only=arrival.participant))


def waiting_for(release: Release) -> "QuerySet[Participant]":
    """The municipalities that do not have it yet."""
    there = Arrival.objects.filter(release=release).values("participant")
    return Participant.objects.filter(left_at=None).exclude(pk__in=there)


@transaction.atomic
def finish(release: Release, *, by: Viewer) -> None:
    """Its tickets are rolled out: it is everywhere, or the operator waits for nobody any more."""
    release = Release.objects.select_for_update().get(pk=release.pk)
    if release.finished_at is not None or release.issued_at is None:
        return
    release.finished_at = timezone.now()
    release.save(update_fields=["finished_at"])
    for item in Item.objects.filter(release=release).select_related("ticket"):
        if not item.ticket.is_over:
            change_state(item.ticket, State.ROLLED_OUT, by=by)
    record("releases.finished", release, by=by.user)


def begin_with_all(participant: Participant) -> None:
    """A new municipality is made of the newest version: nothing of it is news to anybody there."""
    Arrival.objects.bulk_create(
        [Arrival(release=release, participant=participant) for release in Release.objects.issued()],
        ignore_conflicts=True,
    )
