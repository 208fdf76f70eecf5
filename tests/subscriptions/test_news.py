"""Every subscriber hears of each newly matching offer exactly once, whatever the order of things."""

import random
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mail.models import OutboxMessage
from portal.offers.models import Offer
from portal.offers.states import State as OfferState
from portal.subscriptions import services
from portal.subscriptions.models import Frequency, State, Subscription, Told
from portal.subscriptions.schedule import next_look
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.factories import a_provider, an_offer

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def a_subscription(query="", frequency=Frequency.AT_ONCE, email="a@example.org", now=START):
    services.subscribe(email, query=query, frequency=frequency, language="de", now=now)
    found = Subscription.objects.get(email=email, query=query)
    services.confirm(found, now=now)
    found.refresh_from_db()
    return found


def look(now):
    for pk, found in services.due_with_news(now).items():
        services.tell_news(pk, found, now=now)


def told_in_mails(email):
    """The ids of the offers in all news a person got, doubles included."""
    bodies = OutboxMessage.objects.filter(to=email, subject__startswith="Neu für").values_list("body", flat=True)
    return [int(number) for body in bodies for number in re.findall(r"/angebote/(\d+)-", body)]


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), hours=st.lists(st.integers(0, 24 * 20), min_size=1, max_size=12))
def test_everybody_hears_of_each_new_match_exactly_once(db, ahausen, seed, hours):
    rng = random.Random(seed)
    with inside(ahausen):
        Subscription.objects.all().delete()
        OutboxMessage.objects.all().delete()
        Offer.objects.all().delete()
        provider = a_provider()
        topic = Category.objects.create(name=f"Thema {seed}")
        people = [
            a_subscription(query, frequency, f"p{number}@example.org")
            for number, (query, frequency) in enumerate(
                (query, frequency) for query in ("", f"kategorie={topic.pk}") for frequency in Frequency
            )
        ]
        offers = []
        moments = sorted(START + timedelta(hours=each, minutes=rng.randint(0, 59)) for each in hours)
        for moment in moments:
            chosen = [topic] if rng.random() < 0.5 else []
            offers.append(an_offer(provider=provider, published_at=moment, categories=chosen))
            Offer.objects.filter(pk=offers[-1].pk).update(state=OfferState.PAUSED)
        old = an_offer(provider=provider, published_at=START - timedelta(days=1), categories=[topic])
        clock = START
        while clock < START + timedelta(days=29):
            clock += timedelta(minutes=rng.randint(20, 60 * 24))
            due = [offer.pk for offer in offers if offer.published_at <= clock]
            Offer.objects.filter(pk__in=due).update(state=OfferState.PUBLISHED)
            look(clock)
            if rng.random() < 0.4:
                look(clock)
        for person in people:
            matching = {o.pk for o in offers if not person.query or topic in o.categories.all()}
            assert sorted(told_in_mails(person.email)) == sorted(matching), person
            assert old.pk not in told_in_mails(person.email)
        topic.delete()


def test_without_news_no_mail_is_written(ahausen):
    with inside(ahausen):
        subscription = a_subscription()
        before = OutboxMessage.objects.count()
        look(START + timedelta(days=3))
        assert OutboxMessage.objects.count() == before
        subscription.refresh_from_db()
        assert subscription.due_at == START + timedelta(days=3)


def test_told_again_in_a_second_run_at_once_finds_nothing_new(ahausen):
    with inside(ahausen):
        subscription = a_subscription()
        offer = an_offer(published_at=START + timedelta(hours=1))
        now = START + timedelta(hours=2)
        assert services.tell_news(subscription.pk, [offer.pk], now=now) == 1
        assert services.tell_news(subscription.pk, [offer.pk], now=now) == 0
        assert Told.objects.count() == 1


def test_a_mail_that_cannot_be_written_leaves_no_memory_of_it(ahausen, monkeypatch):
    with inside(ahausen):
        subscription = a_subscription()
        offer = an_offer(published_at=START + timedelta(hours=1))
        OutboxMessage.objects.all().delete()
        from portal.subscriptions import letters

        def killed(*args, **kwargs):
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(letters, "post_kind", killed)
            with pytest.raises(KeyboardInterrupt):
                services.tell_news(subscription.pk, [offer.pk], now=START + timedelta(hours=2))
        assert not Told.objects.exists()
        look(START + timedelta(hours=3))
        assert told_in_mails(subscription.email) == [offer.pk]
        assert not mail.outbox


def test_a_search_whose_topic_was_deleted_finds_nothing_instead_of_everything(ahausen):
    with inside(ahausen):
        topic = Category.objects.create(name="Töpfern")
        subscription = a_subscription(f"kategorie={topic.pk}")
        topic.delete()
        an_offer(published_at=START + timedelta(hours=1))
        look(START + timedelta(days=1))
        assert told_in_mails(subscription.email) == []


def test_what_became_public_during_a_pause_is_told_of_afterwards(ahausen):
    with inside(ahausen):
        subscription = a_subscription()
        services.pause(subscription)
        offer = an_offer(published_at=START + timedelta(hours=1))
        look(START + timedelta(days=1))
        assert told_in_mails(subscription.email) == []
        services.resume(subscription, now=START + timedelta(days=2))
        look(START + timedelta(days=3))
        assert told_in_mails(subscription.email) == [offer.pk]


@pytest.mark.parametrize(
    ("frequency", "after", "expected"),
    [
        (Frequency.DAILY, datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 4, 30, tzinfo=UTC)),
        (Frequency.DAILY, datetime(2026, 3, 2, 5, tzinfo=UTC), datetime(2026, 3, 2, 5, 30, tzinfo=UTC)),
        (Frequency.WEEKLY, datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 3, 9, 5, 30, tzinfo=UTC)),
    ],
)
def test_mail_comes_at_half_past_six_local_time_also_when_the_clock_changes(frequency, after, expected):
    assert next_look(frequency, after=after) == expected


def test_an_ending_subscription_is_asked_about_once_and_then_forgotten(ahausen):
    with inside(ahausen):
        subscription = a_subscription()
        assert services.tidy(START + timedelta(days=300)) == (0, 0)
        assert services.tidy(START + timedelta(days=340)) == (1, 0)
        assert services.tidy(START + timedelta(days=341)) == (0, 0)
        assert services.tidy(START + timedelta(days=366)) == (0, 1)
        services.subscribe("b@example.org", query="", frequency="taeglich", language="de", now=START)
        assert services.tidy(START + timedelta(days=6)) == (0, 0)
        assert services.tidy(START + timedelta(days=7)) == (0, 1)
        assert not Subscription.objects.filter(email=subscription.email).exists()


def test_one_who_wants_another_year_stays(ahausen):
    with inside(ahausen):
        subscription = a_subscription()
        services.tidy(START + timedelta(days=340))
        services.prolong(subscription, now=START + timedelta(days=341))
        assert services.tidy(START + timedelta(days=400)) == (0, 0)
        subscription.refresh_from_db()
        assert subscription.state == State.ACTIVE
