"""Which figures of small areas may be told: none of fewer than five people, and none that lets anybody work one out.

Whoever brought the figures has the file; pages, files and reports go to people who have not. So where a number is not
told, one more of the same district goes untold as long as the rest would tell it: of inhabitants from 0 to 5 and from 3
to 5 everybody could take the difference. A share in percent is looked at as the number of people it means.
"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from core.lazy import lazy
from portal.planning.models import FEWEST, INHABITANTS, AreaFigure, Unit

if TYPE_CHECKING:
    import numpy as np
else:
    np = lazy("numpy")

Ages = tuple[int, int]
# Of one district: the value of each age group.
Values = Mapping[Ages, float]


def told_of(indicator: str, year: int, ages: Ages) -> dict[int, float | None]:
    """A figure by district; None where it is not to be told. One statement."""
    units: dict[int, str] = {}
    values: dict[int, dict[Ages, float]] = {}
    people: dict[int, dict[Ages, float]] = {}
    rows = AreaFigure.objects.filter(indicator__in={indicator, INHABITANTS}, year=year).order_by()
    for name, unit, pk, low, high, value in rows.values_list(
        "indicator", "unit", "district_id", "from_age", "to_age", "value"
    ):
        if name == INHABITANTS and unit == Unit.NUMBER:
            people.setdefault(pk, {})[low, high] = float(value)
        if name == indicator:
            values.setdefault(pk, {})[low, high] = float(value)
            units[pk] = unit
    return {
        pk: None if ages in untold(found, few_of(indicator, units[pk], found, people.get(pk, {}))) else found[ages]
        for pk, found in values.items()
        if ages in found
    }


def few_of(indicator: str, unit: str, values: Values, people: Values) -> set[Ages]:
    """The age groups in which a figure is of fewer than five people, or tells something of so few."""
    if indicator == INHABITANTS:
        return {ages for ages, value in values.items() if value < FEWEST}
    found = {ages for ages in values if people.get(ages, FEWEST) < FEWEST}
    for ages, value in values.items():
        number = value if unit == Unit.NUMBER else value * people.get(ages, 0) / 100
        # A share is rounded: 2.2 % of 200 are 4.4, four people.
        if 0 < number < (FEWEST if unit == Unit.NUMBER else FEWEST - 0.5):
            found.add(ages)
    return found


def untold(values: Values, few: Collection[Ages]) -> set[Ages]:
    """The few, and as many more as it takes that none of them is a sum or difference of what is told: the smallest
    first, of which least is lost."""
    hidden = set(few)
    for each in sorted(few):
        while _follows(each, told := [ages for ages in values if ages not in hidden]):
            told.sort(key=lambda ages: (values[ages], ages))
            keeping = (ages for ages in told if not _follows(each, [other for other in told if other != ages]))
            hidden.add(next(keeping, told[0]))
    return hidden


def _follows(wanted: Ages, told: list[Ages]) -> bool:
    """Whether the number of an age group can be reckoned from those of others: then, as ones and noughts over the
    years between all limits, it is one of their sums and differences."""
    if not told:
        return False
    limits = sorted({edge for low, high in (*told, wanted) for edge in (low, high + 1)})

    def row(ages: Ages) -> list[int]:
        return [int(ages[0] <= begin <= ages[1]) for begin in limits[:-1]]

    known: Any = np.array([row(ages) for ages in told])
    both = np.vstack([known, row(wanted)])
    return bool(np.linalg.matrix_rank(both) == np.linalg.matrix_rank(known))
