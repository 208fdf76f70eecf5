"""The desk itself; what stands on it belongs to the rooms below."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from core.access import Role, allow

TOOLS: tuple[tuple[str, str, str, str], ...] = (
    (
        "/redaktion/startseite/",
        "house",
        gettext_noop("Start page"),
        gettext_noop("What residents see first: choose sections, their order and your own tiles."),
    ),
    (
        "/redaktion/meldungen/",
        "mail",
        "Messages of residents",
        "Questions, mistakes and barriers people reported.",
    ),
    ("/redaktion/barrierefreiheit/", "disability", "Accessibility statement", "What the law wants you to declare."),
)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def desk(request: HttpRequest) -> HttpResponse:
    """Everything an editor decides, one line each."""
    tools = [{"url": url, "icon": icon, "label": _(label), "text": _(text)} for url, icon, label, text in TOOLS]
    return render(request, "editorial/desk.html", {"tools": tools})
