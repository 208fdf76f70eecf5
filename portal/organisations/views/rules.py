"""Whether organisations may register by themselves: the municipality's rule, and what waits for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import Role, allow
from portal.organisations.registering import let_register
from portal.organisations.views.around import person
from portal.preferences.models import Preferences

ADDRESS = "/redaktion/einstellungen/registrierung/"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def registration(request: HttpRequest) -> HttpResponse:
    """Open or close the registration."""
    if request.method == "POST":
        let_register(allowed=request.POST.get("offen") == "ja", by=person(request))
        messages.success(request, _("Saved."))
        return redirect(ADDRESS)
    crumbs = [
        {"label": _("Editorial desk"), "url": "/redaktion/"},
        {"label": _("Registration of organisations"), "url": ""},
    ]
    context = {"is_open": Preferences.current().registration_open, "crumbs": crumbs}
    return render(request, "organisations/rules.html", context)
