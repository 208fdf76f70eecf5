"""Nothing published is invisible, nothing unpublished is visible: states × dates × settings, against plain words."""

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.offers.choices import ScheduleKind
from portal.offers.models import Offer, Schedule
from portal.offers.services import change_state, set_schedules
from portal.offers.states import State
from portal.offers.visibility import Visibility, offer_visibility, provider_visibility
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.providers.models import State as ProviderState
from portal.providers.services import change_state as move_provider
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.factories import a_provider, an_offer

NOW = timezone.now()
SECRETS = {"description": "<p>Geheimwort</p>", "contact_name": "Frau Verborgen", "contact_phone": "0681 4711"}


@given(
    state=st.sampled_from(State),
    provider_state=st.sampled_from(ProviderState),
    was_public=st.booleans(),
    ends=st.none() | st.integers(-400, 400),
    changed=st.integers(0, 400),
    days=st.integers(0, 365),
)
@settings(max_examples=600)
def test_what_is_told_follows_from_state_dates_and_setting(state, provider_state, was_public, ends, changed, days):
    moment = NOW if was_public else None
    provider = Provider(state=provider_state, published_at=moment, updated_at=NOW - timedelta(days=changed))
    offer = Offer(
        provider=provider,
        state=state,
        published_at=moment,
        updated_at=NOW - timedelta(days=changed),
        ends_at=None if ends is None else NOW + timedelta(days=ends, seconds=1),
    )
    seen = offer_visibility(offer, now=NOW, days=days)
    public = was_public and state == State.PUBLISHED and provider_state == ProviderState.PUBLISHED
    assert (seen in {Visibility.SHOWN, Visibility.OVER}) == (public and (ends is None or ends >= -days or ends >= 0))
    assert (seen == Visibility.SHOWN) == (public and (ends is None or ends >= 0))
    if not was_public or provider_state in {ProviderState.DRAFT, ProviderState.SUBMITTED, ProviderState.BLOCKED}:
        assert seen == Visibility.HIDDEN
    if state in {State.DRAFT, State.SUBMITTED, State.RETURNED}:
        assert seen == Visibility.HIDDEN
    if seen == Visibility.WITHDRAWN:
        assert changed <= days
    told = provider_visibility(provider, now=NOW, days=days)
    assert (told == Visibility.SHOWN) == (provider_state == ProviderState.PUBLISHED)


def make(state, provider_state, ends):
    """An offer that was public once; `ends` in days from now, None: without dates."""
    provider = a_provider(name="Verein Nordwind", phone="0681 4712", state=provider_state)
    offer = an_offer(provider=provider, title="Drachenbau", state=state, categories=Category.objects.all(), **SECRETS)
    if ends is not None:
        day = timezone.localdate() + timedelta(days=ends)
        set_schedules(offer, ScheduleKind.DATES, [Schedule(first_date=day)])
    return offer


CASES = list(product(State, (ProviderState.PUBLISHED, ProviderState.PAUSED, ProviderState.BLOCKED), (None, -9, -90)))


def test_pages_lists_and_sitemap_agree_on_every_case(ahausen, visitor):
    days = 30
    portal = visitor("ahausen")
    with inside(ahausen):
        Category.objects.create(name="Basteln")
        Preferences.objects.update_or_create(pk=1, defaults={"gone_after_days": days})
        offers = {case: make(*case) for case in CASES}
    listed = portal.get("/sitemap-angebote-1.xml").content.decode()
    found = {"".join(portal.get(f"/angebote/?q=drachenbau&seite={page}").content.decode()) for page in (1, 2)}
    for (state, provider_state, ends), offer in offers.items():
        path = offer.get_absolute_url()
        answer = portal.get(path)
        page = answer.content.decode()
        public = state == State.PUBLISHED and provider_state == ProviderState.PUBLISHED
        current = public and (ends is None or ends >= 0)
        assert (f"{path}<" in listed) == current, (state, provider_state, ends)
        assert any(f'href="{path}"' in each for each in found) == current, (state, provider_state, ends)
        told = public and (ends is None or ends >= -days)
        assert ("Geheimwort" in page) == told, (state, provider_state, ends)
        for secret in ("Frau Verborgen", "0681"):
            assert (secret in page) == told, (secret, state, provider_state, ends)
        assert ('content="noindex' in page) == (answer.status_code in {200, 410} and not current)
        hidden = state not in {State.PUBLISHED, State.PAUSED, State.ARCHIVED} or provider_state == "blocked"
        assert (answer.status_code == 404) == hidden, (state, provider_state, ends)
        assert (answer.status_code == 410) == (public and ends is not None and ends < -days)
        for file in ("qr.svg", "bild.png"):
            assert portal.get(path + file).status_code == (200 if told else 404)


def test_the_provider_page_lists_current_and_past_offers_and_no_others(ahausen, visitor):
    with inside(ahausen):
        provider = a_provider(name="Verein Nordwind")
        for state, ends in product(State, (None, 9, -9, -300)):
            offer = an_offer(provider=provider, title=f"{state} {ends}", state=state)
            if ends is not None:
                day = timezone.localdate() + timedelta(days=ends)
                set_schedules(offer, ScheduleKind.DATES, [Schedule(first_date=day)])
    page = visitor("ahausen").get(provider.get_absolute_url()).content.decode()
    shown = {(state, ends) for state, ends in product(State, (None, 9, -9, -300)) if f">{state} {ends}<" in page}
    assert shown == {("published", None), ("published", 9), ("published", -9)}


@pytest.mark.parametrize(("days_ago", "status"), [(1, 200), (179, 200), (181, 410)])
@pytest.mark.parametrize("withdrawn", ["offer", "provider"])
def test_a_withdrawn_page_gives_notice_for_a_while_and_is_then_gone(ahausen, visitor, withdrawn, days_ago, status):
    with inside(ahausen):
        topic = Category.objects.create(name="Basteln")
        offer = an_offer(title="Drachenbau", categories=[topic], **SECRETS)
        other = an_offer(title="Sterne falten", categories=[topic])
        row = offer if withdrawn == "offer" else offer.provider
        moment = timezone.now() - timedelta(days=days_ago)
        type(row).objects.filter(pk=row.pk).update(state="archived", updated_at=moment)
    portal = visitor("ahausen")
    answer = portal.get(offer.get_absolute_url())
    assert answer.status_code == status
    page = answer.content.decode()
    assert "Drachenbau" in page
    assert other.get_absolute_url() in page
    assert (offer.provider.name in page) == (withdrawn == "offer")
    expected = 200 if withdrawn == "offer" else status
    assert portal.get(offer.provider.get_absolute_url()).status_code == expected


def test_the_title_of_a_withdrawn_offer_is_told_only_to_those_who_know_it(ahausen, visitor):
    with inside(ahausen):
        offer = an_offer(title="Drachenbau")
        Offer.objects.filter(pk=offer.pk).update(state="paused")
        old = offer.get_absolute_url()
        offer.refresh_from_db()
        offer.title = "Neuer Titel, den niemand freigegeben hat"
        offer.save()
    answer = visitor("ahausen").get(old)
    assert answer.status_code == 200
    assert "niemand" not in answer.content.decode()
    assert "nicht mehr verfügbar" in answer.content.decode()


def test_an_offer_that_was_never_public_does_not_exist(ahausen, visitor):
    with inside(ahausen):
        offer = an_offer(state="archived", published_at=None)
    assert visitor("ahausen").get(offer.get_absolute_url()).status_code == 404


def test_what_the_editors_took_down_stays_hidden_when_it_is_archived(ahausen, visitor):
    with inside(ahausen):
        taken_down, paused = an_offer(title="Geheimwort"), an_offer(title="Pause")
        change_state(taken_down, State.RETURNED, by=None, reason="Das geht nicht.")
        change_state(taken_down, State.ARCHIVED, by=None)
        change_state(paused, State.PAUSED, by=None)
        change_state(paused, State.ARCHIVED, by=None)
        assert taken_down.taken_down_at is not None
    assert visitor("ahausen").get(taken_down.get_absolute_url()).status_code == 404
    assert "Pause" in visitor("ahausen").get(paused.get_absolute_url()).content.decode()


def test_a_profile_the_editors_blocked_stays_hidden_when_it_is_archived(ahausen, visitor):
    with inside(ahausen):
        blocked, quiet = a_provider(name="Geheimwort"), a_provider(name="Pause")
        move_provider(blocked, ProviderState.BLOCKED, by=None, reason="Das geht nicht.")
        move_provider(blocked, ProviderState.ARCHIVED, by=None)
        move_provider(quiet, ProviderState.ARCHIVED, by=None)
    assert visitor("ahausen").get(blocked.get_absolute_url()).status_code == 404
    assert visitor("ahausen").get(quiet.get_absolute_url()).status_code == 200


ONCE = NOW - timedelta(days=400)


@pytest.mark.parametrize(
    "steps",
    [
        [State.PAUSED, State.PUBLISHED],
        [State.RETURNED, State.SUBMITTED, State.PUBLISHED],
        [State.ARCHIVED, State.DRAFT, State.PUBLISHED],
    ],
)
def test_what_comes_back_is_not_new(ahausen, steps):
    with inside(ahausen):
        offer = an_offer(published_at=ONCE)
        for state in steps:
            change_state(offer, state, by=None)
        offer.refresh_from_db()
        assert (offer.published_at, offer.taken_down_at) == (ONCE, None)
        provider = offer.provider
        provider.published_at = ONCE
        provider.save()
        move_provider(provider, ProviderState.BLOCKED, by=None)
        move_provider(provider, ProviderState.PUBLISHED, by=None)
        provider.refresh_from_db()
        assert (provider.published_at, provider.taken_down_at) == (ONCE, None)


def test_one_offer_says_of_itself_what_the_rows_are_asked_for(ahausen):
    with inside(ahausen):
        for state, provider_state, hidden in product(State, ProviderState, (None, NOW)):
            offer = an_offer(provider=a_provider(state=provider_state), state=state)
            Offer.objects.filter(pk=offer.pk).update(hidden_at=hidden)
        told = {offer.pk for offer in Offer.objects.select_related("provider") if offer.is_published}
        assert told == set(Offer.objects.published().values_list("pk", flat=True))
        assert len(told) == 1
