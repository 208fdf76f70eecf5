"""Which tickets a question finds, and in which order."""

import pytest

from tests.tracker.people import OPERATOR, editor_of
from tracker.tickets import finding, services


@pytest.fixture
def told(ahausen):
    """Report tickets by title and text; their numbers in this order."""
    editor = editor_of(ahausen)

    def report(*tickets):
        return [
            services.report(by=editor, kind="wish", title=title, happened=happened).pk for title, happened in tickets
        ]

    return report


def order(weights):
    return sorted(weights, key=lambda pk: (-weights[pk], -pk))


def test_words_in_the_title_come_first_and_then_the_newest(told):
    whole, text, half, newest, _other = told(
        ("Kalender drucken", ""),
        ("Etwas anderes", "Wir möchten den Kalender drucken."),
        ("Der Kalender", "Den möchten wir drucken."),
        ("Noch etwas", "Kalender zum Drucken bitte."),
        ("Kalender abonnieren", ""),
    )
    assert order(finding.matching("Kalender drucken")) == [whole, half, newest, text]


def test_what_has_all_words_in_its_title_is_found_however_old_it_is(told, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 3)
    old, *newer = told(("Kalender drucken", ""), *[(f"Wunsch {n}", "Kalender drucken") for n in range(5)])
    assert order(finding.matching("Kalender drucken")) == [old, newer[4], newer[3]]


def test_where_none_has_all_words_those_with_most_of_them_are_found(told):
    two, one, none = told(("Kalender im Herbst", ""), ("Kalender", ""), ("Karte", ""))
    found = finding.matching("Kalender Herbst Quastenflosser")
    assert order(found)[0] == two
    assert none not in found
    assert found[two] > found.get(one, 0)


def test_a_title_spelt_a_little_otherwise_is_found(told):
    right, _other = told(("Merkliste", ""), ("Umkreissuche", ""))
    assert order(finding.matching("Merklixte")) == []
    assert order(finding.matching("Merkliste!")) == [right]
    (typo,) = told(("Anmeldeformulare für Ferienprogramme", ""))
    assert order(finding.matching("Anmeldeformularre fürr Ferienprogrammme")) == [typo]


def test_similar_ones_are_the_likeliest_first_and_no_more_than_asked_for(told, ahausen, monkeypatch):
    monkeypatch.setattr(finding, "LOOKED_AT", 4)
    numbers = told(*[("Termine übernehmen", "")] * 6, ("Termine aus dem Kalender übernehmen", ""))
    found = finding.similar("Termine aus dem Kalender übernehmen", editor_of(ahausen))
    assert [each.pk for each in found] == [numbers[6], numbers[5], numbers[4]]
    assert finding.similar("Quastenflosser", OPERATOR) == []
