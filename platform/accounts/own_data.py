"""What accounts themselves keep about a person."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.devices import device_of
from accounts.models import ROLE_NAMES, User
from audit.models import Entry
from core.own_data import Part, Row, register

_FACTORS = {
    Authenticator.Type.TOTP: gettext_lazy("App on the telephone"),
    Authenticator.Type.WEBAUTHN: gettext_lazy("Passkey"),
    Authenticator.Type.RECOVERY_CODES: gettext_lazy("Spare codes"),
}


def _account(user: User) -> list[Row]:
    return [
        {
            _("Name"): user.name,
            _("E-mail address"): user.email,
            _("Roles"): [str(ROLE_NAMES[role]) for role in ROLE_NAMES if role in user.held_roles],
            _("Account made"): user.created_at,
            _("Last sign-in"): user.last_login,
            _("Terms of use accepted"): user.terms_accepted_at,
            _("Version of the terms"): user.terms_version or None,
        }
    ]


def _addresses(user: User) -> list[Row]:
    return [
        {_("E-mail address"): each.email, _("Confirmed"): each.verified}
        for each in EmailAddress.objects.filter(user=user).order_by("pk")
    ]


def _factors(user: User) -> list[Row]:
    return [
        {
            _("Kind"): str(_FACTORS.get(each.type, each.type)),
            _("Set up"): each.created_at,
            _("Last used"): each.last_used_at,
        }
        for each in Authenticator.objects.filter(user=user).order_by("pk")
    ]


def _sessions(user: User) -> list[Row]:
    return [
        {_("Signed in"): each.created_at, _("Network"): each.ip, _("Browser"): each.user_agent}
        for each in UserSession.objects.filter(user=user).order_by("pk")
    ]


def _devices(user: User) -> list[Row]:
    """The same with the names of devices that people know."""
    return [
        {_("Signed in"): each.created_at, _("Network"): each.ip, _("Browser"): device_of(each.user_agent)}
        for each in UserSession.objects.filter(user=user).order_by("pk")
    ]


def _services(user: User) -> list[Row]:
    return [
        {_("Number at the service"): each.uid, _("What it told us"): each.extra_data, _("Last used"): each.last_login}
        for each in SocialAccount.objects.filter(user=user).order_by("pk")
    ]


def _entries(user: User) -> list[Row]:
    return [
        {_("When"): each.at, _("What"): each.action, _("Of what"): f"{each.target_type} {each.target}".strip()}
        for each in Entry.objects.filter(actor_id=user.pk).order_by("pk")
    ]


def _entries_stay(_user: Any) -> list[Any]:
    return [_("The log of changes cannot be rewritten: your address stays in it.")]


register(Part("konto", gettext_lazy("Account"), _account, order=10, everywhere=True))
register(Part("adressen", gettext_lazy("Addresses"), _addresses, order=11, everywhere=True))
register(Part("zweiter_faktor", gettext_lazy("Second factor"), _factors, order=12, everywhere=True))
register(Part("sitzungen", gettext_lazy("Devices"), _sessions, order=13, everywhere=True, readable=_devices))
register(Part("anmeldedienst", gettext_lazy("Sign-in service"), _services, order=14, everywhere=True))
register(Part("protokoll", gettext_lazy("Log of changes"), _entries, order=90, everywhere=True, leaving=_entries_stay))
