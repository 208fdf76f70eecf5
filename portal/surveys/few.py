"""Which numbers of a survey are told: none of which, or of whose difference to another, fewer than five people stand.

- Results are told once, when nobody can answer any more: two states of the same survey cannot be compared.
- An answer that fewer than five people gave is told together with others (`together`); nobody at all is told as none.
- Of several answers each, a number is told only where five gave the answer and five did not (`one_of_many`).
- Broken down by groups, a group is told only where each of the told answers was given by five people in it, and only
  as long as what is left for all others is five each too, or nobody (`told_columns`): else the whole would tell it.
- Groups are those that are told by themselves: no smaller one can be had from two tables.

How many left a question empty is told as it is: it says nothing of what anybody thinks.
`tests/surveys/test_few.py` takes all sums and differences of what is told and looks for fewer than five.
"""

from collections.abc import Sequence

from portal.usage.few import LEAST


def rounded(number: int) -> int:
    """How many have answered, while a survey is running: in fives, as everything in the evaluation."""
    return LEAST * (number // LEAST)


def together(counts: Sequence[int], *, ordered: bool) -> list[list[int]]:
    """Which places are told as one, so that each has none or five. Empty where all together are fewer.

    In an order (a scale, weeks) neighbours come together, else the two smallest.
    """
    if sum(counts) < LEAST:
        return []
    parts = [[place] for place in range(len(counts))]
    while True:
        sizes = [sum(counts[place] for place in part) for part in parts]
        small = [place for place, size in enumerate(sizes) if 0 < size < LEAST]
        if not small:
            return parts
        _join(parts, sizes, min(small, key=lambda place: sizes[place]), ordered=ordered)


def _join(parts: list[list[int]], sizes: Sequence[int], place: int, *, ordered: bool) -> None:
    if ordered:
        beside = [other for other in (place - 1, place + 1) if 0 <= other < len(parts)]
    else:
        beside = [other for other, size in enumerate(sizes) if other != place and size]
    other = min(beside, key=lambda each: sizes[each])
    first, second = sorted((place, other))
    parts[first] = sorted(parts[first] + parts.pop(second))


def one_of_many(count: int, answered: int) -> bool:
    """Whether the number of those who ticked one of several answers may be told."""
    return all(each == 0 or each >= LEAST for each in (count, answered - count))


def told_columns(table: Sequence[Sequence[int]], may: Sequence[int]) -> list[int]:
    """Which columns of a table of answers (rows) by groups are told, of those that `may` be. Each row's sum over all
    columns is known to whoever reads the results."""
    shown = [column for column in may if all(row[column] >= LEAST for row in table)]
    while shown:
        rest = [sum(each for column, each in enumerate(row) if column not in shown) for row in table]
        if not any(rest) or all(each >= LEAST for each in rest):
            return shown
        shown.remove(min(shown, key=lambda column: sum(row[column] for row in table)))
    return []
