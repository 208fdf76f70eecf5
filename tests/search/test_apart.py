"""What only touches on the words stands apart from what is about them, and what nothing fits is honestly nothing."""

import pytest
from django.utils import timezone

from portal.offers.models import Offer
from portal.search.matching import Search
from portal.search.parameters import SearchQuery
from portal.search.results import answer
from portal.taxonomy.models import Category, District
from portal.taxonomy.tree import load_tree
from tenants.running.context import inside
from tests.factories import a_provider, an_offer


def ask(text, **filters):
    return answer(Search(SearchQuery(text=text, **filters), load_tree(), None, timezone.now()))


def titles(results, rows=None):
    ids = results.ids if rows is None else results.columns.ids[rows].tolist()
    named = dict(Offer.objects.values_list("pk", "title"))
    return [named[pk] for pk in ids]


def test_what_has_a_word_within_another_in_its_summary_stands_apart_where_something_is_about_it(ahausen):
    with inside(ahausen):
        an_offer(title="Osterferien im Wald", summary="Mit Kinderturnen")
        assert titles(ask("Turnen")) == ["Osterferien im Wald"]
        an_offer(title="Turnen für alle")
        found = ask("Turnen")
        assert titles(found) == ["Turnen für alle"]
        assert titles(found, found.mentions) == ["Osterferien im Wald"]
        assert titles(ask("Turnen", mentions=True)) == ["Turnen für alle", "Osterferien im Wald"]


def test_a_topic_of_many_things_is_a_topic_of_none_where_something_is_about_one(ahausen):
    with inside(ahausen):
        broad = Category.objects.create(name="Kunst, Bühne, Museum")
        an_offer(title="Malkreis").categories.add(broad)
        assert titles(ask("Museum")) == ["Malkreis"]
        an_offer(title="Führung im Museum").categories.add(broad)
        found = ask("Museum")
        assert titles(found) == ["Führung im Museum"]
        assert titles(found, found.mentions) == ["Malkreis"]


def test_what_is_below_a_topic_is_about_it(ahausen):
    with inside(ahausen):
        above = Category.objects.create(name="Musizieren")
        an_offer(title="Gospel").categories.add(Category.objects.create(name="Chöre", parent=above))
        an_offer(title="Musizieren für alle")
        assert titles(ask("Musizieren")) == ["Musizieren für alle", "Gospel"]


def test_who_offers_it_and_where_count_as_the_word_itself_but_not_as_a_part(ahausen):
    with inside(ahausen):
        here = District.objects.create(name="Roden")
        an_offer(title="Vorlesezeit", provider=a_provider(name="Stadtbücherei"))
        an_offer(title="Kochen", provider=a_provider(name="Büchereifreunde"))
        an_offer(title="Lesung", places=[{"district": here, "city": "S"}])
        an_offer(title="Neues aus der Bücherei")
        an_offer(title="Roden für Anfänger")
        assert titles(ask("Bücherei")) == ["Neues aus der Bücherei", "Vorlesezeit"]
        assert titles(ask("Roden")) == ["Roden für Anfänger", "Lesung"]


def test_what_is_over_sets_nothing_apart(ahausen):
    with inside(ahausen):
        an_offer(title="Osterferien im Wald", summary="Mit Kinderturnen")
        over = an_offer(title="Turnen für alle")
        Offer.objects.filter(pk=over.pk).update(
            schedule_kind="dates", ends_at=timezone.now() - timezone.timedelta(days=1)
        )
        assert titles(ask("Turnen")) == ["Osterferien im Wald"]


def test_a_filter_does_not_bring_back_what_stands_apart(ahausen):
    with inside(ahausen):
        an_offer(title="Osterferien im Wald", summary="Mit Kinderturnen", cost_kind="free")
        an_offer(title="Turnen für alle", cost_kind="unknown")
        assert titles(ask("Turnen", free=True)) == []


@pytest.mark.parametrize(
    ("typed", "title", "summary"),
    [
        ("Nachhilfe", "Radeln nach Feierabend", "Mit Hilfe"),
        ("Erste-Hilfe-Kurs", "Erste Spiele mit Scratch", "Ein Kurs"),
        ("Zahnarzt", "Zähne und Ernährung", "Der Arzt erzählt"),
        ("Kleingruppe", "Klein anfangen", ""),
        ("Kinderturnen", "Stuhlgymnastik für Ältere", ""),
    ],
)
def test_the_parts_of_a_word_do_not_make_it_wherever_they_stand(ahausen, typed, title, summary):
    with inside(ahausen):
        an_offer(title=title, summary=summary)
        assert titles(ask(typed)) == []


@pytest.mark.parametrize(
    ("typed", "title"), [("Erste-Hilfe-Kurs", "Erste Hilfe am Kind"), ("Töpferkurs", "Töpfern an der Scheibe")]
)
def test_what_it_is_a_kind_of_need_not_be_said(ahausen, typed, title):
    with inside(ahausen):
        an_offer(title=title)
        assert titles(ask(typed)) == [title]


def test_where_something_is_said_to_be_of_that_kind_for_those_people_only_that_is_meant(ahausen):
    with inside(ahausen):
        an_offer(title="Jugendblasorchester")
        assert titles(ask("Jugendtreff")) == ["Jugendblasorchester"]
        an_offer(title="Offener Treff für Jugendliche")
        assert titles(ask("Jugendtreff")) == ["Offener Treff für Jugendliche"]


def test_of_what_a_compound_names_that_of_its_kind_comes_first(ahausen):
    with inside(ahausen):
        an_offer(title="Töpfern: Ausstellung")
        an_offer(title="Töpfern: ein Kurs")
        assert titles(ask("Töpferkurs")) == ["Töpfern: ein Kurs", "Töpfern: Ausstellung"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Motorradtour Weide", "Kuhweide besuchen"),
        ("Hochzeitssaal mieten", "Rat in Mietfragen: Mieten und Kündigen"),
        ("Fallschirm für Kinder", "Kinder kochen"),
    ],
)
def test_no_deed_no_part_of_a_word_and_nobody_it_is_for_comes_near(ahausen, typed, title):
    with inside(ahausen):
        an_offer(title=title)
        assert titles(ask(typed)) == []


@pytest.mark.parametrize(
    ("typed", "provider"),
    [("Reiten", "Reit- und Voltigierfreunde"), ("Fußball", "Fußballclub"), ("Natur", "Naturfreunde")],
)
def test_part_of_a_club_s_name_says_nothing_of_what_it_offers(ahausen, typed, provider):
    with inside(ahausen):
        an_offer(title="Osterferien: Kochen", provider=a_provider(name=provider))
        found = ask(typed)
        assert titles(found) == []
        assert titles(found, found.mentions) == ["Osterferien: Kochen"]


def test_a_word_cut_short_is_found_as_the_part_it_is(ahausen):
    with inside(ahausen):
        an_offer(title="Spiel- und Bastelnachmittag")
        assert titles(ask("Spiel")) == ["Spiel- und Bastelnachmittag"]
        assert titles(ask("Spielnachmittag")) == ["Spiel- und Bastelnachmittag"]


def test_what_has_some_of_the_words_is_the_same_whether_few_or_all_offers_are_looked_at(ahausen, monkeypatch):
    with inside(ahausen):
        here, there = Category.objects.create(name="Kurse"), Category.objects.create(name="Gruppen")
        an_offer(title="Gitarre und Klavier").categories.add(there)
        for title in ("Gitarre lernen", "Klavier lernen", "Singen im Chor"):
            an_offer(title=title).categories.add(here)
        found = ask("Gitarre Klavier", categories=(here.pk,))
        assert titles(found) == []
        assert sorted(titles(found, found.partly(4))) == ["Gitarre lernen", "Klavier lernen"]
        monkeypatch.setattr("portal.search.results.FEW", 0)
        again = ask("Gitarre Klavier", categories=(here.pk,))
        assert titles(again, again.partly(4)) == titles(found, found.partly(4))


def test_what_kind_of_thing_it_is_alone_answers_no_question(ahausen):
    with inside(ahausen):
        an_offer(title="Beratung für Eltern")
        assert (titles(ask("Krebs Beratung")), titles(ask("Beratung"))) == ([], ["Beratung für Eltern"])
        assert ask("Krebs Beratung").partly(4).size == 0
        an_offer(title="Leben mit Krebs")
        found = ask("Krebs Beratung")
        assert (titles(found), found.text.close) == (["Leben mit Krebs"], True)


def test_for_whom_it_is_alone_answers_no_part_of_a_question(ahausen):
    with inside(ahausen):
        here = Category.objects.create(name="Kurse")
        for title in ("Erste Hilfe für Schulkinder", "Malen mit Acryl"):
            an_offer(title=title).categories.add(here)
        an_offer(title="Malkurs für Kinder")
        found = ask("Malkurs Kinder", categories=(here.pk,))
        assert titles(found) == []
        assert titles(found, found.partly(4)) == ["Malen mit Acryl"]
        found = ask("Skat Kinder", categories=(here.pk,))
        assert titles(found, found.partly(4)) == ["Erste Hilfe für Schulkinder"]


def test_a_deed_that_counts_as_another_is_no_part_of_what_only_sounds_alike(ahausen):
    with inside(ahausen):
        an_offer(title="Balkonkraftwerk")
        an_offer(title="Werken mit Holz")
        assert titles(ask("basteln")) == ["Werken mit Holz"]


def test_where_no_offer_fits_the_filters_the_words_are_not_looked_for_once_more(ahausen, django_assert_num_queries):
    with inside(ahausen):
        an_offer(title="Hausaufgabenhilfe")
        empty = Category.objects.create(name="Leer")
        found = ask("Hausaufgabenhilfe", categories=(empty.pk,))
        assert found.total == 0
        with django_assert_num_queries(0):
            assert found.partly(4).size == 0
