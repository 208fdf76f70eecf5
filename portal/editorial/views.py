"""The desk itself; what stands on it belongs to the rooms below."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow
from mail import desk as outbox
from mail.models import OutboxMessage

MAILS = "/redaktion/mails/"
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
    (
        MAILS,
        "mail",
        _("Mails of the portal"),
        _("What was sent, what waits and what could not be delivered."),
    ),
    ("/redaktion/synonyme/", "search", _("Synonyms"), _("Words that mean the same when somebody searches.")),
)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def desk(request: HttpRequest) -> HttpResponse:
    """Everything an editor decides, one line each."""
    failed = OutboxMessage.objects.given_up().count()
    notes = {MAILS: gettext("given up: %(number)d") % {"number": failed} if failed else ""}
    tools = [
        {"url": url, "icon": icon, "label": label, "text": text, "note": notes.get(url, "")}
        for url, icon, label, text in TOOLS
    ]
    return render(request, "editorial/desk.html", {"tools": tools})


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def mails(request: HttpRequest) -> HttpResponse:
    """What became of the portal's mails."""
    crumbs = [{"label": gettext("Editorial desk"), "url": "/redaktion/"}, {"label": gettext("Mails"), "url": ""}]
    return render(request, "editorial/mails.html", {**outbox.outbox_page(request), "crumbs": crumbs})


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def resend_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Try one mail again at once."""
    return outbox.resend_one(request, pk, back="editorial:mails")


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def resend_failed(request: HttpRequest) -> HttpResponse:
    """Try again all that were given up."""
    return outbox.resend_failed(request, back="editorial:mails")
