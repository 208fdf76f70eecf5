"""Pages, for the search of the editors' column."""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from core.finding import Finder, Found, register
from core.task_cards import EDITORS
from portal.pages.models import Page


def find(words: str, most: int) -> Sequence[Found]:
    """Those whose title or address has all words, of drafts too."""
    rows = Page.objects.order_by("position", "pk").only("title", "slug")
    for word in words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(slug__icontains=word) | Q(draft__title__icontains=word))
    return [Found(row.title, reverse("blocks:edit", args=[row.pk]), f"/{row.slug}/") for row in rows[:most]]


def more(words: str) -> str:
    """The list, searched for the same."""
    return f"{reverse('blocks:list')}?{urlencode({'q': words})}"


register(Finder("seiten", _("Pages"), "file", EDITORS, find, more, order=30))
