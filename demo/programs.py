"""What the demo's administrators gave to other programs: a token in use, one that was taken back, a webhook."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from courier.signing import new_message
from portal.offers.models import Offer
from portal.providers.models import Provider
from portal.tokens import services as tokens
from portal.tokens.models import Scope, Token
from portal.webhooks import services as webhooks
from portal.webhooks.models import Delivery, Event, Hook


def _ago(days: int) -> datetime:
    day = timezone.localdate() - timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(9, 30)))


def give_programs_access(host: str, by: User) -> None:
    """The secrets are told to nobody; the webhook is off, for there is nobody at its address."""
    in_a_year = timezone.localdate() + timedelta(days=330)
    used = Token(name="Kursverwaltung der Volkshochschule", scope=Scope.WRITE, expires_on=in_a_year)
    used.last_used_at, used.created_at = _ago(1), _ago(35)
    tokens.give(used, Provider.objects.public().order_by("name_key", "pk")[:1], by=by)
    old = Token(name="Website der Stadt", expires_on=in_a_year, created_at=_ago(60), last_used_at=_ago(40))
    tokens.give(old, [], by=by)
    tokens.revoke(old, by=by)
    hook = Hook(url=f"https://www.{host}.example/chancenportal", events=Event.values, active=False)
    webhooks.save(hook, by=by)
    offers = Offer.objects.current().order_by("pk")[:3]
    Delivery.objects.bulk_create(
        Delivery(
            hook=hook, event=event, offer=offer.pk, title=offer.title, message=new_message(), at=_ago(9),
            created_at=_ago(9), state=state, attempts=attempts, status=status, error=error,
            done_at=_ago(9) if state == Delivery.State.SENT else None,
        )
        for offer, (event, state, attempts, status, error) in zip(
            offers,
            (
                (Event.PUBLISHED, Delivery.State.SENT, 1, 200, ""),
                (Event.CHANGED, Delivery.State.SENT, 3, 204, ""),
                (Event.ENDED, Delivery.State.FAILED, 10, 502, "HTTP 502"),
            ),
            strict=False,
        )
    )  # fmt: skip
