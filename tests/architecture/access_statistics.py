"""Announcements, a group for comparison and shares of costs for `access.csv`: all in the shared schema."""

from typing import Any

from django.utils import timezone

from announcements.models import Announcement
from comparison.models import Group
from operations.statistics.models import CostShares

_ROW = {"slug": "ahausen", "name": "Ahausen", "cents": 100, "gleich": 1}


def told_and_shared() -> dict[str, Any]:
    """The names that access.csv uses in braces; made once, whichever side asks first."""
    today = timezone.localdate()
    told = {"text": "<p>Am Sonntag ist Wartung.</p>", "roles": ["editor", "admin"]}
    published = {"published_at": timezone.now(), "published_by": "olga@example.org"}
    return {
        "announcement": Announcement.objects.get_or_create(title="Wartung", defaults={**told, **published})[0],
        "drafted_announcement": Announcement.objects.get_or_create(title="Entwurf", defaults=told)[0],
        "comparison_group": Group.objects.get_or_create(name="Kleine Städte")[0],
        "cost_shares": CostShares.objects.get_or_create(
            title="Betrieb",
            defaults={"first": today, "last": today, "cents": 100, "mixture": {"gleich": 100}, "rows": [_ROW]},
        )[0],
    }
