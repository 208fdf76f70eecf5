"""What every table that planners bring is read by: its headings, its lines, and all that is wrong, named by row and
column.

Nothing is taken over unless all of it is right: a wrong figure that looks right is worse than none.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from core.text import fold
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.sheets.reading import Formula, lines_of

MOST_ROWS, SEARCHED, MOST_NAMED = 20_000, 5, 100
# “1234”, “1.234”, “1 234”; never “0.123”, which is an English decimal.
_WHOLE = re.compile(r"[1-9][0-9]{0,2}(?:[. \u00a0\u202f][0-9]{3}){1,2}|[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a line; without a column it is wrong with all of it."""

    line: int
    column: str
    text: str


@dataclass
class Problems:
    """What is wrong with a file. With one problem nothing of it counts."""

    problems: list[Problem] = field(default_factory=list)

    def wrong(self, line: int, column: str, text: str) -> None:
        """Note it, as long as somebody would read it."""
        if len(self.problems) < MOST_NAMED:
            self.problems.append(Problem(line, column, text))

    def understood(self, line: int, readers: Mapping[str, Callable[[], Any]]) -> dict[str, Any] | None:
        """What each column of a line says; None where one is wrong. Every cell is looked at, so that all that is wrong
        in a row is named at once."""
        values: dict[str, Any] = {}
        for column, reader in readers.items():
            try:
                values[column] = reader()
            except WrongError as problem:
                self.wrong(line, problem.column, problem.text)
        return values if len(values) == len(readers) else None


class WrongError(ValueError):
    """What is wrong with one cell."""

    def __init__(self, column: str, text: str) -> None:
        super().__init__(text)
        self.column, self.text = column, text


def cells_of(upload: Any, headings: Sequence[str], needed: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The lines below the headings, each with its number and its cells by heading. Raises RefusedError where a column
    that is needed is missing, or there are too many lines."""
    lines = iter(lines_of(upload, MOST_ROWS))
    first = [line for _number, line in zip(range(SEARCHED), lines, strict=False)]
    found = [_places(line, headings) for line in first]
    at = next((number for number, places in enumerate(found) if not _missing(places, needed)), None)
    if at is None:
        best = max(found, key=len, default={})
        raise RefusedError(
            _("The table lacks these columns: %(names)s. The template has all of them.")
            % {"names": ", ".join(f"„{each}“" for each in _missing(best, needed))}
        )
    for number, line in enumerate(chain(first[at + 1 :], lines), start=at + 2):
        if any(cell not in (None, "") for cell in line):
            if number > MOST_ROWS:
                raise RefusedError(_("The table has more than 20,000 rows. Please divide it."))
            yield number, {name: line[place] for name, place in found[at].items() if place < len(line)}


def _places(line: Sequence[Any], headings: Sequence[str]) -> dict[str, int]:
    folded = [fold(str(cell or "")) for cell in line]
    return {name: folded.index(fold(name)) for name in headings if fold(name) in folded}


def _missing(places: Mapping[str, int], needed: Sequence[str]) -> list[str]:
    return [name for name in needed if name not in places]


def no_rows() -> RefusedError:
    """What is said of a table that ends with its headings."""
    return RefusedError(_("The table has headings, but no row below them."))


def text(column: str, cell: Any) -> str:
    """What a cell says, in one line."""
    if isinstance(cell, Formula):
        raise WrongError(column, _("Here stands a formula. Please put in its value."))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())


def whole(column: str, cell: Any, low: int, high: int, sentence: str) -> int:
    """A whole number between two others; `sentence` says what is wrong with the `value` else."""
    written = text(column, cell)
    digits = re.sub(r"[. \u00a0\u202f]", "", written)
    if not _WHOLE.fullmatch(written) or not low <= int(digits) <= high:
        raise WrongError(column, sentence % {"value": written[:40]})
    return int(digits)


def district(column: str, cell: Any, districts: Mapping[str, int]) -> int:
    """The number of a district of this name; `districts` are numbers by folded name."""
    name = text(column, cell)
    if not name or fold(name) not in districts:
        raise WrongError(column, _("“%(name)s” is no district of yours.") % {"name": name[:60]})
    return districts[fold(name)]
