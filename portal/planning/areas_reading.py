"""From a table of small-area figures to rows, or to everything that is wrong with it, named by row and column.

Nothing is taken over unless all of it is right: a wrong figure that looks right is worse than none.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from core.text import fold
from portal.planning.models import FIRST_YEAR, LAST_YEAR, Unit
from portal.taxonomy.models import OLDEST
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.sheets.reading import Formula, lines_of

HEADINGS = ("Ortsteil", "Merkmal", "Alter von", "Alter bis", "Jahr", "Wert", "Einheit")
NEEDED = HEADINGS[:2] + HEADINGS[4:6]
# A row of this “district” is the sum of the others and checks them; it is not kept.
TOTALS = frozenset({"gesamt", "summe", "insgesamt"})
UNITS = {"": Unit.NUMBER, "anzahl": Unit.NUMBER, "zahl": Unit.NUMBER, "prozent": Unit.PERCENT, "%": Unit.PERCENT}
MOST_ROWS, SEARCHED, MOST_NAMED = 20_000, 5, 100
# “1.234”, “1 234” and “1.234,5”, “1234,5”; never “1,234.5”, never “1.5”: nobody knows what that is meant to be.
_NUMBER = re.compile(r"\d{1,3}(?:[. \u00a0\u202f]\d{3})+(?:,\d{1,2})?|\d+(?:,\d{1,2})?")
Key = tuple[str, int, int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as the file says it, with the number of its line."""

    line: int
    district: int
    indicator: str
    unit: Unit
    from_age: int
    to_age: int
    year: int
    value: Decimal

    @property
    def key(self) -> Key:
        return self.indicator, self.year, self.from_age, self.to_age


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a line; without a column it is wrong with all of it."""

    line: int
    column: str
    text: str


@dataclass
class Read:
    """What the file says, and what is wrong with it. With one problem nothing of it counts."""

    rows: list[Row] = field(default_factory=list)
    totals: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, line: int, column: str, text: str) -> None:
        """Note it, as long as somebody would read it."""
        if len(self.problems) < MOST_NAMED:
            self.problems.append(Problem(line, column, text))


def read(upload: Any, districts: Mapping[str, int]) -> Read:
    """A file's figures; `districts` are numbers by folded name. Raises RefusedError where it is no such table."""
    lines = iter(lines_of(upload))
    first = [line for _number, line in zip(range(SEARCHED), lines, strict=False)]
    at = next((number for number, line in enumerate(first) if not _missing(_places(line))), None)
    if at is None:
        best = max((_places(line) for line in first), key=len, default={})
        raise RefusedError(
            _("The table lacks these columns: %(names)s. The template has all of them.")
            % {"names": ", ".join(f"„{each}“" for each in _missing(best))}
        )
    found, places = Read(), _places(first[at])
    for number, line in enumerate(chain(first[at + 1 :], lines), start=at + 2):
        if any(cell not in (None, "") for cell in line):
            if number > MOST_ROWS:
                raise RefusedError(_("The table has more than 20,000 rows. Please divide it."))
            _understand(
                found, number, {name: line[place] for name, place in places.items() if place < len(line)}, districts
            )
    _check_doubles(found)
    _check_totals(found)
    if not found.rows and not found.problems:
        raise RefusedError(_("The table has headings, but no row below them."))
    return found


def _places(line: Sequence[Any]) -> dict[str, int]:
    folded = [fold(str(cell or "")) for cell in line]
    return {name: folded.index(fold(name)) for name in HEADINGS if fold(name) in folded}


def _missing(places: Mapping[str, int]) -> list[str]:
    return [name for name in NEEDED if name not in places]


class _WrongError(ValueError):
    """What is wrong with one cell."""

    def __init__(self, column: str, text: str) -> None:
        super().__init__(text)
        self.column, self.text = column, text


def _understand(found: Read, line: int, cells: Mapping[str, Any], districts: Mapping[str, int]) -> None:
    """Every cell is looked at, so that all that is wrong in a row is named at once."""
    values: dict[str, Any] = {}
    readers = {
        "Ortsteil": lambda cell: _district(cell, districts),
        "Merkmal": _indicator,
        "Alter von": lambda cell: _age("Alter von", cell, 0),
        "Alter bis": lambda cell: _age("Alter bis", cell, OLDEST),
        "Jahr": _year,
        "Wert": _value,
        "Einheit": _unit,
    }
    before = len(found.problems)
    for column, reader in readers.items():
        try:
            values[column] = reader(cells.get(column))
        except _WrongError as problem:
            found.wrong(line, problem.column, problem.text)
    if len(found.problems) > before or len(values) < len(readers):
        return
    low, high = values["Alter von"], values["Alter bis"]
    if low > high:
        found.wrong(line, "Alter bis", _("The age to which it goes is below that from which it goes."))
    elif values["Einheit"] is Unit.PERCENT and values["Wert"] > 100:
        found.wrong(line, "Wert", _("More than 100 percent is not possible."))
    else:
        row = Row(
            line, values["Ortsteil"], values["Merkmal"], values["Einheit"], low, high, values["Jahr"], values["Wert"]
        )
        (found.rows if row.district else found.totals).append(row)


def _text(column: str, cell: Any) -> str:
    if isinstance(cell, Formula):
        raise _WrongError(column, _("Here stands a formula. Please put in its value."))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())


def _district(cell: Any, districts: Mapping[str, int]) -> int:
    """0 is the sum of all."""
    name = _text("Ortsteil", cell)
    if fold(name) in TOTALS:
        return 0
    if not name or fold(name) not in districts:
        raise _WrongError("Ortsteil", _("“%(name)s” is no district of yours.") % {"name": name[:60]})
    return districts[fold(name)]


def _indicator(cell: Any) -> str:
    name = _text("Merkmal", cell)
    if not name or len(name) > 60:
        raise _WrongError("Merkmal", _("Please say in at most 60 letters what is counted, for example “Einwohner”."))
    return name


def _whole(column: str, cell: Any, low: int, high: int, sentence: str) -> int:
    written = _text(column, cell)
    if not re.fullmatch("[0-9]{1,4}", written, re.ASCII) or not low <= int(written) <= high:
        raise _WrongError(column, sentence % {"value": written[:40]})
    return int(written)


def _age(column: str, cell: Any, usual: int) -> int:
    if cell in (None, ""):
        return usual
    return _whole(column, cell, 0, OLDEST, _("“%(value)s” is no age between 0 and 120."))


def _year(cell: Any) -> int:
    return _whole("Jahr", cell, FIRST_YEAR, LAST_YEAR, _("“%(value)s” is no year, for example 2025."))


def _value(cell: Any) -> Decimal:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell < 10**9:
        return Decimal(str(round(cell, 2)))
    written = _text("Wert", cell)
    if not _NUMBER.fullmatch(written) or len(written) > 15:
        raise _WrongError(
            "Wert",
            _("“%(value)s” is no number we are sure of. Write 1234, 1.234 or 12,5: a point for thousands, a comma for "
              "decimals, nothing below zero.") % {"value": written[:40]},
        )  # fmt: skip
    return Decimal(re.sub(r"[. \u00a0\u202f]", "", written).replace(",", "."))


def _unit(cell: Any) -> Unit:
    written = fold(_text("Einheit", cell))
    if written not in UNITS:
        raise _WrongError("Einheit", _("Please write “Anzahl” or “Prozent”."))
    return UNITS[written]


def _check_doubles(found: Read) -> None:
    seen: dict[tuple[Key, int], int] = {}
    for row in found.rows:
        before = seen.setdefault((row.key, row.district), row.line)
        if before != row.line:
            found.wrong(row.line, "", _("The same figure stands in row %(row)d already.") % {"row": before})
    units: dict[str, Unit] = {}
    for row in found.rows:
        if units.setdefault(row.indicator, row.unit) is not row.unit:
            found.wrong(row.line, "Einheit", _("“%(name)s” has another unit further up.") % {"name": row.indicator})


def _check_totals(found: Read) -> None:
    """A row of all together must be the sum of its districts; of shares no sum can be checked."""
    for total in found.totals:
        if total.unit is Unit.PERCENT:
            continue
        added = sum((row.value for row in found.rows if row.key == total.key), Decimal())
        if added != total.value:
            found.wrong(
                total.line,
                "Wert",
                _("The districts add up to %(sum)s, not to %(total)s.") % {"sum": added, "total": total.value},
            )


def keys_of(rows: Iterable[Row]) -> set[tuple[str, int]]:
    """Which indicators of which years a file has."""
    return {(row.indicator, row.year) for row in rows}
