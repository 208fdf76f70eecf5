"""What happens to subscriptions. Each verb is one transaction; mails are written with the change that causes them."""

from datetime import datetime, timedelta

from django.db import transaction

from portal.subscriptions import letters
from portal.subscriptions.models import VALID_FOR, Frequency, State, Subscription, Told
from portal.subscriptions.schedule import next_look
from portal.subscriptions.searches import matching, news

# Nobody needs the same mail twice within this time, however often somebody presses the button.
RESEND_AFTER = timedelta(minutes=15)
# Searches one address may have waiting or running; more is a prank on somebody.
MOST_PER_ADDRESS = 20


def subscribe(email: str, *, query: str, frequency: str, language: str, now: datetime) -> None:
    """Ask the owner of an address whether they want this. Says nothing to the caller: whether the address is known
    is nobody's business but its owner's, who gets the answer by mail."""
    email = email.strip().lower()
    with transaction.atomic():
        if Subscription.objects.filter(email=email).exclude(query=query).count() >= MOST_PER_ADDRESS:
            return
        defaults = {"frequency": frequency, "language": language, "created_at": now}
        found, _fresh = Subscription.objects.get_or_create(email=email, query=query, defaults=defaults)
        subscription = Subscription.objects.select_for_update().get(pk=found.pk)
        if subscription.mailed_at is not None and subscription.mailed_at > now - RESEND_AFTER:
            return
        if subscription.state == State.PENDING:
            subscription.frequency = Frequency(frequency)
            subscription.created_at = now
            letters.ask_to_confirm(subscription)
        else:
            letters.say_it_exists(subscription)
        subscription.mailed_at = now
        subscription.save(update_fields=["frequency", "created_at", "mailed_at"])


def confirm(subscription: Subscription, *, now: datetime) -> None:
    """From now on every new offer is told of. Doing it twice changes nothing."""
    with transaction.atomic():
        locked = Subscription.objects.select_for_update().get(pk=subscription.pk)
        if locked.state != State.PENDING:
            return
        locked.state = State.ACTIVE
        locked.confirmed_at = now
        locked.expires_at = now + VALID_FOR
        locked.due_at = next_look(locked.frequency, after=now)
        locked.save()


def change_frequency(subscription: Subscription, frequency: str, *, now: datetime) -> None:
    """More or fewer mails."""
    _update(subscription, frequency=Frequency(frequency), due_at=next_look(frequency, after=now))


def pause(subscription: Subscription) -> None:
    """No mails for a while; what becomes public meanwhile is told of afterwards, if it still takes place then."""
    _update(subscription, state=State.PAUSED)


def resume(subscription: Subscription, *, now: datetime) -> None:
    """Mails again."""
    _update(subscription, state=State.ACTIVE, due_at=next_look(subscription.frequency, after=now))


def prolong(subscription: Subscription, *, now: datetime) -> None:
    """Another year."""
    _update(subscription, expires_at=now + VALID_FOR, asked_at=None)


def _update(subscription: Subscription, **values: object) -> None:
    """Only what is confirmed can be changed."""
    Subscription.objects.exclude(state=State.PENDING).filter(pk=subscription.pk).update(**values)


def end(subscription: Subscription) -> None:
    """Forget the address and everything told."""
    subscription.delete()


def due_with_news(now: datetime) -> dict[int, list[int]]:
    """The due subscriptions for which there is something to tell, by id, each with the offers it has not had. The
    others wait for their next turn.

    Each different search is asked once, however many people have it. Not to be called inside a transaction: what the
    search keeps in memory (`tenants.running.changes`) would be read anew for every search.
    """
    found: dict[str, list[int]] = {}
    waiting = {}
    for subscription in Subscription.objects.due(now):
        if subscription.query not in found:
            found[subscription.query] = matching(subscription.query, now=now)
        new = news(subscription, found[subscription.query])
        if new:
            waiting[subscription.pk] = new
        else:
            later = next_look(subscription.frequency, after=now)
            Subscription.objects.filter(pk=subscription.pk, due_at=subscription.due_at).update(due_at=later)
    return waiting


def tell_news(subscription_id: int, found: list[int], *, now: datetime) -> int:
    """Write the mail with what is new among the offers its search found, remember what stood in it, and return how
    many offers that were.

    The row is locked: two runs at once tell one after the other, and the second finds nothing new. Mail and memory are
    one transaction: a process killed in between has done neither.
    """
    with transaction.atomic():
        subscription = Subscription.objects.due(now).select_for_update().filter(pk=subscription_id).first()
        if subscription is None:
            return 0
        new = news(subscription, found)
        if new:
            Told.objects.bulk_create(Told(subscription=subscription, offer_id=pk, told_at=now) for pk in new)
            letters.tell(subscription, new)
        subscription.due_at = next_look(subscription.frequency, after=now)
        subscription.save(update_fields=["due_at"])
    return len(new)


def tidy(now: datetime) -> tuple[int, int]:
    """Ask those whose subscription ends soon, forget what ended or was never confirmed. Returns both numbers."""
    return ask_to_go_on(now), forget_ended(now)


def ask_to_go_on(now: datetime) -> int:
    """Write to those whose subscription ends soon and return how many they are."""
    asked = 0
    for pk in list(Subscription.objects.to_ask(now).values_list("pk", flat=True)):
        with transaction.atomic():
            subscription = Subscription.objects.to_ask(now).select_for_update().filter(pk=pk).first()
            # One that ended while no job ran gets the question all the same, and time to answer it.
            if subscription is None or subscription.expires_at is None:
                continue
            subscription.asked_at = now
            subscription.expires_at = max(subscription.expires_at, now + timedelta(days=7))
            letters.ask_to_go_on(subscription)
            subscription.save(update_fields=["asked_at", "expires_at"])
            asked += 1
    return asked


def forget_ended(now: datetime) -> int:
    """Remove what ended or was never confirmed, with everything told, and return how many subscriptions."""
    _total, by_model = Subscription.objects.to_forget(now).delete()
    return by_model.get("subscriptions.Subscription", 0)
