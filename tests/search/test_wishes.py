"""Words that mean a filter become one, can be taken off, and never hide what has them as words."""

from datetime import date, time

import pytest
from django.utils import timezone

from portal.offers.models import Offer
from portal.preferences.models import PlaceMode, Preferences
from portal.search.matching import Search
from portal.search.parameters import SearchQuery
from portal.search.results import answer
from portal.search.wish_patterns import meant_in
from portal.search.wishes import wishes_in
from portal.taxonomy.models import District, TargetGroup
from portal.taxonomy.tree import load_tree
from tenants.running.context import inside
from tests.factories import an_offer

WEDNESDAY = date(2031, 5, 14)


@pytest.mark.parametrize(
    ("text", "rest", "change"),
    [
        ("kostenlose Beratung", "Beratung", {"free": True}),
        ("Yoga abends", "Yoga", {"from_time": time(17), "to_time": None}),
        ("Ausflug am Wochenende", "Ausflug", {"weekdays": ("sa", "so")}),
        ("Turnen montags", "Turnen", {"weekdays": ("mo",)}),
        ("Kurs ab 18 Uhr", "Kurs", {"from_time": time(18)}),
        ("Schwimmen für 3-Jährige", "Schwimmen", {"age": 3}),
        ("Sport ab 60", "Sport", {"age": 60}),
        ("Kino morgen", "Kino", {"from_date": date(2031, 5, 15), "to_date": date(2031, 5, 15)}),
        ("Flohmarkt nächstes Wochenende", "Flohmarkt", {"from_date": date(2031, 5, 24), "to_date": date(2031, 5, 25)}),
        ("Deutsch online", "Deutsch", {"online": True}),
        ("Chor barrierefrei gratis", "Chor", {"free": True, "accessible": True}),
        ("kostenlos", "", {"free": True}),
        ("Turnen kostenlos am Samstag für 3 jährige", "Turnen", {"free": True, "weekdays": ("sa",), "age": 3}),
        ("gebührenfreie Beratung", "Beratung", {"free": True}),
        # Without umlauts.
        ("Basteln fuer 3 jaehrige", "Basteln", {"age": 3}),
        ("Kino uebermorgen", "Kino", {"from_date": date(2031, 5, 16), "to_date": date(2031, 5, 16)}),
        ("Markt naechste Woche", "Markt", {"from_date": date(2031, 5, 19), "to_date": date(2031, 5, 25)}),
        # Ages as words, and from one to another.
        ("Turnen dreijährige", "Turnen", {"age": 3}),
        ("Turnen für 6- bis 10-Jährige", "Turnen", {"age": 6}),
        ("Turnen 3-6 Jahre", "Turnen", {"age": 3}),
        ("Turnen ab 4", "Turnen", {"age": 4}),
        # Several days, parts of days, days of a week or month.
        ("Yoga montags und mittwochs", "Yoga", {"weekdays": ("mo", "mi")}),
        ("Yoga Freitag bis Sonntag", "Yoga", {"weekdays": ("fr", "sa", "so")}),
        ("Yoga Sonntag bis Dienstag", "Yoga", {"weekdays": ("so", "mo", "di")}),
        ("Tanz Freitagabend", "Tanz", {"weekdays": ("fr",), "from_time": time(17), "to_time": None}),
        ("Tanz am Samstag Vormittag", "Tanz", {"weekdays": ("sa",), "from_time": time(6), "to_time": time(12)}),
        ("Markt nächsten Samstag", "Markt", {"from_date": date(2031, 5, 17), "to_date": date(2031, 5, 17)}),
        ("Markt diesen Mittwoch", "Markt", {"from_date": WEDNESDAY, "to_date": WEDNESDAY}),
        ("Markt nächsten Mittwoch", "Markt", {"from_date": date(2031, 5, 21), "to_date": date(2031, 5, 21)}),
        ("Markt im Mai", "Markt", {"from_date": WEDNESDAY, "to_date": date(2031, 5, 31)}),
        ("Markt im Februar", "Markt", {"from_date": date(2032, 2, 1), "to_date": date(2032, 2, 29)}),
        ("Kurs zwischen 10 und 12.30 Uhr", "Kurs", {"from_time": time(10), "to_time": time(12, 30)}),
        ("Kurs bis 12 Uhr", "Kurs", {"to_time": time(12)}),
        ("Kurs ab 25 Uhr", "Kurs ab 25 Uhr", {}),
        ("Kurs ab 5,50 Euro", "Kurs ab 5,50 Euro", {}),
        ("Kurs ab 1. Juni", "Kurs ab 1. Juni", {}),
        # Parts of other words and numbers that mean something else stay words.
        ("Elternabend", "Elternabend", {}),
        ("Online-Banking", "Online-Banking", {}),
        ("Abi-2027", "Abi-2027", {}),
        ("261-3456", "261-3456", {}),
        ("Deutsch B2", "Deutsch B2", {}),
        ("", "", {}),
    ],
)
def test_words_that_mean_a_filter(ahausen, text, rest, change):
    with inside(ahausen):
        found = wishes_in(text, SearchQuery(text=text), today=WEDNESDAY)
    assert (found.rest, found.change) == (rest, change)


def test_many_commas_between_days_are_read_at_once():
    # One way to read each space, not two: 200 signs would take for ever.
    assert [end for _start, end, _change in meant_in("montags" + " ," * 90 + " x", WEDNESDAY)] == [7]


def test_a_filter_somebody_set_is_not_set_again(ahausen):
    with inside(ahausen):
        found = wishes_in("Yoga abends", SearchQuery(text="Yoga abends", from_time=time(8)), today=WEDNESDAY)
    assert found.wishes == ()


def titles(text, **filters):
    with_text = SearchQuery(text=text, **filters)
    found = answer(Search(with_text, load_tree(), None, timezone.now()))
    names = dict(Offer.objects.values_list("pk", "title"))
    return [names[pk] for pk in found.ids]


def test_a_district_is_one_beside_other_words_and_a_word_alone(ahausen):
    with inside(ahausen):
        Preferences.objects.update(place_mode=PlaceMode.DISTRICT)
        here, there = District.objects.create(name="Fraulautern"), District.objects.create(name="Roden")
        an_offer(title="Yoga am See", places=[{"district": here, "city": "S"}])
        an_offer(title="Yoga im Park", places=[{"district": there, "city": "S"}])
        assert titles("Yoga in Fraulautern") == ["Yoga am See"]
        assert wishes_in("Fraulautern", SearchQuery(text="Fraulautern"), today=WEDNESDAY).wishes == ()
        assert titles("Fraulautern") == ["Yoga am See"]


def test_the_words_of_an_offer_win_over_what_they_may_mean(ahausen):
    with inside(ahausen):
        an_offer(title="Kostenlose Beratung", cost_kind="unknown")
        an_offer(title="Beratung für alle", cost_kind="free")
        an_offer(title="Beratung mit Gebühr", cost_kind="amount", cost_amount=5)
        assert titles("kostenlose Beratung") == ["Kostenlose Beratung", "Beratung für alle"]


def test_a_chip_taken_off_gives_the_plain_search(ahausen, visitor):
    with inside(ahausen):
        an_offer(title="Yoga", cost_kind="free")
    page = visitor("ahausen").get("/angebote/", {"q": "Yoga kostenlos"}).content.decode()
    assert "kostenfrei (aus „kostenlos“)" in page
    assert 'href="?q=Yoga+kostenlos&amp;woertlich=1"' in page
    with inside(ahausen):
        assert titles("Yoga kostenlos") == ["Yoga"]
        assert titles("Yoga kostenlos", literal=True) == []


def test_of_several_chips_the_others_stay_as_filters(ahausen, visitor):
    page = visitor("ahausen").get("/angebote/", {"q": "Yoga kostenlos abends"}).content.decode()
    assert 'href="?q=Yoga+kostenlos&amp;ab=17%3A00&amp;woertlich=1"' in page


@pytest.fixture
def for_people(ahausen):
    """A town with target groups as towns name them."""
    with inside(ahausen):
        TargetGroup.objects.all().delete()
        names = (
            "Jugendliche und junge Erwachsene",
            "Erwachsene",
            "Seniorinnen und Senioren",
            "Frauen",
            "Eltern / Kind",
            "Menschen mit Behinderung",
            "Fachkräfte Kinder/ Jugend/ Familie",
        )
        yield {name: TargetGroup.objects.create(name=name) for name in names}


@pytest.mark.parametrize(
    ("text", "rest", "group"),
    [
        ("Jugendliche", "", "Jugendliche und junge Erwachsene"),
        ("Kochen für Jugendliche", "Kochen", "Jugendliche und junge Erwachsene"),
        ("Kochen für Teenager", "Kochen", "Jugendliche und junge Erwachsene"),
        ("Englisch für Erwachsene", "Englisch", "Erwachsene"),
        ("Computer Senioren", "Computer", "Seniorinnen und Senioren"),
        ("Computer Rentner", "Computer", "Seniorinnen und Senioren"),
        ("Angebote für Frauen", "", "Frauen"),
        ("Sport für Menschen mit Behinderung", "Sport", "Menschen mit Behinderung"),
        ("Turnen Eltern", "Turnen", "Eltern / Kind"),
        # No target group of this town means them, or it is a part of another word.
        ("Turnen für Babys", "Turnen für Babys", None),
        ("Seniorentanz", "Seniorentanz", None),
        ("Familie", "Familie", None),
    ],
)
def test_words_for_people_mean_a_target_group_of_the_town(for_people, text, rest, group):
    found = wishes_in(text, SearchQuery(text=text), today=WEDNESDAY)
    assert (found.rest, found.change) == (rest, {"target_groups": (for_people[group].pk,)} if group else {})


def test_a_chosen_target_group_is_not_chosen_again(for_people):
    query = SearchQuery(text="Kochen für Jugendliche", target_groups=(for_people["Frauen"].pk,))
    assert wishes_in(query.text, query, today=WEDNESDAY).wishes == ()


def test_offers_with_the_word_for_people_come_before_those_for_them(for_people):
    an_offer(title="Abendrunde").target_groups.set([for_people["Frauen"]])
    an_offer(title="Frauen kochen")
    assert titles("Frauen") == ["Frauen kochen", "Abendrunde"]
    assert titles("Angebote für Frauen") == ["Frauen kochen", "Abendrunde"]


def test_for_whom_it_is_hides_nothing_where_nothing_is_for_them(for_people):
    an_offer(title="Selbstverteidigung")
    found = answer(Search(SearchQuery(text="Selbstverteidigung für Frauen"), load_tree(), None, timezone.now()))
    assert (found.total, found.read.wishes.wishes, found.text.close) == (1, (), True)


def test_the_chip_of_a_target_group_can_be_taken_off(for_people, visitor):
    an_offer(title="Frauen kochen").target_groups.set([for_people["Frauen"]])
    an_offer(title="Kochen").target_groups.set([for_people["Frauen"]])
    page = visitor("ahausen").get("/angebote/", {"q": "Frauen"}).content.decode()
    assert "Frauen (aus „Frauen“)" in page
    assert 'href="?q=Frauen&amp;woertlich=1"' in page
    assert sorted(titles("Frauen", literal=True)) == ["Frauen kochen", "Kochen"]


def test_what_only_touches_on_all_words_is_none_beside_what_is_meant(ahausen):
    with inside(ahausen):
        Preferences.objects.update(place_mode=PlaceMode.DISTRICT)
        here = District.objects.create(name="Roden")
        an_offer(title="Osterferien in Roden", summary="Mit Kinderturnen")
        an_offer(title="Turnen", places=[{"district": here, "city": "S"}])
        assert titles("Turnen in Roden") == ["Turnen"]


def test_for_whom_it_is_stays_a_filter_beside_others(for_people):
    an_offer(title="Kochen", cost_kind="free").target_groups.set([for_people["Frauen"]])
    an_offer(title="Kochen für alle", cost_kind="free")
    an_offer(title="Kochen", cost_kind="unknown").target_groups.set([for_people["Frauen"]])
    found = answer(Search(SearchQuery(text="kostenlos kochen für Frauen"), load_tree(), None, timezone.now()))
    assert (found.total, [wish.words for wish in found.read.wishes.wishes]) == (1, ["kostenlos", "für Frauen"])
    alone = answer(Search(SearchQuery(text="kostenlos reiten für Frauen"), load_tree(), None, timezone.now()))
    assert (alone.total, [wish.words for wish in alone.read.wishes.wishes]) == (0, ["kostenlos"])


def test_what_is_just_for_an_age_comes_before_what_is_for_everybody(ahausen):
    with inside(ahausen):
        small = TargetGroup.objects.create(name="Kleinkinder", min_age=0, max_age=5)
        large = TargetGroup.objects.create(name="Alle Großen", min_age=18)
        an_offer(title="Ausstellung")
        an_offer(title="Basar").target_groups.set([small, large])
        an_offer(title="Turnzwerge").target_groups.set([small])
        an_offer(title="Vorlesen", min_age=3, max_age=6)
        an_offer(title="Zirkus", min_age=7, max_age=12)
        assert titles("für 3 Jährige") == ["Turnzwerge", "Vorlesen", "Ausstellung", "Basar"]
        assert titles("für 40 Jährige") == ["Ausstellung", "Basar"]
        an_offer(title="Treff", min_age=65)
        assert titles("ab 70") == ["Treff", "Ausstellung", "Basar"]
