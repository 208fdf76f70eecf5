"""Whether organisations may register by themselves: the municipality's rule, and what waits for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import Role, allow
from core.middleware import roles_of
from portal.organisations.registering import let_register
from portal.organisations.views.around import person
from portal.preferences.log import last_changes
from portal.preferences.models import Preferences
from portal.preferences.rulebook import REGISTRATION, RULES, subjects_of
from portal.preferences.showing import crumbs_of, shown_rule, tabs_of

ADDRESS = "/redaktion/einstellungen/registrierung/"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def registration(request: HttpRequest) -> HttpResponse:
    """Open or close the registration."""
    if request.method == "POST":
        let_register(allowed=request.POST.get("offen") == "ja", by=person(request))
        messages.success(request, _("Saved."))
        return redirect(ADDRESS)
    kept, rule = Preferences.current(), RULES["registration"]
    last = last_changes((rule,)).get(rule.key)
    context = {
        "is_open": kept.registration_open,
        "crumbs": crumbs_of(REGISTRATION),
        "tabs": tabs_of(subjects_of(roles_of(request)), REGISTRATION.slug),
        "item": shown_rule(rule, kept, kept, last=last),
    }
    return render(request, "organisations/rules.html", context)
