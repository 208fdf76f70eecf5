"""What is new for the people of one municipality: the versions it has, and which of them somebody has read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from tracker.releases.models import Arrival, Group, Item, Read, Release
from tracker.tickets.models import Concern, Participant, State, Viewer

# What is older is no news, also to somebody who was away.
RECENT_DAYS = 60


@dataclass(frozen=True, slots=True)
class Note:
    """One change, as the people of a municipality read it."""

    item: Item
    ours: bool
    concerns_us: bool

    @property
    def may_reopen(self) -> bool:
        """Whether this municipality may say that it is not over there."""
        return self.item.ticket.state == State.ROLLED_OUT and (self.ours or self.concerns_us)


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


def unread(municipality: int | None, person: int | None) -> Arrival | None:
    """The newest version a municipality has, where this person has not read about it yet. One statement."""
    if person is None:
        return None
    since = timezone.now() - timedelta(days=RECENT_DAYS)
    read = Read.objects.filter(participant=OuterRef("participant"), person=person, release=OuterRef("release"))
    # One that brings nothing anybody would see is no news.
    brings = Exists(Item.objects.filter(release=OuterRef("release")))
    rows = Arrival.objects.filter(brings, participant__municipality=municipality, at__gte=since)
    newest = rows.select_related("release").annotate(is_read=Exists(read))
    found: Any = newest.order_by("-release__issued_at", "-release_id").first()
    return None if found is None or found.is_read else found


def mark_read(arrivals: Iterable[Arrival], viewer: Viewer) -> None:
    """They know what came with these."""
    if viewer.participant is not None and viewer.person is not None:
        Read.objects.bulk_create(
            [Read(participant=viewer.participant, person=viewer.person, release=each.release) for each in arrivals],
            ignore_conflicts=True,
        )
