"""The mails of this room. Each is written in the transaction of what causes it; all are German, as people work here."""

from typing import Any

from django.conf import settings
from django.utils import translation

from mail.services import post
from mail.wording import word
from portal.feedback.spam import links_in
from portal.organisations.models import Invitation, JoinRequest
from portal.providers.models import Membership, Provider
from portal.revisions.models import Revision
from tenants.urls import own_address
from theming.services import current_theme

OWN = "konto/anbieter/"


def _send(kind: str, addresses: list[str], context: dict[str, Any], *, reply_to: str = "") -> None:
    subject, body = _worded(kind, context)
    for to in dict.fromkeys(addresses):
        post(to=to, subject=subject, body=body, reply_to=reply_to)


def _worded(kind: str, context: dict[str, Any]) -> tuple[str, str]:
    with translation.override(settings.LANGUAGE_CODE):
        given = {"portal": current_theme().portal_name, **context}
        return word(f"organisation_{kind}", f"organisations/mail/{kind}", given)


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
    context = {
        "organisation": _harmless(invitation.provider.name),
        "who": _harmless(by.name) if by is not None and by.name else "",
        "link": f"{own_address()}konto/einladung/{token}/",
        "day": invitation.expires_at,
    }
    _send("invited", [invitation.email], context)


def asked(request: JoinRequest) -> None:
    """To those who decide. Where there are none, it waits on the editors' desk."""
    context = {
        "organisation": request.provider.name,
        "who": str(request.user),
        "address": request.user.email,
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
        "responsible": membership.role == Membership.Role.ADMINISTRATOR,
        "link": f"{own_address()}{OWN}{membership.provider.pk}/personen/",
    }
    _send("role_changed", [membership.user.email], context)


def removed(membership: Membership) -> None:
    """Somebody belongs to it no longer."""
    _send("removed", [membership.user.email], {"organisation": membership.provider.name})


def registration_letter(provider: Provider, reason: str, *, approved: bool) -> tuple[str, str]:
    """Subject and text of the mail on a new organisation."""
    page = provider.get_absolute_url().lstrip("/") if approved else OWN
    context = {
        "organisation": provider.name,
        "reason": reason,
        "link": own_address() + page,
        "write": f"{own_address()}konto/angebote/neu/",
    }
    return _worded("registration_approved" if approved else "registration_returned", context)


def registration_decided(provider: Provider, revision: Revision, *, approved: bool, by: Any) -> None:
    """The editors' word on a new organisation."""
    subject, body = registration_letter(provider, revision.reason, approved=approved)
    for to in dict.fromkeys(_administrators(provider)):
        post(to=to, subject=subject, body=body, reply_to=getattr(by, "email", ""))
