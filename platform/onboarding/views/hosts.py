"""The host names of a portal, for its administrators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import Permission, allow
from onboarding.forms import HostForm
from onboarding.views import common
from portal.site.crumbs import crumbs
from tenants.running.context import inside_public
from tenants.running.hosts import municipality_of
from tenants.urls import own_host


@require_safe
@allow(Permission.CONTRACT)
def overview(request: HttpRequest) -> HttpResponse:
    """Which there are, and which DNS records the wished ones need."""
    return _page(request)


def _page(request: HttpRequest, form: HostForm | None = None) -> HttpResponse:
    site = municipality_of(request)
    with inside_public():
        context = common.hosts_context(site.id, form)
    context |= {"crumbs": crumbs((_("Addresses of the portal"), "")), "change_url": "/redaktion/adressen/aendern/"}
    return render(request, "onboarding/hosts.html", context, status=400 if form and form.errors else 200)


@require_POST
@allow(Permission.CONTRACT)
def change(request: HttpRequest) -> HttpResponse:
    """Wish for one, have it looked at, make it the canonical one, give it back."""
    site = municipality_of(request)
    with inside_public():
        form = common.change_host(request, site.slug)
    if form is not None:
        return _page(request, form)
    if own_host() != site.primary_host:
        return common.moved(request, _("The portal has another canonical address"))
    return redirect("onboarding:hosts")
