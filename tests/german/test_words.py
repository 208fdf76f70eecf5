"""German words are understood as people mean them."""

import pytest

from core.text import fold
from german.compounds import parts_of
from german.cutting import cuts_in
from german.everyday import meant_by
from german.foreign import meanings
from german.words import words_in


def roots(text, **how):
    return [word.roots for word in words_in(text, **how)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("„Mäusebande“ – Treff", ["Mäusebande", "Treff"]),
        ("»Café«…€5", ["Café", "5"]),
        ("Schüler:innen, Helfer*innen, Lehrer_innen", ["Schüler", "Helfer", "Lehrer"]),
        ("BürgerInnen und Freund/-innen, Gärtner(innen)", ["Bürger", "und", "Freund", "Gärtner"]),
        ("Abi-2027", ["Abi-2027"]),
        ("261-3456", ["261-3456"]),
        ("-2027", ["2027"]),
        ("C++ und C#", ["C++", "und", "C#"]),
        ("Kinder\u00adturnen", ["Kinderturnen"]),
        ("Ku\u0308che\u200b", ["Küche"]),
        ("3D-Druck U18 A1", ["3D-Druck", "U18", "A1"]),
        ("am 3.12.2026 um 17:30", ["am", "3", "12", "2026", "um", "17", "30"]),
        ("", []),
        ("…!?", []),
    ],
)
def test_words_begin_and_end_where_people_see_it(text, words):
    assert [cut.written for cut in cuts_in(text)] == words


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("Seniorentanz", ["Senior", "Tanz"]),
        ("Kinderturnen", ["Kind", "Turnen"]),
        ("Klavierunterricht", ["Klavier", "Unterricht"]),
        ("Sommerfest", ["Sommer", "Fest"]),
        ("Flüchtlingsberatung", ["Flüchtling", "Beratung"]),
        ("Formularlotsen", ["Formular", "Lotse"]),
        ("Volkshochschulkurs", ["Volkshochschule", "Kurs"]),
        ("Wandergruppe", ["wandern", "Gruppe"]),
        ("Sprachkurs", ["Sprache", "Kurs"]),
        ("Jugendmigrationsdienst", ["Jugend", "Migration", "Dienst"]),
    ],
)
def test_compounds_have_the_parts_people_hear(compound, parts):
    assert [part.lemma for part in parts_of(compound.lower())] == parts


WHOLE = (
    "beratung talente kulturen beraterinnen wiederholung bescheinigung saarbrücken muttersprache handtuch kostenlose "
    "familie turnier assistenz"
)


@pytest.mark.parametrize("word", WHOLE.split(" "))
def test_what_is_no_compound_has_no_parts(word):
    assert parts_of(word) == ()


def test_a_joke_of_eighty_letters_takes_no_time_and_has_no_parts():
    assert parts_of("donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkunden") == ()


@pytest.mark.parametrize(
    "family",
    [
        "Tanz Tänze tanzen getanzt",
        "Wanderung Wanderungen wandern",
        "Senior Senioren Seniorinnen",
        "ehrenamtlich Ehrenamtliche Ehrenamt",
        "Jugendliche Jugend jugendlich",
        "Beratungen Beratung beraten",
        "Schüler Schülerinnen",
        "Chor Chöre Chören",
    ],
)
def test_relatives_have_one_root(family):
    first, *others = roots(family)
    assert all(set(first) & set(other) for other in others), roots(family)


@pytest.mark.parametrize(
    "strangers", ["Trauer trauen", "Senioren Alt", "Schach Schals", "Turnen Lernen", "Wand wandern"]
)
def test_strangers_have_none(strangers):
    one, other = roots(strangers)
    assert not set(one) & set(other)


def test_a_noun_is_no_verb_that_is_written_like_it():
    (noun,), (verb,), (asked,) = words_in("Die Sucht")[1:], words_in("er sucht")[1:], words_in("Sucht", asked=True)
    assert (noun.sense, verb.sense, asked.sense) == ("noun", "other", "noun")
    assert not set(noun.roots) & set(verb.roots)
    assert words_in("sucht", asked=True)[0].sense == "both"


@pytest.mark.parametrize(
    ("typed", "spelled"), [("Toepfern", "Töpfern"), ("Fussball", "Fußball"), ("maedchen", "Mädchen")]
)
def test_umlauts_may_be_written_out(typed, spelled):
    assert set(roots(typed, asked=True)[0]) & set(roots(spelled)[0])


@pytest.mark.parametrize(
    ("question", "german"),
    [
        ("german course", ["Deutsch", "Kurs"]),
        ("almanca kursu", ["Deutsch", "Kurs"]),
        ("курси німецької мови", ["Kurs", "Deutsch", "-"]),
        ("swimming for kids", ["Schwimmen", "-", "Kinder"]),
        ("دورة اللغة الألمانية", ["Kurs", "Sprache", "Deutsch"]),
    ],
)
def test_newcomers_are_understood(question, german):
    assert meanings([fold(word) for word in question.split()]) == german


def test_everyday_words_and_phrases_are_known_in_all_their_forms():
    words = words_in("Hartz 4 und Klamotten", asked=True)
    found = meant_by(words)
    assert found[0][0] == 2
    assert "Grundsicherung" in found[0][1]
    assert "Kleiderkammer" in found[3][1]
