"""The way back from the pages of this room."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.printing.models import Paper


def crumbs(*titles: str, paper: Paper | None = None) -> list[dict[str, str]]:
    """Desk, printed matter, a paper, and the page itself."""
    found = [{"label": _("Editorial desk"), "url": "/redaktion/"}]
    found.append({"label": _("Printed matter"), "url": reverse("printing:start") if titles or paper else ""})
    if paper is not None:
        found.append({"label": paper.title, "url": reverse("printing:paper", args=[paper.pk]) if titles else ""})
    return [*found, *({"label": each, "url": ""} for each in titles)]
