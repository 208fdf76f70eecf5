"""Where German words may be divided: expectations by the rules of German spelling, written by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.hyphens import SOFT_HYPHEN, with_soft_hyphens


@pytest.mark.parametrize(
    ("text", "divided"),
    [
        ("Wassergewöhnung", "Was|ser|ge|wöh|nung"),
        ("Hausaufgabenbetreuung", "Haus|auf|ga|ben|be|treu|ung"),
        ("Nachbarschaftsflohmarkt", "Nach|bar|schafts|floh|markt"),
        ("Eltern-Kind-Gruppe", "Eltern-Kind-Gruppe"),
        ("Familienfrühstück: komm vorbei!", "Fami|li|en|früh|stück: komm vorbei!"),
        ("Yoga für alle", "Yoga für alle"),
        ("", ""),
    ],
)
def test_long_words_say_where_they_may_end_a_line(text: str, divided: str) -> None:
    assert with_soft_hyphens(text).replace(SOFT_HYPHEN, "|") == divided


@pytest.mark.parametrize(
    "text",
    [
        "nachbarschaftstreff@beispielstadt.example",
        "https://www.nachbarschaftstreff.example/wassergewoehnung/",
        "www.nachbarschaftstreff.example",
        "nachbarschaftstreff.example",
        "a" * 20_000,
        "Donau\u00addampfschifffahrtsgesellschaft",
    ],
)
def test_addresses_and_words_divided_by_hand_stay_as_they_are(text: str) -> None:
    assert with_soft_hyphens(text) == text


@given(st.text(max_size=200).filter(lambda text: SOFT_HYPHEN not in text))
def test_nothing_but_soft_hyphens_is_ever_added(text: str) -> None:
    assert with_soft_hyphens(text).replace(SOFT_HYPHEN, "") == text
