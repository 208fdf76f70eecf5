"""Operators who get the alerts by mail, and whether the last one reached them: given up, come back, or on its way."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation

from accounts.models import User
from core.access import Role
from health.telling import hooks
from mail.models import OutboxMessage, Unreachable
from mail.services import post_kind
from tenants.running.context import inside_public
from tenants.urls import own_address

KINDS = ("health_alert", "health_test")


@dataclass(frozen=True, slots=True)
class Recipient:
    """An operator, the last alert or test to them (None: there was none yet), and what a mail server said."""

    name: str
    email: str
    last: OutboxMessage | None
    trouble: str


def operators() -> "QuerySet[User]":
    """Whoever gets alerts."""
    return User.objects.filter(is_active=True, roles__contains=[Role.OPERATOR]).order_by("email")


def _last_mails() -> "QuerySet[OutboxMessage]":
    """The newest alert or test to each address."""
    later = OutboxMessage.objects.filter(kind__in=KINDS, to=OuterRef("to"), pk__gt=OuterRef("pk"))
    return OutboxMessage.objects.filter(kind__in=KINDS).exclude(Exists(later))


def unreached() -> "QuerySet[OutboxMessage]":
    """The last mails to operators of today that did not arrive."""
    failed = Q(state=OutboxMessage.State.FAILED) | Q(bounced_at__isnull=False)
    return _last_mails().filter(failed, to__in=operators().order_by().values("email"))


def recipients() -> list[Recipient]:
    """All operators, with what became of the last mail to each."""
    people = list(operators())
    last = {mail.to: mail for mail in _last_mails().filter(to__in=[each.email for each in people])}
    gone = dict(
        Unreachable.objects.filter(address__in=[each.email.lower() for each in people]).values_list("address", "said")
    )
    return [
        Recipient(each.name, each.email, mail := last.get(each.email), _trouble(mail, gone.get(each.email.lower())))
        for each in people
    ]


def _trouble(mail: OutboxMessage | None, gone: str | None) -> str:
    if mail is not None and (mail.bounced_at is not None or mail.state == OutboxMessage.State.FAILED):
        return mail.bounce or mail.last_error or "–"
    return (gone or "–") if gone is not None else ""


def post(kind: str, values: dict[str, Any], to: Iterable[User] | None = None) -> int:
    """Write all operators a mail of this kind, in the platform's language; how many there are."""
    people = list(operators() if to is None else to)
    with translation.override(settings.LANGUAGE_CODE):
        for user in people:
            post_kind(kind, to=user.email, values=values)
    return len(people)


def try_out(*, who: str) -> tuple[int, int]:
    """Send everybody, people and programs, an alert that says it is none; how many of each."""
    with inside_public():
        link = f"{own_address()}betrieb/alarme/"
        mails = post("health_test", {"who": who, "link": link})
        return mails, hooks.tell("alert.test", {"link": link})
