"""News as Atom (RFC 4287)."""

from collections.abc import Iterable
from datetime import UTC, datetime, time

from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from portal.news.models import NewsItem

# No feed is older than the platform: what an empty one says of its last change.
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


class _Feed(Atom1Feed):
    """Atom whose own last change does not depend on the moment somebody asks."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=BEGINNING)


def written(items: Iterable[NewsItem], *, base: str, name: str) -> bytes:
    """The feed; an item is published at the beginning of its day, and keeps its id whatever its title becomes."""
    here = f"{base}/aktuelles/"
    feed = _Feed(
        title=_("%(name)s: news") % {"name": name},
        link=here,
        description="",
        language="de",
        feed_url=f"{here}atom.xml",
        feed_guid=here,
    )
    for item in items:
        began = timezone.make_aware(datetime.combine(item.day, time()))
        feed.add_item(
            title=item.title,
            link=base + item.get_absolute_url(),
            description=linebreaks(item.text, autoescape=True),
            unique_id=f"{here}{item.pk}/",
            pubdate=began,
            updateddate=max(began, item.updated_at),
        )
    return feed.writeString("utf-8").encode()
