"""Invitations to work for the town hall: who was asked, and the page behind the link."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.invited import InvitedSignup
from accounts.models import ROLE_NAMES, User
from core.access import Permission, Role, allow
from portal.organisations.errors import NotPossibleError
from portal.organisations.views.around import mistakes_of
from portal.people import inviting
from portal.people.forms import InviteForm, StaffForm
from portal.people.inviting import Outcome
from portal.people.models import RoleInvitation
from portal.people.views.around import frame, person_of, tabs

MOST_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.ACCOUNTS)
def invitations(request: HttpRequest) -> HttpResponse:
    """Who is invited; POST invites."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        for email in form.cleaned_data["emails"]:
            _invited(request, email, form.cleaned_data["role"])
        return redirect("people:invitations")
    rows = RoleInvitation.objects.select_related("invited_by")
    context = frame(
        request,
        _("Invitations"),
        form=form,
        mistakes=mistakes_of(form) if form.is_bound else [],
        open_ones=rows.filter(state=RoleInvitation.State.OPEN)[:MOST_SHOWN],
        settled=rows.exclude(state=RoleInvitation.State.OPEN)[:20],
        tabs=tabs(request),
    )
    return render(request, "people/invitations.html", context, status=400 if form.is_bound else 200)


def _invited(request: HttpRequest, email: str, role: str) -> None:
    """Invite one address, and say what became of it."""
    sentences = {
        Outcome.INVITED: _("The invitation to %(email)s is on its way."),
        Outcome.ADDED: _("%(email)s has an account already: the role “%(role)s” was added, and a mail says so."),
        Outcome.HELD: _("%(email)s has an account and the role “%(role)s” already. Nothing was changed."),
    }
    try:
        outcome = inviting.invite(email, role, by=person_of(request))
    except NotPossibleError as error:
        messages.error(request, str(error))
        return
    messages.success(request, sentences[outcome] % {"email": email, "role": ROLE_NAMES[Role(role)]})


@require_POST
@allow(Permission.ACCOUNTS)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link; the old one ends."""
    found = get_object_or_404(RoleInvitation, pk=pk)
    try:
        inviting.invite_again(found, by=person_of(request))
    except NotPossibleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": found.email})
    return redirect("people:invitations")


@require_POST
@allow(Permission.ACCOUNTS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The link ends."""
    found = get_object_or_404(RoleInvitation, pk=pk)
    if inviting.withdraw(found, by=person_of(request)):
        messages.success(request, _("The invitation to %(email)s is withdrawn.") % {"email": found.email})
    else:
        messages.info(request, _("This invitation is not open any more."))
    return redirect("people:invitations")


class RoleInvitationView(InvitedSignup):
    """The link in the mail. Opening it changes nothing: for who is signed in a button, for who has an account the way
    to sign in, for everybody else a form."""

    template_name = "people/invitation_account.html"
    invitation: RoleInvitation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = inviting.invitation_of(str(kwargs["token"]))
        if found is None or not RoleInvitation.objects.open(timezone.now()).filter(pk=found.pk).exists():
            return render(request, "people/invitation_over.html", {"invitation": found}, status=404)
        self.invitation = found
        about = {"invitation": found}
        if request.user.is_authenticated:
            return self._signed_in(request)
        if User.objects.filter(email=found.email).exists():
            return render(request, "people/invitation_sign_in.html", about)
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def _signed_in(self, request: HttpRequest) -> HttpResponse:
        about, user = {"invitation": self.invitation}, person_of(request)
        if user.email.lower() != self.invitation.email:
            return render(request, "people/invitation_other.html", about, status=403)
        if request.method != "POST":
            return render(request, "people/invitation.html", about)
        try:
            inviting.accept(self.invitation, by=user)
        except NotPossibleError:
            return render(request, "people/invitation_over.html", about, status=404)
        messages.success(request, _("Welcome. Your role: %(role)s.") % {"role": self.invitation.get_role_display()})
        return redirect("accounts:home")

    def get_form_class(self) -> type[StaffForm]:
        return StaffForm

    def accept(self) -> None:
        inviting.accept(self.invitation, by=self.user)

    def get_success_url(self) -> str:
        return "/konto/"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = context["form"]
        mistakes = mistakes_of(form) if form.is_bound else []
        return {**context, "invitation": self.invitation, "mistakes": mistakes}
