"""Newcomers find topics and target groups by what they are called in their languages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from portal.offers.models import Offer
from portal.search.spelling import in_german
from portal.search.suggestions import suggest
from portal.search.text import answer_text
from portal.taxonomy.models import Category, TargetGroup
from portal.translation.models import Translation
from portal.translation.sources import Text
from portal.translation.texts import hash_of
from tenants.running.context import inside
from tests.factories import an_offer


def translate(german, language, text, *, machine=True):
    Translation.objects.create(
        source_hash=hash_of(Text("", german)), target=language, source=german, text=text, machine=machine
    )


@pytest.fixture
def town(ahausen):
    with inside(ahausen):
        topic = Category.objects.create(name="Bogenschießen und Armbrust")
        group = TargetGroup.objects.create(name="Hinterbliebene")
        an_offer(title="Samstags am Wall").categories.set([topic])
        an_offer(title="Kaffeerunde").target_groups.set([group])
        translate("Bogenschießen und Armbrust", "en", "Archery & crossbow")
        translate("Bogenschießen und Armbrust", "uk", "Стрільба з лука")
        translate("Hinterbliebene", "tr", "Yas tutanlar")
        yield ahausen


def titles(text):
    found = answer_text(text).about.ids.tolist()
    return list(Offer.objects.filter(pk__in=found).order_by("title").values_list("title", flat=True))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("archery crossbow", ["Samstags am Wall"]),
        ("Archery & Crossbow", ["Samstags am Wall"]),
        ("стрільба з лука", ["Samstags am Wall"]),
        ("yas tutanlar", ["Kaffeerunde"]),
        ("course for yas tutanlar", ["Kaffeerunde"]),
        # Half a name is none.
        ("crossbow", []),
        ("лука", []),
    ],
)
def test_translated_names_lead_to_what_they_name(town, typed, found):
    assert titles(typed) == found


def test_a_german_word_stays_one_though_it_is_a_name_elsewhere(town):
    Category.objects.create(name="Geschenke")
    translate("Geschenke", "en", "Gift")
    assert in_german("Gift") is None


def test_what_a_person_wrote_wins_and_a_new_translation_counts_at_once(town):
    Category.objects.create(name="Kochen")
    Category.objects.create(name="Angeln")
    translate("Kochen", "fr", "zapiekanka")
    assert in_german("zapiekanka") == "Kochen"
    translate("Angeln", "tr", "zapiekanka", machine=False)
    assert in_german("zapiekanka") == "Angeln"


def test_what_is_found_asks_for_no_translation(town):
    an_offer(title="Turnen")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert titles("Turnen") == ["Turnen"]
    assert [each["sql"] for each in asked if "translation" in each["sql"]] == []


def suggested(language, typed):
    with override(language):
        return [(each.kind, each.label) for each in suggest(typed, now=timezone.now())]


def test_suggestions_bear_the_names_of_the_page_and_both_lead_there(town):
    assert suggested("en", "arch") == [("category", "Archery & crossbow")]
    assert suggested("en", "bogen") == [("category", "Archery & crossbow")]
    assert suggested("uk", "стріл") == [("category", "Стрільба з лука")]
    assert suggested("tr", "yas") == [("group", "Yas tutanlar")]
    # Not translated into this language; and nobody types a foreign name on a German page and gets a half one.
    assert suggested("fr", "bogen") == [("category", "Bogenschießen und Armbrust")]
    assert suggested("de", "bogen") == [("category", "Bogenschießen und Armbrust")]
    Translation.objects.filter(target="en").update(text="Shooting with bows")
    assert suggested("en", "shoot") == [("category", "Shooting with bows")]


def test_the_index_says_what_a_topic_is_called_on_the_page(town, visitor):
    page = visitor(town.slug).get("/angebote/a-z/?buchstabe=B&sprache=en").content.decode()
    assert '<bdi lang="de" dir="ltr">Bogenschießen und Armbrust</bdi></a>' in page
    assert '<span class="index__note">Archery &amp; crossbow</span>' in page
    page = visitor(town.slug).get("/angebote/a-z/?buchstabe=B").content.decode()
    assert ">Bogenschießen und Armbrust</a>" in page
    assert "Archery" not in page
