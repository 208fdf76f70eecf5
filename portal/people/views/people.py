"""All people, and one of them with everything that can be done."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.administering import LastAdministratorError, is_last_administrator
from accounts.models import ActingSession, User
from accounts.second_factor import FACTORS
from accounts.security import sessions_of
from core.access import Holder, Permission, allow, may
from core.ordering import name_key
from core.permissions import HOLDER_NAMES, OWN, RIGHTS
from portal.listing.export import export
from portal.listing.reading import read
from portal.organisations import people as members
from portal.organisations.errors import NotPossibleError
from portal.people import services
from portal.people.forms import RolesForm
from portal.people.helping import is_just_a_provider
from portal.people.listing import STATES, WITH, listing_for, people_rows
from portal.people.log import entries_about, told
from portal.people.views.around import frame, person_of, tabs
from portal.providers.models import Membership

FACTOR_NAMES = {Authenticator.Type.TOTP: gettext_lazy("App"), Authenticator.Type.WEBAUTHN: gettext_lazy("Key")}
LATEST = 10


def _accounts(request: HttpRequest) -> bool:
    return may(request.user, Permission.ACCOUNTS)


@require_safe
@allow(Permission.PEOPLE)
def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody with an account here."""
    accounts = _accounts(request)
    shown = read(listing_for(accounts=accounts), people_rows(), request.GET)
    rows = [_row(each) for each in shown.page]
    number = ngettext("%(number)d person", "%(number)d people", shown.total) % {"number": shown.total}
    context = frame(
        request,
        _("People and roles"),
        below_people=False,
        shown=shown,
        rows=rows,
        heading=number,
        tabs=tabs(request),
        accounts=accounts,
    )
    return render(request, "people/list.html", context)


def _row(person: Any) -> dict[str, Any]:
    return {
        "person": person,
        "roles": [HOLDER_NAMES[holder] for holder in Holder if holder.value in person.roles],
        "memberships": sorted(person.memberships.all(), key=lambda each: name_key(each.provider.name)),
        "condition": person.condition,
        "state": STATES[person.condition],
        "secured": person.secured == WITH,
    }


@require_safe
@never_cache
@allow(Permission.ACCOUNTS)
def people_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as a file."""
    return export(listing_for(accounts=True), people_rows(), request, kind)


@require_safe
@allow(Permission.PEOPLE)
def rights(request: HttpRequest) -> HttpResponse:
    """The table of permissions, as the code reads it."""
    rows = [
        {
            "right": right,
            "cells": [
                {"holder": HOLDER_NAMES[holder], "yes": holder in right.holders, "own": holder in OWN}
                for holder in Holder
            ],
        }
        for right in RIGHTS
    ]
    context = frame(request, _("Who may do what"), rows=rows, holders=HOLDER_NAMES.values(), tabs=tabs(request))
    return render(request, "people/rights.html", context)


@require_safe
@allow(Permission.PEOPLE)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One person."""
    return _shown(request, get_object_or_404(User, pk=pk, is_support=False))


def _shown(request: HttpRequest, person: User) -> HttpResponse:
    accounts = _accounts(request)
    viewer = person_of(request)
    context = frame(
        request,
        str(person),
        account=person,
        accounts=accounts,
        is_self=person.pk == viewer.pk,
        alone=is_last_administrator(person),
        roles=[HOLDER_NAMES[holder] for holder in Holder if holder.value in person.roles],
        roles_form=RolesForm(initial={"roles": person.roles}),
        memberships=Membership.objects.filter(user=person)
        .select_related("provider")
        .order_by("provider__name_key", "pk"),
        may_help=may(viewer, Permission.HELP) and is_just_a_provider(person),
        running=ActingSession.objects.filter(person=person, ended_at=None).first(),
        factors=_factors(person) if accounts else [],
        sessions=sessions_of(person).count() if accounts else 0,
        deeds=told(entries_about(person, by=viewer)[:LATEST]),
    )
    return render(request, "people/person.html", context)


def _factors(person: User) -> list[str]:
    found = Authenticator.objects.filter(user=person, type__in=[each.value for each in FACTORS])
    return [str(FACTOR_NAMES[kind]) for kind in sorted(set(found.values_list("type", flat=True)))]


def _done(request: HttpRequest, person: User, do: Callable[[], Any], said: str) -> HttpResponse:
    """Do it and say so, or why not."""
    try:
        do()
    except (LastAdministratorError, NotPossibleError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("people:one", person.pk)


@require_POST
@allow(Permission.ACCOUNTS)
def change_roles(request: HttpRequest, pk: int) -> HttpResponse:
    """Give and take roles of the town hall."""
    person = get_object_or_404(User, pk=pk, is_support=False)
    form = RolesForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This role does not exist. Nothing was changed."))
        return redirect("people:one", pk)
    answer = _done(
        request,
        person,
        lambda: services.change_roles(person, form.cleaned_data["roles"], by=person_of(request)),
        _("The roles of %(person)s are saved.") % {"person": person},
    )
    # Whoever gave away their own role stands outside now.
    gone = person.pk == request.user.pk and not may(person, Permission.PEOPLE)
    return redirect("accounts:home") if gone else answer


@require_POST
@allow(Permission.ACCOUNTS)
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account."""
    person = get_object_or_404(User, pk=pk, is_support=False)
    said = _("%(person)s cannot sign in any more and was told by mail.") % {"person": person}
    return _done(request, person, lambda: services.deactivate(person, by=person_of(request)), said)


@require_POST
@allow(Permission.ACCOUNTS)
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Open it again."""
    person = get_object_or_404(User, pk=pk, is_support=False)
    said = _("%(person)s can sign in again and was told by mail.") % {"person": person}
    return _done(request, person, lambda: services.reactivate(person, by=person_of(request)), said)


@require_POST
@allow(Permission.ACCOUNTS)
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """For somebody who lost the telephone."""
    person = get_object_or_404(User, pk=pk, is_support=False)
    said = _("The second factor of %(person)s is reset. They were told by mail.") % {"person": person}
    return _done(request, person, lambda: services.reset_second_factor(person, by=person_of(request)), said)


@require_POST
@allow(Permission.ACCOUNTS)
def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign somebody out everywhere."""
    person = get_object_or_404(User, pk=pk, is_support=False)
    said = _("%(person)s is signed out on all devices.") % {"person": person}
    return _done(request, person, lambda: services.end_sessions(person, by=person_of(request)), said)


def _membership(pk: int, membership: int) -> Membership:
    rows = Membership.objects.select_related("user", "provider")
    found: Membership = get_object_or_404(rows, pk=membership, user=pk)
    return found


@require_POST
@allow(Permission.PEOPLE)
def change_membership(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    """Make somebody responsible for an organisation, or no longer."""
    found = _membership(pk, membership)
    role = members.ADMINISTRATOR if request.POST.get("rolle") == members.ADMINISTRATOR else members.MEMBER
    return _done(request, found.user, lambda: members.change_role(found, role, by=person_of(request)), _("Saved."))


@require_POST
@allow(Permission.PEOPLE)
def end_membership(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    """Take somebody out of an organisation."""
    found = _membership(pk, membership)
    said = _("%(person)s does not belong to “%(name)s” any more.") % {"person": found.user, "name": found.provider}
    return _done(request, found.user, lambda: members.remove(found, by=person_of(request)), said)
