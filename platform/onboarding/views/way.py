"""The way to the start as those see it who walk it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import Permission, allow, may
from onboarding import looking, making
from onboarding.views import common
from onboarding.way import way_of
from portal.preferences.go_live import decided
from portal.preferences.services import keep_rules as keep
from portal.site.crumbs import crumbs
from tenants.models import Municipality, State
from tenants.refused import RefusedError
from tenants.running.context import inside_public
from tenants.running.hosts import municipality_of


@require_safe
@allow(Permission.DESK)
def show(request: HttpRequest) -> HttpResponse:
    """All steps as they are now; of a portal that came without an application only where to look."""
    site = municipality_of(request)
    with inside_public():
        town = Municipality.objects.get(pk=site.id)
    application = looking.note(town)
    with inside_public():
        way = way_of(application) if application else None
    draft = site.state == State.DRAFT
    context = {
        "way": way,
        "application": application,
        "is_draft": draft,
        "may_open": draft and may(request.user, Permission.CONTRACT),
        "asks_rules": draft and not decided(),
        "crumbs": crumbs((_("The way to the start"), "")),
    }
    return render(request, "onboarding/way.html", context)


@require_POST
@allow(Permission.RULES)
def keep_rules(request: HttpRequest) -> HttpResponse:
    """Let the rules stay as they are."""
    keep(by=request.user)
    messages.success(request, _("The rules stay as they are. You can change them at any time."))
    return redirect("onboarding:way")


@require_POST
@allow(Permission.CONTRACT)
def open_portal(request: HttpRequest) -> HttpResponse:
    """Open the portal to everybody; says what is missing where something is."""
    site = municipality_of(request)
    try:
        with inside_public():
            making.go_live(site.slug, by=request.user)
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect("onboarding:way")
    return common.moved(request, _("The portal is open to everybody"))
