"""From a table of small-area figures to rows, or to everything that is wrong with it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from core.text import fold
from portal.planning.models import FIRST_YEAR, LAST_YEAR, Unit
from portal.planning.table_reading import Problems, WrongError, cells_of, district, no_rows, text, whole
from portal.taxonomy.models import OLDEST

HEADINGS = ("Ortsteil", "Merkmal", "Alter von", "Alter bis", "Jahr", "Wert", "Einheit")
NEEDED = HEADINGS[:2] + HEADINGS[4:6]
# A row of this “district” is the sum of the others and checks them; it is not kept.
TOTALS = frozenset({"gesamt", "summe", "insgesamt"})
UNITS = {"": Unit.NUMBER, "anzahl": Unit.NUMBER, "zahl": Unit.NUMBER, "prozent": Unit.PERCENT, "%": Unit.PERCENT}
# “1.234”, “1 234” and “1.234,5”, “1234,5”; never “1,234.5”, never “1.5” or “0.125”: nobody knows what that is meant
# to be.
_NUMBER = re.compile(r"[1-9]\d{0,2}(?:[. \u00a0\u202f]\d{3})+(?:,\d{1,2})?|\d+(?:,\d{1,2})?", re.ASCII)
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


@dataclass
class Read(Problems):
    """What the file says, and what is wrong with it."""

    rows: list[Row] = field(default_factory=list)
    totals: list[Row] = field(default_factory=list)


def read(upload: Any, districts: Mapping[str, int]) -> Read:
    """A file's figures; `districts` are numbers by folded name. Raises RefusedError where it is no such table."""
    found = Read()
    for line, cells in cells_of(upload, HEADINGS, NEEDED):
        _understand(found, line, cells, districts)
    _check_doubles(found)
    _check_totals(found)
    if not found.rows and not found.problems:
        raise no_rows()
    return found


def _understand(found: Read, line: int, cells: Mapping[str, Any], districts: Mapping[str, int]) -> None:
    readers: dict[str, Callable[[], Any]] = {
        "Ortsteil": partial(_district, cells.get("Ortsteil"), districts),
        "Merkmal": partial(_indicator, cells.get("Merkmal")),
        "Alter von": partial(_age, "Alter von", cells.get("Alter von"), 0),
        "Alter bis": partial(_age, "Alter bis", cells.get("Alter bis"), OLDEST),
        "Jahr": partial(_year, cells.get("Jahr")),
        "Wert": partial(_value, cells.get("Wert")),
        "Einheit": partial(_unit, cells.get("Einheit")),
    }
    values = found.understood(line, readers)
    if values is None:
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


def _district(cell: Any, districts: Mapping[str, int]) -> int:
    """0 is the sum of all."""
    return 0 if fold(text("Ortsteil", cell)) in TOTALS else district("Ortsteil", cell, districts)


def _indicator(cell: Any) -> str:
    name = text("Merkmal", cell)
    if not name or len(name) > 60:
        raise WrongError("Merkmal", _("Please say in at most 60 letters what is counted, for example “Einwohner”."))
    return name


def _age(column: str, cell: Any, usual: int) -> int:
    if cell in (None, ""):
        return usual
    return whole(column, cell, 0, OLDEST, _("“%(value)s” is no age between 0 and 120."))


def _year(cell: Any) -> int:
    return whole("Jahr", cell, FIRST_YEAR, LAST_YEAR, _("“%(value)s” is no year, for example 2025."))


def _value(cell: Any) -> Decimal:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell < 10**9:
        return Decimal(str(round(cell, 2)))
    written = text("Wert", cell)
    if not _NUMBER.fullmatch(written) or len(written) > 15:
        raise WrongError(
            "Wert",
            _("“%(value)s” is no number we are sure of. Write 1234, 1.234 or 12,5: a point for thousands, a comma for "
              "decimals, nothing below zero.") % {"value": written[:40]},
        )  # fmt: skip
    return Decimal(re.sub(r"[. \u00a0\u202f]", "", written).replace(",", "."))


def _unit(cell: Any) -> Unit:
    written = fold(text("Einheit", cell))
    if written not in UNITS:
        raise WrongError("Einheit", _("Please write “Anzahl” or “Prozent”."))
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
