"""What a page with a form shows beside it: the state of the draft, the preview and its tabs."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.ordering import ByName
from portal.appearance import preview
from portal.appearance.drafts import KIND, PK
from portal.appearance.parts import Part
from portal.revisions.models import Revision, State

MAIL = "mail"
PHONE, DARK = "handy", "dunkel"


def stage(request: HttpRequest, part: Part, *, dark_allowed: bool) -> dict[str, Any]:
    """The frame, and the links that change what it shows: which page, how wide, how dark."""
    pages = dict(preview.places())
    wanted = request.GET.get("zeige", "")
    chosen = wanted if wanted in {*pages, MAIL} else part.shows
    phone = request.GET.get("breite") == PHONE
    dark = dark_allowed and request.GET.get("modus") == DARK
    kept = {"breite": PHONE} if phone else {}
    modes = {"modus": DARK} if dark else {}

    def link(**changed: str) -> str:
        return f"?{urlencode({'zeige': chosen, **kept, **modes, **changed})}#vorschau"

    names = _names()
    return {
        "address": _address(chosen, pages, modes),
        "title": names[chosen],
        "phone": phone,
        "dark": dark,
        "dark_allowed": dark_allowed and chosen != MAIL,
        "tabs": [
            {"label": names[name], "url": link(zeige=name), "current": name == chosen, "count": None, "icon": ""}
            for name in (*pages, MAIL)
        ],
        "to_phone": link(breite=PHONE),
        "to_screen": link(breite=""),
        "to_dark": link(modus=DARK),
        "to_light": link(modus=""),
    }


def _address(chosen: str, pages: dict[str, str], modes: dict[str, str]) -> str:
    if chosen == MAIL:
        return reverse("appearance:preview_mail")
    return f"{reverse('appearance:preview')}?{urlencode({'seite': pages[chosen], **modes})}"


def _names() -> dict[str, str]:
    return {
        "start": _("Start page"),
        "suche": _("List"),
        "angebot": _("Offer"),
        "anbieter": _("Provider"),
        "fehler": _("Error page"),
        MAIL: pgettext("one letter", "Mail"),
    }


def others_drafts(person: Any) -> list[str]:
    """Who else has a draft of the look, by name."""
    drafts = Revision.objects.of(KIND, PK).filter(state=State.WORKING).exclude(author=person.pk)
    return [
        str(name or pgettext("who", "somebody"))
        for name in drafts.order_by(ByName("author_name")).values_list("author_name", flat=True)
    ]
