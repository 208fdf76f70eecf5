"""The newest items, for the start page: one statement, remembered until one of them changes or the day ends."""

from datetime import date

from portal.news.models import NewsItem
from tenants.running.changes import remembered

MOST = 3


def latest(today: date) -> list[NewsItem]:
    """What anybody may read, the newest first. Shared by all who ask: nobody may change them."""
    return remembered(f"news.latest.{today}", lambda: _read(today), rooms=("news",))


def _read(today: date) -> list[NewsItem]:
    return list(NewsItem.objects.public(today).only("title", "day", "text")[:MOST])
