"""Every number on the board is the length of the list behind it, and both mean what a plain reading in Python says."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from portal.listing.reading import read
from portal.offers.models import Offer, OfferImage
from portal.providers.models import Membership, Provider
from portal.quality.counting import OfferFacts, counted
from portal.quality.figures import Share, count, keep_night, percent_of, shares, three_months_ago
from portal.quality.lacks import Lack, public_providers, silent, with_gaps, with_lacks
from portal.quality.lists import OFFERS
from portal.quality.models import Goals, Link, LinkPlace, Night, Reading
from portal.quality.reading import read_changed
from portal.quality.reminders.who import number_of_unchecked
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider, an_offer, days_ago

YES_OR_NO = (
    "provider_reachable", "published", "over", "summary", "description", "place", "dated", "note", "phone",
)  # fmt: skip


@st.composite
def an_entry(draw):
    """What matters of an offer, in all combinations."""
    pick = st.booleans()
    days, pictures = (
        [1, 182, 183, 184, 400],
        [("hero", "Ein Bild"), ("content", "Ein Bild"), ("hero", ""), ("contact", "X")],
    )
    choices = {
        "reviewed": [None, *days],
        "changed": days,
        "venue": ["on_site", "online", "both"],
        "cost": ["unknown", "free", "amount"],
        "accessibility": ["unknown", "no", "yes"],
        "picture": [None, *pictures],
        "hard": [None, False, True],
        "link": [None, "fine", "broken", "ignored", "suspect"],
    }
    found = {name: draw(st.sampled_from(each)) for name, each in choices.items()}
    return found | {name: draw(pick) for name in YES_OR_NO}


def make(entry: dict, link: Link) -> Offer:
    now = timezone.now()
    provider = a_provider(email="a@verein.example" if entry["provider_reachable"] else "")
    offer = an_offer(
        provider=provider,
        state="published" if entry["published"] else "paused",
        schedule_kind="dates" if entry["dated"] else "none",
        ends_at=(now + timedelta(days=-1 if entry["over"] else 1)) if entry["dated"] else None,
        summary="Kurz." if entry["summary"] else "",
        description="<p>Lang.</p>" if entry["description"] else "",
        reviewed_at=None if entry["reviewed"] is None else timezone.localdate() - timedelta(days=entry["reviewed"]),
        venue=entry["venue"],
        places=[{"city": "Ahausen"}] if entry["place"] else [],
        schedule_note="nach Absprache" if entry["note"] else "",
        contact_phone="0681 1" if entry["phone"] else "",
        cost_kind=entry["cost"],
        cost_amount=Decimal(5) if entry["cost"] == "amount" else None,
        accessibility=entry["accessibility"],
    )
    Offer.objects.filter(pk=offer.pk).update(updated_at=days_ago(entry["changed"]))
    if entry["picture"]:
        kind, alt = entry["picture"]
        OfferImage.objects.create(
            offer=offer, kind=kind, alt_text=alt, image="x.webp", copyright="Wir", width=9, height=9
        )
    if entry["hard"] is not None:
        Reading.objects.create(offer_id=offer.pk, hard=entry["hard"], score=13, read_at=now)
    if entry["link"]:
        verdict = "broken" if entry["link"] == "ignored" else entry["link"]
        until = now + timedelta(days=1) if entry["link"] == "ignored" else None
        own = Link.objects.create(url=f"{link}{offer.pk}", verdict=verdict, ignored_until=until, due_at=now)
        LinkPlace.objects.create(link=own, kind="offer", subject_id=offer.pk)
    return offer


def plainly(entry: dict) -> set[str]:
    """What an offer lacks, in the words of the rules."""
    found = set()
    days = entry["changed"] if entry["reviewed"] is None else entry["reviewed"]
    if days > 183:
        found.add("ungeprueft")
    text = entry["summary"] or entry["description"]
    place = entry["place"] or entry["venue"] != "on_site"
    dates = entry["dated"] or entry["note"]
    contact = entry["phone"] or entry["provider_reachable"]
    if not (text and place and dates and contact and entry["cost"] != "unknown"):
        found.add("unvollstaendig")
    if entry["picture"] not in [("hero", "Ein Bild"), ("content", "Ein Bild")]:
        found.add("ohne-bild")
    if entry["accessibility"] == "unknown":
        found.add("barrierefreiheit")
    if entry["hard"]:
        found.add("schwer")
    if entry["link"] == "broken":
        found.add("links")
    return found


QUERIES = ("", "reihenfolge=name", "mangel=schwer", "mangel=links&mangel=ohne-bild", "q=a", "q=e&reihenfolge=name")


@given(st.lists(an_entry(), min_size=1, max_size=6), st.sampled_from(QUERIES))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_numbers_lists_and_the_plain_rules_agree(db, entries, query):
    with inside(municipality("ahausen")):
        Offer.objects.all().delete()
        Link.objects.all().delete()
        Reading.objects.all().delete()
        made = {make(entry, "https://x.example/").pk: entry for entry in entries}
        online = {pk: e for pk, e in made.items() if e["published"] and not (e["dated"] and e["over"])}
        found = {offer.pk: set(offer.lacks) for offer in with_lacks()}
        assert found == {pk: plainly(entry) for pk, entry in online.items()}
        numbers = count()
        assert numbers["offers"] == len(online)
        for lack in Lack:
            assert numbers[lack.value] == sum(lack.value in lacking for lacking in found.values())
        for offer in with_gaps(with_lacks()):
            assert bool(offer.gaps) == ("unvollstaendig" in offer.lacks)
        # What pages count in memory is the same.
        facts = OfferFacts.now()
        assert counted(facts) == numbers
        assert facts.counted() == Counter((tuple(offer.lacks),) for offer in with_lacks())
        half = Offer.objects.filter(pk__in=sorted(made)[::2])
        assert facts.among(half).counted() == Counter((tuple(each.lacks),) for each in with_lacks() if each in half)
        asked = QueryDict(query)
        pages = [read(OFFERS, with_lacks(), asked, known).page for known in (facts, None)]
        one, other = ([(each.pk, list(each.lacks), each.gaps, each.score) for each in page] for page in pages)
        assert one == other
        assert number_of_unchecked() == len({row.provider_id for row in with_lacks() if "ungeprueft" in row.lacks})


@pytest.mark.parametrize(
    ("published", "reviewed", "login", "active", "is_silent"),
    [
        (400, None, None, True, True), (400, 400, 400, True, True), (10, None, None, True, False),
        (400, 10, None, True, False), (400, None, 10, True, False), (400, None, 10, False, True),
        (400, 366, 366, True, True), (400, 364, 400, True, False),
    ],
)  # fmt: skip
def test_who_counts_as_silent(ahausen, published, reviewed, login, active, is_silent):
    with inside(ahausen):
        club = a_provider(
            published_at=days_ago(published),
            reviewed_at=None if reviewed is None else timezone.localdate() - timedelta(days=reviewed),
        )
        user = User.objects.create_user("helga@verein.example", is_active=active)
        User.objects.filter(pk=user.pk).update(last_login=None if login is None else days_ago(login))
        Membership.objects.create(user=user, provider=club)
        silent_ones = set(public_providers().filter(silent()).values_list("pk", flat=True))
        assert (club.pk in silent_ones) == is_silent
        assert count()["silent"] == len(silent_ones)
        assert count()["providers"] == Provider.objects.public().count()


def test_shares_are_rounded_down_and_compared_in_whole_points():
    assert [percent_of(*each) for each in ((0, 0), (1, 3), (999, 1000), (1000, 1000), (0, 5))] == [None, 33, 99, 100, 0]
    numbers = {"offers": 200, "providers": 10, "silent": 1, **{each.value: 34 for each in Lack}}
    before = {"offers": 100, "providers": 0, "silent": 0, **{each.value: 20 for each in Lack}}
    found = {each.key: each for each in shares(numbers, Goals(checked=83), before)}
    assert found["checked"] == Share("checked", 166, 200, 83, 3)
    assert (found["checked"].bad, found["checked"].low) == (34, False)
    assert shares(numbers, Goals(checked=84), None)[0].low
    # Three months ago there were no providers: nothing to compare with.
    assert found["heard"].change is None
    # Nor where there are none now, nor with a night in which one thing was not counted yet.
    none = dict.fromkeys(numbers, 0)
    assert [(each.percent, each.low, each.change) for each in shares(none, Goals(), numbers)] == [
        (None, False, None)
    ] * 6
    del before[Lack.UNCHECKED.value]
    assert shares(numbers, Goals(), before)[0].change is None


def test_the_night_three_months_ago_or_the_nearest_is_compared_with(ahausen):
    today = timezone.localdate()
    with inside(ahausen):
        assert three_months_ago() is None
        for days in (1, 80, 95, 130):
            Night.objects.create(day=today - timedelta(days=days), numbers={"offers": days})
        assert three_months_ago() == {"offers": 95}
        keep_night(today)
        keep_night(today)
        assert Night.objects.get(day=today).numbers == count()


def test_a_text_is_read_when_it_changed_and_only_then(ahausen):
    hard = (
        "<p>"
        + "Die Inanspruchnahme sozialpädagogischer Beratungsleistungen setzt Teilnahmevoraussetzungen voraus. " * 6
    )
    with inside(ahausen):
        offer, easy = an_offer(description=hard + "</p>"), an_offer(description="<p>Wir singen.</p>")
        draft = an_offer(state="draft", published_at=None, description=hard)
        assert read_changed() == 2
        assert read_changed() == 0
        assert count()[Lack.HARD.value] == 1
        assert Reading.objects.get(pk=easy.pk).score is None
        assert not Reading.objects.filter(pk=draft.pk).exists()
        offer.description = "<p>Wir singen.</p>"
        offer.save()
        assert read_changed() == 1
        assert count()[Lack.HARD.value] == 0
        Offer.objects.filter(pk=easy.pk).delete()
        read_changed()
        assert not Reading.objects.filter(pk=easy.pk).exists()
