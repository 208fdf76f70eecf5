"""`/redaktion/einstellungen/anmeldung/`: who needs a second factor, and which terms of use count."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import Role, allow
from portal.preferences.forms import SigningInForm, TermsForm
from portal.preferences.models import Preferences
from portal.preferences.services import renew_terms, save_rules


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.ADMIN)
def signing_in(request: HttpRequest) -> HttpResponse:
    """Two forms, each with its own button."""
    row = Preferences.load()
    asked = "bedingungen" in request.POST
    rules = SigningInForm(request.POST if request.method == "POST" and not asked else None, instance=row)
    terms = TermsForm(request.POST if asked else None)
    if request.method == "POST" and (terms if asked else rules).is_valid():
        _save(request, rules, terms, asked=asked)
        return redirect("preferences:signing_in")
    return render(
        request,
        "preferences/signing_in.html",
        {
            "rules": rules,
            "terms": terms,
            "version": Preferences.objects.values_list("terms_version", flat=True).get(pk=1),
            "crumbs": [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": _("Signing in")}],
        },
    )


def _save(request: HttpRequest, rules: SigningInForm, terms: TermsForm, *, asked: bool) -> None:
    if not asked:
        save_rules(rules.instance, fields=["second_factor"], by=request.user)
        messages.success(request, _("Saved."))
        return
    seen = request.POST.get("version", "")
    done = seen.isdecimal() and renew_terms(seen=int(seen), note=terms.cleaned_data["note"], by=request.user)
    if done:
        messages.success(request, _("From now on every provider is asked to agree."))
    else:
        messages.warning(request, _("Somebody has done that already."))
