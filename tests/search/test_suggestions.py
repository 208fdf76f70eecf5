"""While somebody types: what begins so, what kind of thing it is, and never what leads to nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.offers.models import Offer
from portal.preferences.models import Preferences
from portal.search.models import Synonyms
from portal.search.suggestions import suggest
from portal.taxonomy.models import Category, District, TargetGroup
from tenants.running.context import inside
from tests.factories import a_provider, an_offer


def kinds(text):
    return [(each.kind, each.label) for each in suggest(text, now=timezone.now())]


def test_what_begins_so_is_there_with_its_kind_and_only_what_has_offers(ahausen):
    with inside(ahausen):
        topic, other = Category.objects.create(name="Sport und Spiel"), Category.objects.create(name="Sport ohne alles")
        group, _nobody = TargetGroup.objects.create(name="Sportliche"), TargetGroup.objects.create(name="Sportmuffel")
        district = District.objects.create(name="Sportviertel")
        provider = a_provider(name="Turn- und Sportverein")
        assert kinds("spor") == [("provider", "Turn- und Sportverein")]
        there = [{"district": district}]
        offer = an_offer(title="Sport für Ältere", categories=[topic], provider=provider, places=there)
        offer.target_groups.add(group)
        an_offer(title="Sport für Ältere", provider=provider, places=there)
        an_offer(title="Geheimer Sport", state="draft", categories=[other])
        expected = [
            ("category", "Sport und Spiel"),
            ("group", "Sportliche"),
            ("district", "Sportviertel"),
            ("provider", "Turn- und Sportverein"),
            ("offer", "Sport für Ältere"),
        ]
        assert kinds("spor") == expected
        assert kinds("sport fuer ae") == [("offer", "Sport für Ältere")]
        assert kinds("s") == kinds("   ") == kinds("\0") == []
        # When its offers are over, a topic leads to nothing.
        Offer.objects.update(schedule_kind="dates", ends_at=timezone.now() - timedelta(minutes=1))
        assert kinds("spor") == [("provider", "Turn- und Sportverein")]


def test_what_does_not_begin_so_is_understood(ahausen):
    with inside(ahausen):
        Synonyms.objects.all().delete()
        Synonyms.objects.create(words=["Schwof", "Tanztee"])
        an_offer(title="Tanztee am Nachmittag")
        an_offer(title="Deutschkurs A1")
        assert kinds("schwof") == [("offer", "Tanztee am Nachmittag")]
        assert kinds("german course") == [("offer", "Deutschkurs A1")]
        assert kinds("qwrtz") == []


def test_every_suggestion_opens_a_page_with_something_on_it(ahausen, visitor):
    with inside(ahausen):
        topic, group = Category.objects.create(name="Musik"), TargetGroup.objects.create(name="Musiker")
        offer = an_offer(title="Musik für alle", categories=[topic], provider=a_provider(name="Musikverein"))
        offer.target_groups.add(group)
        District.objects.create(name="Musikerviertel")
        found = suggest("musi", now=timezone.now())
    assert [each.kind for each in found] == ["category", "group", "district", "provider", "offer"]
    for each in found:
        assert "Musik für alle" in visitor("ahausen").get(each.url).content.decode(), each


def test_places_around_are_suggested_where_they_have_offers(ahausen):
    with inside(ahausen):
        Preferences.load()
        an_offer(
            title="Geschichten",
            places=[
                {"city": "Völklingen", "postcode": "66333", "latitude": 49.25, "longitude": 6.86, "precision": "exact"}
            ],
        )
        Preferences.objects.update(place_mode="radius", latitude=49.234, longitude=6.996, usual_radius=2)
        assert kinds("voelkl")[0] == ("place", "Völklingen")
        assert kinds("6633")[0] == ("place", "66333 Völklingen")
        # There are such places, but nobody comes from there, or nothing is there.
        assert kinds("hamburg-alt") == kinds("20095") == kinds("Sankt Ingb") == []
        Preferences.objects.update(place_mode="district")
        assert ("place", "Völklingen") not in kinds("völkl")


def test_a_new_title_is_suggested_at_the_next_request(ahausen):
    with inside(ahausen):
        offer = an_offer(title="Zaunkönige")
        assert kinds("zaun") == [("offer", "Zaunkönige")]
        offer.title = "Rotkehlchen"
        offer.save()
        assert kinds("zaun") == []
        assert kinds("rotk") == [("offer", "Rotkehlchen")]


@pytest.mark.parametrize("junk", ["", "\0", "x" * 10_000, "' OR 1=1", "%", "<script>", "für", "ß", "'''", "\\"])
def test_junk_gets_no_suggestions_and_no_error(visitor, ahausen, junk):
    assert visitor("ahausen").get("/angebote/vorschlaege/", {"q": junk}).json()["suggestions"] == []


def test_each_is_told_by_its_kind_in_words(ahausen, visitor):
    with inside(ahausen):
        group = TargetGroup.objects.create(name="Chorleute")
        an_offer(title="Chor <b>").target_groups.add(group)
    answer = visitor("ahausen").get("/angebote/vorschlaege/", {"q": "cho"}).json()
    assert [(each["kind"], each["label"]) for each in answer["suggestions"]] == [
        ("Zielgruppe", "Chorleute"),
        ("Angebot", "Chor <b>"),
    ]
    assert answer["message"] == "2 Vorschläge"
