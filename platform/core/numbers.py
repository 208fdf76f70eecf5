"""Whole numbers out of addresses, forms and tables, where anybody may have written anything."""

from collections.abc import Iterable

# What fits into any column of the database that holds a key (63 bits).
MOST_DIGITS = 18


def whole_number(written: str, digits: int = MOST_DIGITS) -> int | None:
    """The number that stands there, None where it is none, or has more digits than this.

    `str.isdigit` takes “²” for a number and `int` does not; `int` refuses what has thousands of digits; and what is
    larger than a column is an error of the database.
    """
    return int(written) if len(written) <= digits and written.isascii() and written.isdecimal() else None


def whole_numbers(written: Iterable[str], digits: int = MOST_DIGITS) -> list[int]:
    """Those of them that are numbers, in their order."""
    return [number for each in written if (number := whole_number(each, digits)) is not None]
