"""Who a municipality's mails say they are from, and where answers go. The room that keeps its rules
(portal.preferences) says it.

The address stays the platform's unless the operator named the domain of another (MAIL_FROM_DOMAINS): mail servers look
whether a domain lets this server send for it (SPF, DMARC), and take for forged what it does not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr, quote

from django.conf import settings

from mail.look import portal_name
from tenants.running.context import PUBLIC, current_schema


@dataclass(frozen=True, slots=True)
class Sender:
    """What a municipality chose; empty is the usual: the portal's name, the platform's address, no answers.

    `keep_days`: how long its log of mails is kept.
    """

    name: str = ""
    address: str = ""
    reply_to: str = ""
    keep_days: int = 30


_source: list[Callable[[], Sender]] = []


def said_by(source: Callable[[], Sender]) -> None:
    """Let `source()` speak for the municipality we are inside. Called once, when the room's app is ready."""
    _source[:] = [source]


def current_sender() -> Sender:
    """The municipality's; on the operator's side the usual."""
    return _source[0]() if _source and current_schema() != PUBLIC else Sender()


def sender_line(sender: Sender) -> str:
    """The line From. An address whose domain the operator no longer names is not used any more."""
    own_name, own_address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    address = sender.address if sender.address and may_send_from(sender.address) else own_address
    name = sender.name or own_name
    if not name and current_schema() != PUBLIC:
        name = portal_name()
    # Not formataddr, which encodes umlauts: Django does, and would encode them twice.
    return f'"{quote(" ".join(name.split()))}" <{address}>' if name else address


def may_send_from(address: str) -> bool:
    """Whether mail servers will believe that a mail from this address is from us."""
    own = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return address.rpartition("@")[2].lower() in {own.lower(), *settings.MAIL_FROM_DOMAINS}
