"""The mails of this room. Each is written in the transaction of what causes it; all are German, as people work here."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from mail.rendering import Letter
from mail.services import post_kind
from mail.wording import worded
from portal.feedback.letters import editors
from portal.feedback.spam import links_in
from portal.organisations.models import Invitation, JoinRequest
from portal.providers.models import Membership, Provider
from portal.revisions.models import Revision
from tenants.urls import own_address

OWN = "konto/anbieter/"


def _send(kind: str, addresses: list[str], values: dict[str, Any], *, reply_to: str = "") -> None:
    for to in dict.fromkeys(addresses):
        post_kind(f"organisation_{kind}", to=to, values=values, reply_to=reply_to)


def _harmless(words: str) -> str:
    """A name as it may be told to an address nobody proved: with a web address in it, it could be advertising."""
    return "…" if links_in(words) else words


def _administrators(provider: Provider) -> list[str]:
    found = Membership.objects.filter(
        provider=provider, role=Membership.Role.ADMINISTRATOR, user__is_active=True
    ).order_by("pk")
    return list(found.values_list("user__email", flat=True))


def invited(invitation: Invitation, token: str) -> None:
    """The link; it stands in this mail and nowhere else."""
    by = invitation.invited_by
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "organisation": _harmless(invitation.provider.name),
            "who": _harmless(by.name) if by is not None and by.name else _("Somebody"),
            "link": f"{own_address()}konto/einladung/{token}/",
            "until": date_format(localtime(invitation.expires_at), "DATE_FORMAT"),
        }
    _send("invited", [invitation.email], context)


def registered(provider: Provider, *, by: User) -> None:
    """A new organisation: to whoever registered it, and to the editors."""
    name = provider.name
    _send("registered", [by.email], {"organisation": name, "link": f"{own_address()}konto/"})
    _send("new", editors(), {"organisation": _harmless(name), "link": f"{own_address()}redaktion/pruefen/"})


def asked(request: JoinRequest) -> None:
    """To those who decide. Where there are none, it waits on the editors' desk."""
    context = {
        "organisation": request.provider.name,
        "who": str(request.user),
        "who_address": request.user.email,
        "link": f"{own_address()}{OWN}{request.provider.pk}/personen/",
    }
    _send("asked", _administrators(request.provider), context, reply_to=request.user.email)


def accepted(request: JoinRequest) -> None:
    """To whoever asked."""
    context = {"organisation": request.provider.name, "link": f"{own_address()}konto/"}
    _send("accepted", [request.user.email], context)


def refused(request: JoinRequest) -> None:
    """To whoever asked, with the reason."""
    context = {"organisation": request.provider.name, "reason": request.reason, "link": f"{own_address()}{OWN}"}
    _send("refused", [request.user.email], context)


def role_changed(membership: Membership) -> None:
    """What somebody may do from now on."""
    context = {
        "organisation": membership.provider.name,
        "link": f"{own_address()}{OWN}{membership.provider.pk}/personen/",
    }
    responsible = membership.role == Membership.Role.ADMINISTRATOR
    _send("made_responsible" if responsible else "writes_along", [membership.user.email], context)


def removed(membership: Membership) -> None:
    """Somebody belongs to it no longer."""
    _send("removed", [membership.user.email], {"organisation": membership.provider.name})


def _registration(provider: Provider, reason: str, *, approved: bool) -> tuple[str, dict[str, Any]]:
    page = provider.get_absolute_url().lstrip("/") if approved else OWN
    values = {
        "organisation": provider.name,
        "reason": reason,
        "link": own_address() + page,
        "write": f"{own_address()}konto/angebote/neu/",
    }
    return "registration_approved" if approved else "registration_returned", values


def registration_letter(provider: Provider, reason: str, *, approved: bool) -> Letter:
    """The mail on a new organisation, as it would go out."""
    kind, values = _registration(provider, reason, approved=approved)
    return worded(f"organisation_{kind}", values)


def registration_decided(provider: Provider, revision: Revision, *, approved: bool, by: Any) -> None:
    """The editors' word on a new organisation."""
    kind, values = _registration(provider, revision.reason, approved=approved)
    _send(kind, _administrators(provider), values, reply_to=getattr(by, "email", ""))
