"""What is new for the people of one municipality: the versions it has, and which of them somebody has read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from tracker.releases.models import Arrival, Group, Item, Read, Release
from tracker.tickets.models import Concern, Participant, Viewer

# What is older is no news, also to somebody who was away.
RECENT_DAYS = 60


@dataclass(frozen=True, slots=True)
class Note:
    """One change, as the people of a municipality read it."""

    item: Item
    ours: bool
    concerns_us: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """The changes under one heading."""

    group: Group
    notes: list[Note]


def arrivals_of(participant: Participant) -> list[Arrival]:
    """The versions a municipality has, the newest first."""
    rows = Arrival.objects.filter(participant=participant).select_related("release")
    return list(rows.order_by("-release__issued_at", "-release_id"))


def chapters(release: Release, participant: Participant) -> list[Chapter]:
    """Its notes in order, with what they have to do with this municipality."""
    concern = Concern.objects.filter(ticket=OuterRef("ticket"), participant=participant)
    items = list(release.items.select_related("ticket").annotate(concerns_us=Exists(concern)))
    notes = [Note(item, item.ticket.reporter_id == participant.pk, item.concerns_us) for item in items]
    found = [Chapter(group, [note for note in notes if note.item.group == group]) for group in Group]
    return [chapter for chapter in found if chapter.notes]


def to_do(release: Release) -> list[str]:
    """What editors should do, one thing each."""
    return [line.strip(" -*") for line in release.to_do.splitlines() if line.strip(" -*")]


def unread(viewer: Viewer) -> Arrival | None:
    """The newest version that somebody's municipality has and they have not read about."""
    if viewer.participant is None or viewer.person is None:
        return None
    since = timezone.now() - timedelta(days=RECENT_DAYS)
    read = Read.objects.filter(participant=viewer.participant, person=viewer.person, release=OuterRef("release"))
    rows = Arrival.objects.filter(participant=viewer.participant, at__gte=since, release__items__isnull=False)
    newest = rows.select_related("release").annotate(read=Exists(read)).order_by("-release__issued_at", "-release_id")
    found = newest.first()
    return found if found is not None and not found.read else None  # type: ignore[attr-defined]  # annotated


def mark_read(arrivals: Iterable[Arrival], viewer: Viewer) -> None:
    """They know what came with these."""
    if viewer.participant is not None and viewer.person is not None:
        Read.objects.bulk_create(
            [Read(participant=viewer.participant, person=viewer.person, release=each.release) for each in arrivals],
            ignore_conflicts=True,
        )
