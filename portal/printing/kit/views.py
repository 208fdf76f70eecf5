"""Beginning posters and letters."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from core.access import Permission, allow
from portal.printing.forms import answer_form, new_key
from portal.printing.kit.forms import LettersForm, PosterForm
from theming.services import current_theme


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def new_poster(request: HttpRequest) -> HttpResponse:
    """A new poster, postcard or flyer; links to it may say what it is about."""
    about, named = request.GET.get("ziel", "portal"), request.GET.get("name", "")
    initial = {**_usual_words(), "about": about, "named": named[:500], "key": new_key()}
    form = PosterForm(request.POST if request.method == "POST" else None, initial=initial)
    more: dict[str, Any] = {"heading": _("Poster, postcard or flyer")}
    return answer_form(request, form, "printing/poster.html", more)


def _usual_words() -> dict[str, str]:
    """What stands there at first. It is printed, so it is German."""
    theme = current_theme()
    with override("de"):
        return {
            "headline": theme.hero_title[:80] or _("What is on here?"),
            "text": theme.hero_text[:400] or _("Courses, advice, clubs and groups: everything at a glance."),
            "call": _("Scan and find what fits"),
        }


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def new_letters(request: HttpRequest) -> HttpResponse:
    """New letters to providers."""
    theme = current_theme()
    with override("de"):
        portal = {"portal": theme.portal_name}
        initial = {
            "title": _("Your offers in the %(portal)s") % portal,
            "text": _(
                "your organisation stands in the %(portal)s: residents find there what is on in our town, free of "
                "charge and without signing in.\n\nPlease look whether everything is right. With an account you keep "
                "your page and your offers yourselves; that takes a few minutes and costs nothing.\n\nIf you would "
                "like help, give us a call."
            )
            % portal,
            "signed": theme.organisation or theme.portal_name,
        }
    form = LettersForm(request.POST if request.method == "POST" else None, initial={**initial, "key": new_key()})
    more: dict[str, Any] = {"heading": _("Letters to providers")}
    return answer_form(request, form, "printing/letters.html", more)
