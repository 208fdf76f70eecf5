"""The list of all people with an account, as `portal.listing` draws it."""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Exists, F, Func, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.second_factor import FACTORS
from core.access import Holder
from core.ordering import ByName, name_key
from core.permissions import HOLDER_NAMES
from portal.listing.spec import Column, Facet, Listing, Option, Sort
from portal.providers.models import Membership, State

LONG_AGO = timedelta(days=90)
ACTIVE, NEVER, LONG, CLOSED = "aktiv", "nie", "lange", "deaktiviert"
WITH, WITHOUT = "ja", "nein"
STATES = {
    ACTIVE: _("active"),
    LONG: _("not here for 90 days"),
    NEVER: _("never signed in"),
    CLOSED: _("deactivated"),
}
ROLE_OPTIONS = [(holder.value, HOLDER_NAMES[holder]) for holder in Holder]


class _Together(Func):
    """Two arrays as one."""

    template = "(%(expressions)s)"
    arg_joiner = " || "


def people_rows() -> QuerySet[Any]:
    """All accounts with what the list counts by: roles (of the town hall and at providers), state, second factor."""
    memberships = Membership.objects.exclude(provider__state__in=[State.ARCHIVED, State.TRASHED])
    at_providers = ArraySubquery(
        memberships.filter(user=OuterRef("pk")).order_by("role").values_list("role", flat=True).distinct()
    )
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=[each.value for each in FACTORS])
    # Whoever was let in to help has no account: “Support access” shows them.
    return User.objects.filter(is_support=False).annotate(
        holds=_Together(F("roles"), at_providers, output_field=User._meta.get_field("roles")),
        condition=Case(
            When(is_active=False, then=Value(CLOSED)),
            When(last_login=None, then=Value(NEVER)),
            When(last_login__lt=timezone.now() - LONG_AGO, then=Value(LONG)),
            default=Value(ACTIVE),
            output_field=CharField(),
        ),
        secured=Case(When(Exists(factors), then=Value(WITH)), default=Value(WITHOUT), output_field=CharField()),
        called=ByName(Coalesce(NullIf(F("name"), Value("")), F("email"), output_field=CharField())),
    )


def _search(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Every word in the name, the address, or the name of an organisation."""
    for word in words.split():
        theirs = Membership.objects.filter(user=OuterRef("pk"), provider__name__icontains=word)
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word) | Exists(theirs))
    return rows


def _prepare(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.prefetch_related("memberships__provider")


def _roles(person: Any) -> str:
    return ", ".join(str(HOLDER_NAMES[holder]) for holder in Holder if holder.value in person.holds)


def _organisations(person: Any) -> str:
    return ", ".join(sorted((each.provider.name for each in person.memberships.all()), key=name_key))


def listing_for(*, accounts: bool) -> Listing:
    """The list as it is for administrators; editors do not see who secured an account how."""
    second_factor = Facet(
        "faktor",
        _("Second factor"),
        "secured",
        (Option(WITH, _("set up")), Option(WITHOUT, _("missing"))),
    )
    return Listing(
        facets=(
            Facet(
                "rolle",
                _("Role"),
                "holds",
                [Option(value, label) for value, label in ROLE_OPTIONS],
                several=True,
            ),
            Facet("stand", _("State"), "condition", [Option(value, label) for value, label in STATES.items()]),
            *((second_factor,) if accounts else ()),
        ),
        search=_search,
        prepare=_prepare,
        sorts=(
            Sort("name", _("By name"), ("called", "pk")),
            Sort("zuletzt", _("Last sign-in first"), (F("last_login").desc(nulls_last=True), "pk")),
            Sort("neu", _("Newest accounts first"), ("-created_at", "-pk")),
        ),
        columns=(
            Column(_("Name"), lambda each: each.name, 28),
            Column(_("E-mail address"), lambda each: each.email, 34),
            Column(_("Roles"), _roles, 30),
            Column(_("Organisations"), _organisations, 40),
            Column(_("Second factor"), lambda each: str(_("set up") if each.secured == WITH else _("missing")), 14),
            Column(_("State"), lambda each: str(STATES[each.condition]), 22),
            Column(_("Last sign-in"), lambda each: each.last_login, 18),
            Column(_("Account made"), lambda each: each.created_at, 18),
        ),
        file_name="personen",
    )
