"""Who has a page open at the moment, told by their browsers and by every button they press."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from portal.blocks.drafts import name_of
from portal.blocks.models import AWAY_AFTER, Presence
from portal.pages.models import Page


@dataclass(frozen=True, slots=True)
class There:
    """Somebody else at the page, in which block, since when."""

    name: str
    block: str
    since: datetime


def note(page: Page, person: Any, block: str = "") -> None:
    """This person is here."""
    now = timezone.now()
    Presence.objects.filter(at__lt=now - AWAY_AFTER).delete()
    Presence.objects.update_or_create(page=page, person=person, defaults={"block": block[:16], "at": now})


def others(page: Page, person: Any) -> list[There]:
    """Who else is here."""
    rows = Presence.objects.filter(page=page, at__gte=timezone.now() - AWAY_AFTER).exclude(person=person)
    return [
        There(name_of(each.person), each.block, each.since) for each in rows.select_related("person").order_by("since")
    ]
