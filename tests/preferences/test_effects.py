"""The numbers a rule shows before it is saved equal a slow count of the same things, one by one."""

import itertools
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from portal.offers.effects import (
    LOOKED_BACK,
    approval_means,
    ends_soon_means,
    gone_means,
    handed_in,
    holidays_mean,
    long_unchecked,
    stale_means,
    tasks_under,
    trusted_now,
    without_address,
)
from portal.offers.models import Offer
from portal.preferences.effects import said_of
from portal.preferences.models import ApprovalRule, Preferences
from portal.preferences.rulebook import RULES
from portal.providers.models import Provider
from portal.revisions.models import Revision, State
from portal.usage.models import DailyOfferView
from portal.usage.retention import drop_old_figures, forgotten
from tenants.running.context import inside
from tests.factories import a_provider, an_offer

STATES = (State.SUBMITTED, State.APPLIED, State.RETURNED, State.WITHDRAWN)
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["offer", "provider"]),
        st.sampled_from(STATES),
        # Days ago; how many days before that it had become public, if at all; whether the provider is trusted.
        st.integers(0, 120),
        st.sampled_from([None, -5, 5]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=12,
)


def make(kind, state, ago, public_before, trusted, informed) -> Revision:
    """A text somebody handed in or, `informed`, published without approval."""
    moment = timezone.now() - timedelta(days=ago, hours=1)
    published = None if public_before is None else moment - timedelta(days=public_before)
    provider = a_provider(trusted=trusted)
    subject = provider
    if kind == "offer":
        subject = an_offer(provider=provider)
        Offer.objects.filter(pk=subject.pk).update(state="draft" if published is None else "published",
                                                   published_at=published)  # fmt: skip
    else:
        Provider.objects.filter(pk=subject.pk).update(state="draft" if published is None else "published",
                                                      published_at=published)  # fmt: skip
    told = informed and state == State.APPLIED
    waits = state == State.SUBMITTED
    return Revision.objects.create(
        kind=kind,
        subject_id=subject.pk,
        content={},
        format=1,
        state=state,
        waits_for="editors" if waits else "",
        submitted_at=None if told else moment,
        settled_at=moment,
        decided_at=None if waits else moment,
        informed=told,
        reason="Bitte ergänzen" if state == State.RETURNED else "",
    )


def slowly(rules: Preferences) -> int:
    """One revision after the other, as somebody would count by hand."""
    number = 0
    for revision in Revision.objects.all():
        moment = revision.submitted_at or (revision.decided_at if revision.informed else None)
        if moment is None or moment < timezone.now() - LOOKED_BACK:
            continue
        subject = (Offer if revision.kind == "offer" else Provider).objects.get(pk=revision.subject_id)
        provider = subject.provider if revision.kind == "offer" else subject
        if provider.trusted and rules.trusted_exempt:
            continue
        first = subject.published_at is None or subject.published_at >= moment
        if rules.approval == "changes" or (first and (revision.kind == "provider" or rules.approval == "offers")):
            number += 1
    return number


@settings(max_examples=25)
@given(events=EVENTS)
def test_the_tasks_of_three_months_are_counted_as_by_hand(town_of_tests, events):
    with inside(town_of_tests):
        Revision.objects.all().delete()
        for event in events:
            make(*event)
        handed = handed_in()
        for rule, exempt in itertools.product(ApprovalRule, (True, False)):
            rules = Preferences(approval=rule.value, trusted_exempt=exempt)
            assert tasks_under(handed, rules) == slowly(rules)


@pytest.fixture(scope="module")
def town_of_tests(module_database):
    from tests.conftest import municipality

    return municipality("ahausen")


def test_the_sentence_compares_the_wish_with_what_is_kept(ahausen):
    with inside(ahausen):
        for _each in range(3):
            make("offer", State.APPLIED, 3, 5, False, False)
        make("offer", State.APPLIED, 3, None, False, False)
        kept, wished = Preferences(approval="changes"), Preferences(approval="offers")
        assert list(approval_means(wished, kept)) == [
            "In den letzten drei Monaten wären 1 statt 4 Aufgaben zu Ihnen gekommen.",
            "3 wären gleich online gegangen.",
        ]
        assert list(approval_means(kept, kept)) == ["In den letzten drei Monaten wären 4 Aufgaben zu Ihnen gekommen."]


@pytest.mark.parametrize("months", [1, 6, 24])
def test_what_is_long_unchecked_is_counted_as_by_hand(ahausen, months):
    today = timezone.localdate()
    with inside(ahausen):
        for days in (0, 29, 30, 31, 182, 183, 184, 731, 732, 733):
            an_offer(reviewed_at=today - timedelta(days=days))
        an_offer()
        oldest = today - timedelta(days=int(months * 30.5))
        by_hand = sum(offer.reviewed_at is not None and offer.reviewed_at < oldest for offer in Offer.objects.all())
        assert long_unchecked(months, now=timezone.now()) == {"offers": by_hand, "providers": by_hand}
        rules = Preferences(stale_after_months=months)
        assert list(stale_means(rules, rules)) == [f"Heute wären das {by_hand} Angebote von {by_hand} Anbietern."]


def test_ended_and_ending_offers_are_counted(ahausen):
    with inside(ahausen):
        for days in (-200, -100, -10, 10, 40):
            an_offer(schedule_kind="dates", ends_at=timezone.now() + timedelta(days=days))
        short = Preferences(gone_after_days=99, ends_soon_weeks=2)
        long = Preferences(gone_after_days=150, ends_soon_weeks=12)
        assert list(gone_means(short, long)) == ["Heute hätte 1 beendetes Angebot noch seine Seite."]
        assert list(gone_means(long, short)) == ["Heute hätten 2 beendete Angebote noch ihre Seite."]
        assert list(ends_soon_means(short, long)) == ["Heute wäre das 1 Angebot."]
        assert list(ends_soon_means(long, short)) == ["Heute wären das 2 Angebote."]


def test_old_figures_are_counted_before_and_deleted_at_night(ahausen):
    today = timezone.localdate()
    with inside(ahausen):
        Preferences.load()
        for months in (1, 11, 14, 30):
            DailyOfferView.objects.create(day=today - timedelta(days=31 * months), offer_id=months, count=1)
        year = Preferences(figures_months=12)
        assert any(sentence.startswith("2 Zahlen von vor dem") for sentence in forgotten(year, Preferences()))
        assert "Heute Nacht würde nichts gelöscht." in list(forgotten(Preferences(), year))
        assert drop_old_figures() == 0
        Preferences.objects.update(figures_months=12)
        assert drop_old_figures() == 2
        assert sorted(DailyOfferView.objects.values_list("offer_id", flat=True)) == [1, 11]


def test_trust_addresses_and_holidays_are_told(ahausen):
    with inside(ahausen):
        trusted = a_provider(trusted=True)
        an_offer(provider=trusted)
        an_offer(places=[{"city": "Ahausen"}])
        rules = Preferences(offers_without_address=False, federal_state="SN")
        assert list(trusted_now(rules, rules)) == [
            "Zurzeit vertrauen Sie so vielen Anbietern: 1, mit 1 öffentlichen Angeboten."
        ]
        assert next(iter(without_address(rules, rules))) == "Zurzeit hat 1 öffentliches Angebot keine Adresse."
        assert next(iter(holidays_mean(rules, rules))).startswith("Dann gilt: Sachsen. Der nächste Feiertag ist ")
        assert "Bis dahin zählen keine Feiertage." in next(iter(holidays_mean(Preferences(), rules)))


def test_trusted_providers_wait_where_nobody_is_exempt(ahausen, person):
    from portal.providers.approval import Subject, needs_approval

    with inside(ahausen):
        writer = User.objects.create_user("schreibt@verein.example")
        provider = a_provider(trusted=True)
        Preferences.load()
        Preferences.objects.update(approval="changes")
        assert not needs_approval(provider, by=writer, what=Subject.OFFER, first=False)
        Preferences.objects.update(trusted_exempt=False)
        assert needs_approval(provider, by=writer, what=Subject.OFFER, first=False)


@pytest.mark.parametrize("rule", RULES)
def test_an_effect_asks_a_bounded_number_of_questions(ahausen, rule):
    numbers = []
    with inside(ahausen):
        kept = Preferences.load()
        kept.latitude, kept.longitude = 49.236, 7.0
        for more in (1, 30):
            for _each in range(more):
                make("offer", State.APPLIED, 3, 5, True, False)
            said_of(rule, kept, kept)
            with CaptureQueriesContext(connection) as asked:
                said_of(rule, kept, kept)
            numbers.append(len(asked))
    assert numbers[0] == numbers[1]
