"""How hard a text is to read: syllables counted by hand, the formula worked out by hand, and time in proportion."""

from functools import partial

import pytest

from portal.quality.readability import FEWEST_WORDS, HARD, counted, is_hard, score, syllables
from tests.effort import effort

BY_HAND = {
    "Haus": 1, "Abend": 2, "Ofen": 2, "Baum": 1, "Bäume": 2, "Straße": 2, "Übung": 2, "Deutschkurs": 2,
    "Schwimmbad": 2, "Anmeldung": 3, "Beratungsstelle": 5, "Kinderbetreuung": 5, "Familie": 3, "Musik": 2,
    "quer": 1, "Quartier": 2, "Leute": 2, "See": 1, "Boot": 1, "Idee": 2, "Museum": 3, "Europa": 3, "Bayern": 2,
    "Volkshochschule": 4, "GmbH": 1, "Teilnahmevoraussetzungen": 8, "Café": 2, "ruhig": 2,
}  # fmt: skip


@pytest.mark.parametrize(("word", "number"), BY_HAND.items())
def test_syllables(word, number):
    assert syllables(word) == number


def test_the_text_is_counted_as_a_reader_counts_it():
    found = counted(
        "<h2>Offener Treff</h2><p>Wir kochen z. B. am 3. Mai um 18.30 Uhr. Kommen Sie!</p><ul><li>Kinder</li></ul>"
    )
    # Offener Treff | Wir kochen z B am Mai um Uhr | Kommen Sie | Kinder
    assert (found.sentences, found.words) == (4, 13)
    # “Offener” has seven letters and three syllables.
    assert (found.long_words, found.many) == (1, 1)


def test_the_formula():
    # Ten sentences of four words: 20 of 40 words have one syllable, 10 have three, 10 are long.
    text = "<p>" + " ".join(["Das Kind Nase Anmeldung."] * 10) + "</p>"
    found = counted(text)
    assert (found.words, found.sentences, found.single, found.many, found.long_words) == (40, 10, 20, 10, 10)
    # 0.1935·25 + 0.1672·4 + 0.1297·25 - 0.0327·50 - 0.875
    assert score(text) == pytest.approx(4.8375 + 0.6688 + 3.2425 - 1.635 - 0.875, abs=0.01)


def test_easy_and_hard_are_told_apart():
    easy = (
        "<p>" + "Wir singen jeden Montag. Komm doch mit. Es kostet nichts. Du musst keine Noten kennen. " * 4 + "</p>"
    )
    hard = (
        "<p>"
        + (
            "Die Inanspruchnahme der sozialpädagogischen Beratungsleistungen setzt die Erfüllung der in der "
            "Förderrichtlinie niedergelegten Teilnahmevoraussetzungen sowie die fristgerechte Einreichung sämtlicher "
            "Antragsunterlagen bei der zuständigen Bewilligungsbehörde voraus. "
        )
        * 2
        + "</p>"
    )
    assert score(easy) < 5
    assert score(hard) > 15
    assert (is_hard(score(easy)), is_hard(score(hard))) == (False, True)


def test_of_too_little_nothing_is_said():
    assert score("<p>" + "Teilnahmevoraussetzungen " * (FEWEST_WORDS - 1) + "</p>") is None
    assert not is_hard(None)
    assert not is_hard(HARD)


@pytest.mark.parametrize("piece", ["a", "ä", "-", "a-", ". ", "z. B. ", "<p>x</p>", "1.", "qu", "<li>", "…"])
def test_whatever_the_text_is_time_grows_with_its_length(piece):
    times = []
    for size in (50_000, 200_000):
        text = piece * (size // len(piece))
        times.append(effort(partial(score, text)))
    assert times[1] < max(times[0] * 12, 1.0)
