"""The desk itself; what stands on it belongs to the rooms below."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from core.access import Role, allow

TOOLS: tuple[tuple[str, str, str, str], ...] = (
    (
        "/redaktion/sprachen/",
        "language",
        gettext_noop("Languages"),
        gettext_noop("Which languages the portal speaks, and who translates its content."),
    ),
    (
        "/redaktion/uebersetzungen/",
        "edit",
        gettext_noop("Translations"),
        gettext_noop("Read and correct what machines translated."),
    ),
    (
        "/redaktion/leichte-sprache/",
        "book",
        gettext_noop("Leichte Sprache"),
        gettext_noop("Texts in Leichte Sprache and videos in German Sign Language."),
    ),
    (
        "/redaktion/karte/",
        "map",
        gettext_noop("Map"),
        gettext_noop("Outlines of the municipality and its districts, background of the map."),
    ),
    (
        "/redaktion/meldungen/",
        "mail",
        gettext_noop("Messages of residents"),
        gettext_noop("Questions, mistakes and barriers people reported."),
    ),
    (
        "/redaktion/barrierefreiheit/",
        "disability",
        gettext_noop("Accessibility statement"),
        gettext_noop("What the law wants you to declare."),
    ),
)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def desk(request: HttpRequest) -> HttpResponse:
    """Everything an editor decides, one line each."""
    tools = [{"url": url, "icon": icon, "label": _(label), "text": _(text)} for url, icon, label, text in TOOLS]
    return render(request, "editorial/desk.html", {"tools": tools})
