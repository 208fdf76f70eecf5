"""`/redaktion/einbetten/`: putting together what another website shows."""

from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import allow
from core.task_cards import EDITORS
from portal.embedding.builder import BuilderForm
from portal.preferences.models import Preferences
from portal.preferences.rulebook import EMBEDDING
from portal.search.views import choices
from theming.head import site_url
from theming.services import current_theme


@require_safe
@csp_update({"frame-src": ["'self'"]})
@allow(*EDITORS)
def build(request: HttpRequest) -> HttpResponse:
    """A form, what it gives, and the lines to copy. Without a choice yet: the search."""
    base, theme = site_url(request), current_theme()
    hosts = {request.get_host().lower(), base.split("://", 1)[1].lower()}
    given: Any = request.GET if "was" in request.GET else None
    form = BuilderForm(given, names=choices(), hosts=hosts)
    tried = form if given is not None else _usual(hosts)
    context = {
        "form": form,
        "built": tried.built(base, theme.portal_name) if tried.is_valid() else None,
        "hosts": Preferences.current().embed_hosts,
        "rule_url": EMBEDDING.url,
        "dark": theme.dark_mode_allowed,
        "crumbs": [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": _("Embed"), "url": ""}],
    }
    return render(request, "embedding/build.html", context)


def _usual(hosts: set[str]) -> BuilderForm:
    given: Any = {"was": "suche"}
    return BuilderForm(given, names=choices(), hosts=hosts)
