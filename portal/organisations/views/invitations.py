"""The link in an invitation: opening it changes nothing, joining is a button for the owner of the address."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.invited import InvitedSignup
from accounts.models import User
from portal.organisations import inviting
from portal.organisations.errors import NotPossibleError
from portal.organisations.forms import InvitedForm
from portal.organisations.inviting import invitation_of
from portal.organisations.models import Invitation
from portal.organisations.views.around import mistakes_of, person
from portal.organisations.views.people import address
from portal.providers.models import Membership


class InvitationView(InvitedSignup):
    """For who is signed in a button; for who has an account the way to sign in; for everybody else allauth's form."""

    template_name = "organisations/invitation_account.html"
    invitation: Invitation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = invitation_of(str(kwargs["token"]))
        if found is None or not self._holds(request, found):
            return render(request, "organisations/invitation_over.html", {"invitation": found}, status=404)
        self.invitation = found
        if request.user.is_authenticated:
            return self._signed_in(request)
        if User.objects.filter(email=found.email).exists():
            return render(request, "organisations/invitation_sign_in.html", self._about())
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def _holds(self, request: HttpRequest, found: Invitation) -> bool:
        if Invitation.objects.open(timezone.now()).filter(pk=found.pk).exists():
            return True
        # Whoever pressed the button and comes back by the link is told so instead.
        return bool(request.user.is_authenticated and request.user.get_username().lower() == found.email)

    def _about(self) -> dict[str, Any]:
        return {"invitation": self.invitation, "provider": self.invitation.provider}

    def _signed_in(self, request: HttpRequest) -> HttpResponse:
        found, user = self.invitation, person(request)
        if user.email.lower() != found.email:
            return render(request, "organisations/invitation_other.html", self._about(), status=403)
        belongs = Membership.objects.filter(provider=found.provider, user=user).exists()
        if found.state == Invitation.State.ACCEPTED and belongs:
            return redirect(address(found.provider))
        if request.method != "POST":
            return render(request, "organisations/invitation.html", self._about())
        try:
            inviting.accept(found, by=user)
        except NotPossibleError:
            return render(request, "organisations/invitation_over.html", {"invitation": found}, status=404)
        messages.success(request, _("You belong to “%(name)s” now.") % {"name": found.provider})
        return redirect(address(found.provider))

    def get_form_class(self) -> type[InvitedForm]:
        return InvitedForm

    def accept(self) -> None:
        inviting.accept(self.invitation, by=self.user)

    def get_success_url(self) -> str:
        return address(self.invitation.provider)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = context["form"]
        return {**context, **self._about(), "mistakes": mistakes_of(form) if form.is_bound else []}
