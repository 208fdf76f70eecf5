"""Sums as people write them."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tracker.cofunding.money import cents_of, euros


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1.784,02 €", 178402),
        ("1784,02", 178402),
        ("1784.02", 178402),
        ("1.784", 178400),
        ("1784", 178400),
        ("0,5", 50),
        ("12,5 Euro", 1250),
        (" 7 EUR ", 700),
        ("1.234.567,89", 123456789),
        ("1,784.02", None),
        ("12,345", None),
        ("-5", None),
        ("", None),
        ("٣", None),
        ("1e5", None),
        ("9" * 40, None),
    ],
)
def test_sums_are_understood_as_germans_write_them(text, cents):
    assert cents_of(text) == cents


@given(st.integers(min_value=0, max_value=10**11))
def test_what_is_shown_is_understood_again(cents):
    with override("de"):
        assert cents_of(euros(cents)) == cents


def test_a_sum_is_shown_in_the_readers_way():
    with override("de"):
        assert euros(178402) == "1.784,02\N{NO-BREAK SPACE}€"
    with override("en"):
        assert euros(178402) == "1,784.02\N{NO-BREAK SPACE}€"
