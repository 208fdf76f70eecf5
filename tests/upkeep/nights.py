"""Nights, mail servers and people, as the tests of this room need them."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from mail.models import OutboxMessage
from portal.offers.models import Offer
from portal.providers.models import Membership, Provider
from portal.upkeep import tasks
from portal.upkeep.planning import tonight
from portal.upkeep.sending import send_tonight
from tests.factories import a_provider, an_offer, days_ago

SENT, QUEUED, FAILED = OutboxMessage.State.SENT, OutboxMessage.State.QUEUED, OutboxMessage.State.FAILED


def night(*, arrives: bool = True) -> None:
    """Everything of one night: the look, the mails, and what the mail server makes of them."""
    tasks.look_here()
    send_tonight(sorted(tonight()))
    if arrives:
        deliver()


def deliver(to: str = "") -> None:
    """The mail server takes what waits."""
    waiting = OutboxMessage.objects.filter(state=QUEUED)
    (waiting.filter(to=to) if to else waiting).update(state=SENT, sent_at=timezone.now())


def refuse(to: str) -> None:
    """The mail server refuses for good what waits for somebody."""
    OutboxMessage.objects.filter(state=QUEUED, to=to).update(state=FAILED, failed_at=timezone.now())


def at(day: date) -> datetime:
    """Early in the morning of a day."""
    return timezone.make_aware(datetime.combine(day, time(4, 20)))


def belongs(provider: Provider, email: str, role: str = "administrator", *, active: bool = True) -> User:
    """Somebody of an organisation."""
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, is_active=active, name=email)
    Membership.objects.create(user=user, provider=provider, role=role)
    return user


def a_club(name: str = "Verein", email: str = "chefin@verein.example") -> Provider:
    """An organisation with somebody who leads it."""
    provider = a_provider(name=name)
    if email:
        belongs(provider, email)
    return provider


def old(provider: Provider, *titles: str, days: int = 200, **fields: Any) -> list[Offer]:
    """Offers nobody has looked at for so many days."""
    made = [an_offer(title=title, provider=provider, **fields) for title in titles]
    then = days_ago(days)
    pks = [each.pk for each in made]
    Offer.objects.filter(pk__in=pks).update(reviewed_at=timezone.localdate(then), updated_at=then)
    return list(Offer.objects.filter(pk__in=pks).order_by("pk"))


def mails(to: str = "") -> list[OutboxMessage]:
    """What was written to somebody, the oldest first."""
    return list(OutboxMessage.objects.filter(Q(to=to) if to else Q()).order_by("pk"))


def row(offer: Offer) -> Offer:
    """As it stands in the table now."""
    return Offer.objects.get(pk=offer.pk)
