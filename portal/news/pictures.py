"""Which files of the library news show."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from portal.media import uses
from portal.news.models import NewsItem


def _shown() -> set[int]:
    return {pk for pk in NewsItem.objects.values_list("picture_id", flat=True) if pk is not None}


def _places(ids: Collection[int]) -> list[uses.Use]:
    rows = NewsItem.objects.filter(picture_id__in=ids).select_related("picture")
    return [
        uses.Use(row.picture.pk, _("News"), row.title, f"/redaktion/aktuelles/{row.pk}/", row.picture.alt_text)
        for row in rows
        if row.picture is not None
    ]


uses.register("news", _shown)
uses.register_places(_places)
