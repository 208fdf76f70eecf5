"""The people of an organisation."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from core.access import Role, allow, by_oneself, changed_by_oneself
from core.numbers import whole_number
from core.ordering import ByName
from portal.offers.models import Offer
from portal.organisations import inviting, people
from portal.organisations.errors import NotPossibleError
from portal.organisations.forms import InviteForm, ReasonForm
from portal.organisations.models import Invitation, JoinRequest
from portal.organisations.people import ADMINISTRATOR, MEMBER, may_manage
from portal.organisations.views.around import LIST, PEOPLE_AND_EDITORS, frame, kept, mistakes_of, person, seen
from portal.providers.models import Membership, Provider


def address(provider: Provider) -> str:
    """The page of an organisation's people."""
    return f"{LIST}{provider.pk}/personen/"


@require_http_methods(["GET", "HEAD", "POST"])
@changed_by_oneself
@allow(*PEOPLE_AND_EDITORS)
def people_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who belongs to it; for those responsible also inviting, and everything else on one page. POST invites."""
    if request.method != "POST":
        return _shown(request, seen(request, pk))
    provider = kept(request, pk)
    form = InviteForm(request.POST)
    if form.is_valid():
        problem = _tried(lambda: inviting.invite(provider, **form.cleaned_data, by=person(request)))
        if not problem:
            sentence = _("The invitation to %(email)s is on its way.")
            messages.success(request, sentence % {"email": form.cleaned_data["email"]})
            return redirect(address(provider))
        form.add_error("email", problem)
    return _shown(request, provider, invite_form=form)


def _shown(
    request: HttpRequest,
    provider: Provider,
    *,
    invite_form: InviteForm | None = None,
    refused: JoinRequest | None = None,
    reason_form: ReasonForm | None = None,
) -> HttpResponse:
    user = person(request)
    manages = may_manage(provider, user)
    rows = list(_memberships(provider))
    own = next((each for each in rows if each.user_id == user.pk), None)
    active = [each for each in rows if each.role == ADMINISTRATOR and each.user.is_active]
    form = invite_form or InviteForm()
    bound = [each for each in (form, reason_form) if each is not None and each.is_bound]
    context = frame(
        pgettext("of an organisation", "People"),
        provider=provider,
        several=Membership.objects.of(user).count() > 1,
        subject=provider,
        rows=rows,
        own=own,
        manages=manages,
        is_last=own is not None and [each.pk for each in active] == [own.pk],
        heirs=[each for each in rows if each.user_id != user.pk and each.user.is_active],
        invite_form=form,
        reason_form=reason_form or ReasonForm(),
        refused=refused,
        mistakes=[mistake for each in bound for mistake in mistakes_of(each)],
        invitations=_open_invitations(provider) if manages else [],
        asking=provider.join_requests.waiting().select_related("user") if manages else [],
    )
    return render(request, "organisations/people.html", context, status=400 if bound else 200)


def _memberships(provider: Provider) -> Any:
    """With how many offers each of them began and changed last."""
    return (
        provider.memberships.select_related("user")
        .annotate(
            began=_number(provider, "author"),
            changed=_number(provider, "last_editor"),
        )
        .order_by("role", ByName("user__name"), "pk")
    )


def _number(provider: Provider, column: str) -> Any:
    offers = Offer.objects.filter(provider=provider, **{column: OuterRef("user")}).exclude(state="trashed")
    counted = offers.order_by().values(column).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _open_invitations(provider: Provider) -> Any:
    return provider.invitations.filter(state=Invitation.State.OPEN)


def _tried(do: Callable[[], Any]) -> str:
    """Nothing, or the sentence why not."""
    try:
        do()
    except NotPossibleError as error:
        return str(error)
    return ""


def _done(request: HttpRequest, provider: Provider, problem: str, said: str) -> HttpResponse:
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, said)
    return redirect(address(provider))


def _member(provider: Provider, pk: int) -> Membership:
    found: Membership = get_object_or_404(
        Membership.objects.select_related("user", "provider"), pk=pk, provider=provider
    )
    return found


@require_POST
@by_oneself
@allow(*PEOPLE_AND_EDITORS)
def change_role(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    """Make somebody responsible, or no longer."""
    provider = kept(request, pk)
    found = _member(provider, membership)
    role = ADMINISTRATOR if request.POST.get("rolle") == ADMINISTRATOR else MEMBER
    problem = _tried(lambda: people.change_role(found, role, by=person(request)))
    return _done(request, provider, problem, _("Saved."))


@require_POST
@by_oneself
@allow(*PEOPLE_AND_EDITORS)
def remove(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    """Take somebody out."""
    provider = kept(request, pk)
    found = _member(provider, membership)
    problem = _tried(lambda: people.remove(found, by=person(request)))
    said = _("%(person)s does not belong to “%(name)s” any more.") % {"person": found.user, "name": provider}
    if found.user == person(request) and not problem:
        messages.success(request, said)
        return redirect(LIST)
    return _done(request, provider, problem, said)


@require_POST
@by_oneself
@allow(Role.PROVIDER)
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Go by oneself."""
    provider = seen(request, pk)
    problem = _tried(lambda: people.leave(provider, by=person(request)))
    if problem:
        return _done(request, provider, problem, "")
    messages.success(request, _("You do not belong to “%(name)s” any more.") % {"name": provider})
    return redirect(LIST)


@require_POST
@by_oneself
@allow(Role.PROVIDER)
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Make somebody else responsible and step back."""
    provider = kept(request, pk)
    chosen = whole_number(request.POST.get("an", ""))
    if chosen is None:
        return _done(request, provider, _("Please choose to whom you hand over."), "")
    heir = _member(provider, chosen)
    stay = request.POST.get("danach") != "gehen"
    problem = _tried(lambda: people.hand_over(provider, to=heir, by=person(request), stay=stay))
    said = _("%(person)s is responsible for “%(name)s” now.") % {"person": heir.user, "name": provider}
    if not problem and not stay:
        messages.success(request, said)
        return redirect(LIST)
    return _done(request, provider, problem, said)


@require_POST
@by_oneself
@allow(*PEOPLE_AND_EDITORS)
def members_may_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The switch: may members publish by themselves?"""
    provider = kept(request, pk)
    people.let_members_publish(provider, by=person(request), allowed=request.POST.get("duerfen") == "ja")
    return _done(request, provider, "", _("Saved."))


@require_POST
@by_oneself
@allow(*PEOPLE_AND_EDITORS)
def withdraw_invitation(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    """The link ends."""
    provider = kept(request, pk)
    found = get_object_or_404(Invitation, pk=invitation, provider=provider)
    inviting.withdraw_invitation(found, by=person(request))
    return _done(request, provider, "", _("The invitation was withdrawn."))


@require_POST
@by_oneself
@allow(*PEOPLE_AND_EDITORS)
def invite_again(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    """A new link for the same address."""
    provider = kept(request, pk)
    found = get_object_or_404(Invitation, pk=invitation, provider=provider, state=Invitation.State.OPEN)
    problem = _tried(lambda: inviting.invite(provider, found.email, role=found.role, by=person(request)))
    sentence = _("The invitation to %(email)s is on its way.") % {"email": found.email}
    return _done(request, provider, problem, sentence)


def refused_page(request: HttpRequest, asked: JoinRequest, form: ReasonForm) -> HttpResponse:
    """The page once more, with what is wrong about a reason."""
    return _shown(request, asked.provider, refused=asked, reason_form=form)
