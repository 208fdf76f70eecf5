"""The desk itself; what stands on it belongs to the rooms below."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.access import Role, allow

TOOLS: tuple[tuple[str, str, Promise, Promise], ...] = (
    (
        "/redaktion/sprachen/",
        "language",
        _("Languages"),
        _("Which languages the portal speaks, and who translates its content."),
    ),
    ("/redaktion/uebersetzungen/", "edit", _("Translations"), _("Read and correct what machines translated.")),
    (
        "/redaktion/leichte-sprache/",
        "book",
        _("Leichte Sprache"),
        _("Texts in Leichte Sprache and videos in German Sign Language."),
    ),
    ("/redaktion/karte/", "map", _("Map"), _("Outlines of the municipality and its districts, background of the map.")),
    (
        "/redaktion/startseite/",
        "house",
        _("Start page"),
        _("What residents see first: choose sections, their order and your own tiles."),
    ),
    (
        "/redaktion/meldungen/",
        "mail",
        _("Messages of residents"),
        _("Questions, mistakes and barriers people reported."),
    ),
    (
        "/redaktion/karte/",
        "map",
        _("Map"),
        _("Outlines of the municipality and its districts, background of the map."),
    ),
    (
        "/redaktion/barrierefreiheit/",
        "disability",
        _("Accessibility statement"),
        _("What the law wants you to declare."),
    ),
    ("/redaktion/synonyme/", "search", _("Synonyms"), _("Words that mean the same when somebody searches.")),
)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def desk(request: HttpRequest) -> HttpResponse:
    """Everything an editor decides, one line each."""
    tools = [{"url": url, "icon": icon, "label": label, "text": text} for url, icon, label, text in TOOLS]
    return render(request, "editorial/desk.html", {"tools": tools})
