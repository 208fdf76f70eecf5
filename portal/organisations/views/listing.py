"""One's organisations: which there are, what is asked for, and how to get to another one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow, for_helpers
from portal.organisations import joining, registering
from portal.organisations.choosing import OrganisationForm, answered, suggestions
from portal.organisations.errors import NotPossibleError
from portal.organisations.forms import AgainForm
from portal.organisations.models import CLOSED, Invitation, JoinRequest
from portal.organisations.people import ADMINISTRATOR
from portal.organisations.views.around import LIST, frame, kept, mistakes_of, person
from portal.preferences.models import Preferences
from portal.providers.models import Membership, State

# Somebody who keeps more unapproved organisations than this is trying something out.
MOST_WAITING = 5


@require_safe
@for_helpers
@allow(Role.SIGNED_IN)
def own_organisations(request: HttpRequest) -> HttpResponse:
    """All of them, with where each stands; invitations and requests of one's own."""
    user = person(request)
    memberships = (
        Membership.objects.of(user)
        .exclude(provider__state__in=CLOSED)
        .select_related("provider")
        .order_by("provider__name_key", "pk")
    )
    asked = user.join_requests.exclude(provider__state__in=CLOSED).select_related("provider")
    context = frame(
        _("Your organisations"),
        rows=[_row(each) for each in memberships],
        asked=asked.filter(state=JoinRequest.State.WAITING),
        refused=_still_refused(user),
        invited=Invitation.objects.open(timezone.now()).to(user).select_related("provider"),
    )
    return render(request, "organisations/list.html", context)


def _still_refused(user: Any) -> list[JoinRequest]:
    """The last word on each organisation that does not want this person, as long as they belong to none of it."""
    refused = user.join_requests.filter(state=JoinRequest.State.REFUSED).exclude(provider__state__in=CLOSED)
    refused = refused.exclude(provider__in=Membership.objects.filter(user=user).values("provider"))
    again = user.join_requests.filter(state=JoinRequest.State.WAITING)
    newest = (
        refused.exclude(provider__in=again.values("provider")).order_by("provider_id", "-pk").distinct("provider_id")
    )
    return list(newest.select_related("provider"))


def _row(membership: Membership) -> dict[str, Any]:
    provider = membership.provider
    responsible = membership.role == ADMINISTRATOR
    returned = provider.state == State.DRAFT and bool(provider.state_reason)
    return {
        "provider": provider,
        "role": membership.get_role_display(),
        "responsible": responsible,
        "waits": provider.state == State.SUBMITTED,
        "returned": returned,
        "again": provider.state == State.DRAFT and responsible,
        "public": provider.state == State.PUBLISHED,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.SIGNED_IN)
def another(request: HttpRequest) -> HttpResponse:
    """Register one more organisation, or ask one to take you in."""
    data = answered(request.POST) if request.method == "POST" else None
    form = OrganisationForm(data)
    searching = "org_suche" in request.POST
    if data is not None and form.is_valid() and not form.asks and not searching:
        problem = _make(request, form)
        if not problem:
            return redirect(LIST)
        form.add_error(None, problem)
    if searching:
        form.only_search()
    context = frame(
        _("One more organisation"),
        form=form,
        mistakes=mistakes_of(form) if form.is_bound else [],
        double=form.double,
        suggestions=suggestions(),
        registration_open=Preferences.current().registration_open,
    )
    return render(request, "organisations/another.html", context, status=400 if form.errors else 200)


def _make(request: HttpRequest, form: OrganisationForm) -> str:
    """Do what was asked for; a sentence where it cannot be done."""
    user = person(request)
    if form.provider is not None:
        try:
            asked = joining.ask(form.provider, by=user)
        except NotPossibleError as error:
            return str(error)
        if asked is None:
            messages.info(request, _("You belong to “%(name)s” already.") % {"name": form.provider})
        else:
            messages.success(request, _("“%(name)s” is asked. You get a mail.") % {"name": form.provider})
        return ""
    if not Preferences.current().registration_open:
        return _("At present no organisation can be registered here. Please write to the editorial team.")
    waiting = Membership.objects.filter(user=user, provider__state__in=[State.DRAFT, State.SUBMITTED])
    same = waiting.filter(provider__name=form.organisation).exists()
    if not same and waiting.count() >= MOST_WAITING:
        return _("Several of your organisations still wait for the editorial team. Please wait for its answer first.")
    if not same:
        registering.found(form.organisation, by=user)
    messages.success(request, _("“%(name)s” is registered. You can write at once.") % {"name": form.organisation})
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PROVIDER)
def hand_in_again(request: HttpRequest, pk: int) -> HttpResponse:
    """An organisation that came back from the editors goes to them once more, with its name as it should be."""
    provider = kept(request, pk)
    if provider.state != State.DRAFT:
        return redirect(LIST)
    form = AgainForm(request.POST if request.method == "POST" else None, initial={"name": provider.name})
    if request.method == "POST" and form.is_valid():
        registering.hand_in(provider, by=person(request), name=form.cleaned_data["name"])
        messages.success(request, _("It is with the editorial team now."))
        return redirect(LIST)
    context = frame(
        _("Send to the editorial team"),
        provider=provider,
        form=form,
        subject=provider,
        mistakes=mistakes_of(form) if form.is_bound else [],
    )
    return render(request, "organisations/again.html", context, status=400 if form.is_bound else 200)


@require_POST
@allow(Role.SIGNED_IN)
def withdraw_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own request to join back."""
    asked = get_object_or_404(JoinRequest, pk=pk, user=person(request))
    try:
        joining.withdraw(asked, by=person(request))
    except NotPossibleError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Your request was taken back."))
    return redirect(LIST)
