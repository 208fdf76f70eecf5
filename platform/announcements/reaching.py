"""Whom an announcement reaches: from memory for the desk, from the rows for mails and the operator's page.

A published announcement never changes but by being withdrawn; both are told to every process
(migrations/0002_watched.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from announcements.models import Announcement, Audience
from core.html import plain_text
from tenants.models import Municipality, State
from tenants.running.changes import remembered

# What of a text stands on the desk; the rest is on its page.
TEASER = 240


@dataclass(frozen=True, slots=True)
class Standing:
    """A published announcement as the desk needs it."""

    pk: int
    title: str
    teaser: str
    first: date
    last: date | None
    audience: str
    waves: frozenset[str]
    towns: frozenset[int]
    roles: frozenset[str]

    def reaches(self, town: int, wave: str) -> bool:
        """Whether the municipality of this number, which is in this wave, is meant."""
        if self.audience == Audience.TOWNS:
            return town in self.towns
        return self.audience == Audience.ALL or wave in self.waves

    def is_shown_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or self.last >= day)


def standing() -> tuple[Standing, ...]:
    """All that are published and not withdrawn, the newest first."""
    return remembered("announcements.standing", _load, rooms=("announcements",), shared=True)


def _load() -> tuple[Standing, ...]:
    rows = Announcement.objects.standing().prefetch_related("towns").order_by("-published_at", "-pk")
    return tuple(
        Standing(
            each.pk, each.title, _teaser(each.text), each.starts_on, each.ends_on, each.audience,
            frozenset(each.waves), frozenset(town.pk for town in each.towns.all()), frozenset(each.roles),
        )
        for each in rows
    )  # fmt: skip


def _teaser(markup: str) -> str:
    words = " ".join(plain_text(markup).split())
    return words if len(words) <= TEASER else f"{words[:TEASER].rsplit(' ', 1)[0]} …"


def told_to(town: int, roles: Iterable[str]) -> list[Standing]:
    """What people of a municipality (its number) with these roles may read: all that has begun, also what is over. A
    statement only where some is for waves."""
    today, held = timezone.localdate(), set(roles)
    mine = [each for each in standing() if each.first <= today and each.roles & held]
    wave = ""
    if any(each.audience == Audience.WAVES for each in mine):
        wave = Municipality.objects.values_list("wave", flat=True).get(pk=town)
    return [each for each in mine if each.reaches(town, wave)]


def towns_of(announcement: Announcement) -> "QuerySet[Municipality]":
    """The live municipalities it is for."""
    live = Municipality.objects.filter(state=State.LIVE)
    if announcement.audience == Audience.TOWNS:
        return live.filter(pk__in=announcement.towns.values("pk"))
    return live if announcement.audience == Audience.ALL else live.filter(wave__in=announcement.waves)
