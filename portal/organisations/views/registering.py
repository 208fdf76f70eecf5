"""Registering: one page, one mail, one button."""

from typing import Any

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.account.views import SignupView
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.access import Role, allow
from core.text import clean_email
from portal.feedback import spam
from portal.organisations.choosing import suggestions
from portal.organisations.forms import RegistrationForm, with_answers
from portal.organisations.views.around import mistakes_of
from portal.preferences.models import Preferences


class RegistrationView(SignupView):  # type: ignore[misc]
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
            "crumbs": [{"label": _("Home"), "url": "/"}, {"label": _("Take part as a provider"), "url": ""}],
        }


@never_cache
@require_POST
@allow(Role.VISITOR)
def new_link(request: HttpRequest) -> HttpResponse:
    """Send the link to confirm an address once more. The answer and the work are the same for every address."""
    email = clean_email(request.POST.get("email", ""))[:254].lower()
    try:
        validate_email(email)
    except ValidationError:
        return redirect("account_email_verification_sent")
    with transaction.atomic():
        attempt = transaction.savepoint()
        address = EmailAddress.objects.filter(email=email, verified=False, user__is_active=True).first()
        if address is not None:
            send_verification_email_to_address(request, address, signup=True)
        else:
            nobody = EmailAddress(pk=0, email=email, user_id=0)
            nobody.send_confirmation(request, signup=True)
            transaction.savepoint_rollback(attempt)
    return redirect("account_email_verification_sent")
