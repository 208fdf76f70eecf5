"""What the editors' pages of this room share."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from portal.newsletter.models import Newsletter


def crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    """The trail; `more` are pairs of label and address below the room's first page, the last without an address."""
    start = [(_("Editorial desk"), "/redaktion/"), (_("Newsletter"), reverse("newsletter:desk") if more else "")]
    return [{"label": label, "url": url} for label, url in [*start, *more]]


def within(newsletter: Newsletter, *more: tuple[str, str]) -> list[dict[str, str]]:
    """The trail to a page of one newsletter."""
    here = reverse("newsletter:newsletter", args=[newsletter.pk]) if more else ""
    return crumbs((newsletter.name, here), *more)


def tabs(newsletter: Newsletter, current: str) -> list[dict[str, Any]]:
    """The pages of one newsletter."""
    pages = (
        ("newsletter", _("Issues")),
        ("readers", _("Readers")),
        ("send_list", _("Read in a list")),
        ("settings", _("Settings")),
    )
    return [
        {
            "label": label,
            "url": reverse(f"newsletter:{name}", args=[newsletter.pk]),
            "current": name == current,
            "count": None,
            "icon": "",
        }
        for name, label in pages
    ]


def person(request: HttpRequest) -> User:
    """Who works here."""
    return User.objects.get(email=request.user.get_username())
