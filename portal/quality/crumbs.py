"""The way back from a page of the board."""

from django.urls import reverse
from django.utils.translation import gettext as _


def crumbs(*titles: str) -> list[dict[str, str]]:
    """Desk, board, and the page itself."""
    found = [{"label": _("Editorial desk"), "url": "/redaktion/"}]
    found.append({"label": _("Quality"), "url": reverse("quality:board") if titles else ""})
    return [*found, *({"label": each, "url": ""} for each in titles)]
