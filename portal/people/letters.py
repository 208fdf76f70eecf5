"""The mails of this room: whoever's account changes is told, in German, by the transaction that changes it."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import ROLE_NAMES, ActingSession, User
from mail.services import post_kind
from portal.people.models import RoleInvitation
from tenants.urls import own_address

SIGN_IN, ACCESSES = "konto/anmelden/", "konto/zugriffe/"


def role_names(roles: Iterable[str]) -> list[str]:
    """The town hall's roles among these, as people say them."""
    held = set(roles)
    return [str(name) for role, name in ROLE_NAMES.items() if role in held]


def invited(invitation: RoleInvitation, token: str) -> None:
    """The link; it stands in this mail and nowhere else."""
    by = invitation.invited_by
    with translation.override(settings.LANGUAGE_CODE):
        values = {
            "role": invitation.get_role_display(),
            "who": (by.name if by is not None else "") or _("The editorial team"),
            "link": f"{own_address()}konto/einladung/rolle/{token}/",
            "day": date_format(localtime(invitation.expires_at), "SHORT_DATE_FORMAT"),
        }
    post_kind("people_invited", to=invitation.email, values=values)


def roles_changed(person: User) -> None:
    """What somebody is here from now on."""
    with translation.override(settings.LANGUAGE_CODE):
        names = ", ".join(role_names(person.granted_roles))
    values = {"roles": names, "link": f"{own_address()}{SIGN_IN}"}
    post_kind("people_roles" if names else "people_roles_none", to=person.email, values=values)


def deactivated(person: User) -> None:
    """The account is closed."""
    post_kind("people_deactivated", to=person.email, values={})


def reactivated(person: User) -> None:
    """The account is open again."""
    post_kind("people_reactivated", to=person.email, values={"link": f"{own_address()}{SIGN_IN}"})


def factor_reset(person: User) -> None:
    """They set up another one."""
    post_kind("people_factor_reset", to=person.email, values={"link": f"{own_address()}{SIGN_IN}"})


def signed_out(person: User) -> None:
    """On every device."""
    post_kind("people_signed_out", to=person.email, values={"link": f"{own_address()}{SIGN_IN}"})


def helped(row: ActingSession) -> None:
    """Somebody acts as them: who, why, until when, and where they see what was done."""
    with translation.override(settings.LANGUAGE_CODE):
        values = {
            "helper": row.helper_name,
            "reason": row.reason,
            "time": date_format(localtime(row.ends_at), "TIME_FORMAT"),
            "link": f"{own_address()}{ACCESSES}",
        }
    post_kind("people_helped", to=row.person.email, values=values)
