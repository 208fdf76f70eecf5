"""Two dimensions against each other: how many offers, or hours a week, lie in each field, and which offers they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.lazy import lazy
from portal.listing.spec import Cell
from portal.planning import tables
from portal.planning.asking import Asked
from portal.planning.definitions import Definition, define
from portal.planning.dimensions import (
    BY_NAME,
    NONE,
    OF_WEEK,
    Dimension,
    Spread,
    Value,
    forgotten,
    narrowed,
    uncounted,
    week_of,
)
from portal.planning.facts import Facts
from portal.planning.supply import OFFERS
from portal.planning.tables import Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
else:
    np, Mask = lazy("numpy"), Any

ROWS, COLUMNS, ROW, COLUMN, MEASURE = "zeilen", "spalten", "zeile", "spalte", "mass"
USUAL = ("ort", "alter")
HOURS = define(
    "wochenstunden",
    gettext_lazy("Weekly hours"),
    gettext_lazy(
        "Counted are the hours of all dates with a beginning and an end that begin in the week of the day asked for, "
        "of offers that count on that day. A date over several days counts from its beginning to its end, nights "
        "included. Offers without such dates in this week have none; how many people take part is not known."
    ),
    order=40,
)
MEASURES = {each.name: each for each in (OFFERS, HOURS)}


def hours_of(facts: Facts, asked: Asked) -> Any:
    """Hours in the week of the day asked for, of each row."""
    week = week_of(facts, asked.day)
    return np.bincount(week.rows, week.minutes, facts.size) / 60


def hours_by_district(facts: Facts, asked: Asked, mask: Mask) -> dict[int, float]:
    """Hours in that week of the rows of a mask, by the number of the district; those in two count in both."""
    spread = BY_NAME["ort"].spread(facts, asked)
    hours = (spread.table[mask].T.astype(np.float64) @ hours_of(facts, asked)[mask]).tolist()
    return {int(value.key): each for value, each in zip(spread.values, hours, strict=True)}


def per_1000(number: float, people: float) -> float:
    """Divided by people, times 1,000, with one digit; of the exact number, not of one that is rounded already."""
    return round(1000 * number / people, 1)


@dataclass
class Matrix:
    """Two dimensions on the day asked for. Offers without a value stand in a row or column of their own."""

    asked: Asked
    rows: Dimension
    columns: Dimension
    measure: Definition

    @cached_property
    def facts(self) -> Facts:
        return self.asked.facts

    @cached_property
    def mask(self) -> Mask:
        """Which offers count at all."""
        found: Mask = self.facts.public(self.asked.day, self.asked.day) & narrowed(self.facts, self.asked)
        return found

    @cached_property
    def spreads(self) -> tuple[Spread, Spread]:
        """Of the rows and of the columns."""
        return self.rows.spread(self.facts, self.asked), self.columns.spread(self.facts, self.asked)

    @cached_property
    def weights(self) -> Any:
        """What each offer counts: one, or its hours."""
        return np.ones(self.facts.size) if self.measure is OFFERS else hours_of(self.facts, self.asked)

    def _sides(self) -> tuple[Any, Any]:
        """For rows and columns which offers have which value; the last place is those that state none."""
        both = []
        for spread in self.spreads:
            table = np.hstack([spread.table, (~spread.known).astype(np.float32)[:, None]])
            both.append(table[self.mask])
        return both[0], both[1]

    @cached_property
    def numbers(self) -> tuple[list[list[float]], list[float], list[float], float]:
        """The fields by row and column, the sums of rows and of columns (each offer once), and of all."""
        left, right = self._sides()
        weights = self.weights[self.mask]
        fields = left.T.astype(np.float64) @ (right * weights[:, None])
        return (
            [[self._told(each) for each in row] for row in fields.tolist()],
            [self._told(each) for each in (left.T @ weights).tolist()],
            [self._told(each) for each in (right.T @ weights).tolist()],
            self._told(float(weights.sum())),
        )

    def _told(self, value: float) -> float:
        return round(value) if self.measure is OFFERS else round(value, 1)

    def values(self, side: int) -> list[tuple[int, Value]]:
        """What stands beside the rows (0) or above the columns (1), with its place; “not stated” where there is any."""
        spread = self.spreads[side]
        found = list(enumerate(spread.values))
        if bool((self.mask & ~spread.known).any()):
            found.append((len(spread.values), Value(NONE, _("not stated"))))
        return found

    def field(self, row: str, column: str) -> Mask:
        """The offers of a field; an empty key is the whole row or column."""
        found = self.mask
        for spread, key in zip(self.spreads, (row, column), strict=True):
            found = found & spread.having(key) if key else found
        return found

    @property
    def params(self) -> dict[str, str]:
        """What the address says of it."""
        measure = "" if self.measure is OFFERS else self.measure.name
        return {ROWS: self.rows.name, COLUMNS: self.columns.name, MEASURE: measure}

    @property
    def title(self) -> str:
        return _("%(what)s by %(rows)s and %(columns)s") % {
            "what": self.measure.label,
            "rows": self.rows.label,
            "columns": self.columns.label,
        }

    @property
    def notes(self) -> list[str]:
        """What is to be known of its dimensions, each sentence once."""
        said = [str(each.note) for each in (self.rows, self.columns) if each.note]
        of_week = self.measure is HOURS or {self.rows.name, self.columns.name} & OF_WEEK
        lost = [*uncounted(self.asked), *(forgotten(self.asked.day) if of_week else [])]
        return list(dict.fromkeys([*said, *lost]))


def asked_for(asked: Asked) -> Matrix:
    """The matrix that an address asks for; what is unknown is the usual one, and both sides never the same."""
    names = [asked.given.get(name, "") for name in (ROWS, COLUMNS)]
    for name in names:
        if name and name not in BY_NAME:
            asked.period.notes.append(_("We do not know “%(value)s” and left it out.") % {"value": name[:40]})
    rows, columns = (name if name in BY_NAME else usual for name, usual in zip(names, USUAL, strict=True))
    if rows == columns:
        columns = next(name for name in (*reversed(USUAL), *BY_NAME) if name != rows)
    measure = MEASURES.get(asked.given.get(MEASURE, ""), OFFERS)
    return Matrix(asked, BY_NAME[rows], BY_NAME[columns], measure)


def as_table(asked: Asked) -> Table:
    """The matrix as a table, with sums that count each offer once."""
    matrix = asked_for(asked)
    fields, of_rows, of_columns, whole = matrix.numbers
    columns = matrix.values(1)
    rows: list[Sequence[Cell]] = [
        [value.label, *(fields[at][place] for place, _value in columns), of_rows[at]] for at, value in matrix.values(0)
    ]
    ends: list[Sequence[Cell]] = [[_("all, each offer once"), *(of_columns[place] for place, _value in columns), whole]]
    heads = [str(matrix.rows.label), *(value.label for _place, value in columns), _("Together, each offer once")]
    return Table("matrix", matrix.title, heads, rows, (matrix.measure,), ends, matrix.notes)


tables.register("matrix", as_table)
