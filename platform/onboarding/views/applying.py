"""Applying: one form, one mail, one button. Visitors get no cookie; the form carries a signed time instead."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Role, allow
from onboarding import limits, services
from onboarding.forms import ApplicationForm
from onboarding.models import ApplicationState

METHODS = ("GET", "HEAD", "POST")


@csrf_exempt
@never_cache
@require_http_methods(METHODS)
@allow(Role.VISITOR)
def apply(request: HttpRequest) -> HttpResponse:
    """The form. The answer is the same for every address, whatever is known of it."""
    sent = request.POST if request.method == "POST" else None
    form = ApplicationForm(sent)
    if sent is None or not form.is_valid():
        return _form(request, form)
    if not limits.is_human(sent.get(limits.TOKEN, ""), sent.get(limits.HONEYPOT, "")):
        form.add_error(None, _("That was too quick, or too slow. Please press the button once more."))
        return _form(request, form)
    if not limits.may_apply(request):
        form.add_error(None, _("Too many applications have come from your network. Please try again in an hour."))
        return _form(request, form, status=429)
    if limits.may_write_to(form.instance.email):
        services.apply(form.instance)
    return redirect("onboarding:thanks")


def _form(request: HttpRequest, form: ApplicationForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "token": limits.new_token(), "honeypot": limits.HONEYPOT}
    return render(request, "onboarding/apply.html", context, status=status)


@require_safe
@allow(Role.VISITOR)
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render(request, "onboarding/thanks.html")


@csrf_exempt
@never_cache
@require_http_methods(METHODS)
@allow(Role.VISITOR)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing (programs that scan mail open every link); the button does."""
    found = services.of_link(token)
    if found is not None and request.method == "POST":
        services.confirm(found)
        found.refresh_from_db()
    context = {"application": found, "is_new": found is not None and found.state == ApplicationState.NEW}
    return render(request, "onboarding/confirm.html", context, status=200 if found else 404)
