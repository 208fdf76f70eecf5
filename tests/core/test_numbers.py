"""What people write where a number is asked for."""

import pytest

from core.numbers import whole_number, whole_numbers


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0", 0),
        ("007", 7),
        ("999999999999999999", 999_999_999_999_999_999),
        ("9223372036854775808", None),
        ("9" * 5000, None),
        ("", None),
        (" 1", None),
        ("-1", None),
        ("1.0", None),
        ("²", None),
        ("١٢", None),
        ("1\n", None),
        ("a", None),
    ],
)
def test_a_whole_number(written, number):
    assert whole_number(written) == number


def test_some_of_them_and_fewer_digits():
    assert whole_numbers(["3", "x", "1", "", "3"]) == [3, 1, 3]
    assert whole_numbers(["1000", "999"], digits=3) == [999]
