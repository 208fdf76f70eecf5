"""The ways to a new offer besides writing it oneself: which there are on this server."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.drafting.flyer.running import can_recognise
from portal.drafting.models import Reading
from portal.drafting.switch import DRAFTING
from switches.asking import is_on

MOST = 5


@dataclass(frozen=True, slots=True)
class Way:
    """One of them."""

    label: str
    sentence: str
    icon: str
    url: str


def ways() -> list[Way]:
    """Those that work here; none where drafting is off."""
    if not is_on(DRAFTING.name):
        return []
    flyer = (
        _("Upload a photo or a PDF. We read title, dates, place and price from it; you check.")
        if can_recognise()
        else _("Upload a PDF. We read title, dates, place and price from its text; you check.")
    )
    return [
        Way(
            _("From a web page"),
            _("It stands on your website already? Give its address; we fill in what is written there, you check."),
            "web",
            reverse("drafting:page"),
        ),
        Way(_("From a flyer"), flyer, "file", reverse("drafting:flyer")),
    ]


def unfinished(user: Any) -> list[Reading]:
    """What was read and is no draft yet, the newest first."""
    if not is_on(DRAFTING.name):
        return []
    return list(Reading.objects.visible_to(user).filter(by=user, offer=None)[:MOST])
