"""Registering: one page, one mail, one button."""

from typing import Any

from allauth.account.internal.flows.email_verification import consume_email_verification_rate_limit
from allauth.account.models import EmailAddress
from allauth.account.views import SignupView
from allauth.decorators import rate_limit
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from core.access import Role, allow, by_oneself
from core.text import clean_email
from portal.feedback import spam
from portal.organisations.choosing import suggestions
from portal.organisations.forms import RegistrationForm, with_answers
from portal.organisations.views.around import mistakes_of
from portal.preferences.models import Preferences


class RegistrationView(SignupView):
    """allauth's way to an account, with the organisation asked for on the same page."""

    template_name = "organisations/register.html"
    template_name_signup_closed = "organisations/register_closed.html"
    http_method_names = ("get", "head", "post")

    def is_open(self) -> bool:
        """The municipality decides."""
        return Preferences.current().registration_open

    def get_form_class(self) -> type[RegistrationForm]:
        return RegistrationForm

    def get_form_kwargs(self) -> dict[str, Any]:
        given: dict[str, Any] = super().get_form_kwargs()
        if "data" in given:
            given["data"] = with_answers(given["data"])
        return given

    def form_valid(self, form: RegistrationForm) -> HttpResponse:
        if form.asks or "org_suche" in self.request.POST:
            return self.form_invalid(form)
        answer: HttpResponse = super().form_valid(form)
        return answer

    def form_invalid(self, form: RegistrationForm) -> HttpResponse:
        if "org_suche" in self.request.POST:
            form.only_search()
        answer: HttpResponse = super().form_invalid(form)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = context["form"]
        bound = form.is_bound
        return {
            **context,
            "mistakes": mistakes_of(form) if bound else [],
            "meant": form.meant if bound else "",
            "double": form.double,
            "token": form.token,
            "honeypot": spam.HONEYPOT,
            "suggestions": suggestions(),
            "crumbs": [{"label": _("Take part as a provider"), "url": ""}],
        }


@never_cache
@require_POST
@by_oneself
@allow(Role.VISITOR)
@rate_limit(action="signup")
def new_link(request: HttpRequest) -> HttpResponse:
    """Send the link to confirm an address once more. The answer and the work are the same for every address."""
    email = clean_email(request.POST.get("email", ""))[:254].lower()
    answer = redirect("account_email_verification_sent")
    try:
        validate_email(email)
    except ValidationError:
        return answer
    if not consume_email_verification_rate_limit(request, email):
        return answer
    with transaction.atomic():
        attempt = transaction.savepoint()
        waiting = EmailAddress.objects.filter(email=email, verified=False, user__is_active=True)
        address = waiting.select_related("user").first()
        (address or _nobody(email)).send_confirmation(request, signup=True)
        if address is None:
            transaction.savepoint_rollback(attempt)
    return answer


def _nobody(email: str) -> EmailAddress:
    """Somebody to word a mail for that is never sent."""
    return EmailAddress(pk=0, email=email, user=User(pk=0, email=email))
