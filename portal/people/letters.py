"""The mails of this room: whoever's account changes is told, in German, by the transaction that changes it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation

from accounts.models import ROLE_NAMES, ActingSession, User
from mail.services import post
from mail.wording import word
from portal.people.models import RoleInvitation
from tenants.urls import own_address
from theming.services import current_theme

SIGN_IN, ACCESSES = "konto/anmelden/", "konto/zugriffe/"


def _send(kind: str, to: str, context: dict[str, Any]) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        given = {"portal": current_theme().portal_name, "address": own_address(), **context}
        subject, body = word(f"people_{kind}", f"people/mail/{kind}", given)
    post(to=to, subject=subject, body=body)


def role_names(roles: Iterable[str]) -> list[str]:
    """The town hall's roles among these, as people say them."""
    held = set(roles)
    return [str(name) for role, name in ROLE_NAMES.items() if role in held]


def invited(invitation: RoleInvitation, token: str) -> None:
    """The link; it stands in this mail and nowhere else."""
    by = invitation.invited_by
    context = {
        "role": invitation.get_role_display(),
        "who": by.name if by is not None else "",
        "link": f"{own_address()}konto/einladung/rolle/{token}/",
        "day": invitation.expires_at,
    }
    _send("invited", invitation.email, context)


def roles_changed(person: User) -> None:
    """What somebody is here from now on."""
    with translation.override(settings.LANGUAGE_CODE):
        names = ", ".join(role_names(person.granted_roles))
    _send("roles", person.email, {"roles": names, "link": f"{own_address()}{SIGN_IN}"})


def deactivated(person: User) -> None:
    """The account is closed."""
    _send("deactivated", person.email, {})


def reactivated(person: User) -> None:
    """The account is open again."""
    _send("reactivated", person.email, {"link": f"{own_address()}{SIGN_IN}"})


def factor_reset(person: User) -> None:
    """They set up another one."""
    _send("factor_reset", person.email, {"link": f"{own_address()}{SIGN_IN}"})


def signed_out(person: User) -> None:
    """On every device."""
    _send("signed_out", person.email, {"link": f"{own_address()}{SIGN_IN}"})


def helped(row: ActingSession) -> None:
    """Somebody acts as them: who, why, until when, and where they see what was done."""
    context = {
        "helper": row.helper_name,
        "reason": row.reason,
        "until": row.ends_at,
        "link": f"{own_address()}{ACCESSES}",
    }
    _send("helped", row.person.email, context)
