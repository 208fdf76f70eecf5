"""What districts can be compared by: figures that were brought, and what is on offer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from portal.planning import areas
from portal.planning.asking import Asked
from portal.planning.dimensions import BY_NAME, narrowed, words_of
from portal.planning.matrix import hours_of
from portal.planning.models import FEWEST, INHABITANTS, AreaFigure, Unit
from portal.planning.supply import OFFERS
from portal.taxonomy.models import OLDEST

Values = dict[int, float | None]


@dataclass(frozen=True, slots=True)
class Indicator:
    """`key` is how it is kept; `counts` says exactly what it is; `values` by district, None where not to be shown."""

    key: str
    label: str
    counts: str
    values: Callable[[Asked], Values]


def _ages(low: int, high: int) -> str:
    return _("all ages") if (low, high) == (0, OLDEST) else words_of((low, high))


def _brought(indicator: str, unit: str, year: int, ages: tuple[int, int], _asked: Asked) -> Values:
    """Fewer than five people are never shown, nor what else is known of so few."""
    people = areas.values_of(INHABITANTS, year, ages)
    found: Values = dict(areas.values_of(indicator, year, ages))
    for pk, value in found.items():
        few = people.get(pk, FEWEST) < FEWEST
        if few or (unit == Unit.NUMBER and value is not None and 0 < value < FEWEST):
            found[pk] = None
    return found


def _offers(asked: Asked) -> Values:
    facts = asked.facts
    spread = BY_NAME["ort"].spread(facts, asked)
    counts = spread.counts(facts.public(asked.day, asked.day) & narrowed(facts, asked))
    return {int(value.key): float(count) for value, count in zip(spread.values, counts, strict=True)}


def _hours(asked: Asked) -> Values:
    facts = asked.facts
    spread = BY_NAME["ort"].spread(facts, asked)
    mask = facts.public(asked.day, asked.day) & narrowed(facts, asked)
    hours = (spread.table[mask].T @ hours_of(facts, asked)[mask]).tolist()
    return {int(value.key): round(float(each), 1) for value, each in zip(spread.values, hours, strict=True)}


def _hours_each(year: int, asked: Asked) -> Values:
    people = areas.values_of(INHABITANTS, year, (0, OLDEST)) or _sums(year)
    return {
        pk: round(1000 * (hours or 0) / people[pk], 1) if people.get(pk, 0) >= FEWEST else None
        for pk, hours in _hours(asked).items()
    }


def _sums(year: int) -> Mapping[int, float]:
    """Inhabitants of all ages, where only age groups were brought: those that do not overlap, added."""
    found: dict[int, float] = {}
    reached = -1
    for low, high in sorted(areas.ages_of(year)):
        if low > reached:
            reached = high
            for pk, value in areas.values_of(INHABITANTS, year, (low, high)).items():
                found[pk] = found.get(pk, 0.0) + value
    return found


def known() -> dict[str, Indicator]:
    """All that can be chosen at this moment, by their keys."""
    made = [
        Indicator("angebote", _("Offers"), str(OFFERS.counts), _offers),
        Indicator("stunden", _("Weekly hours"), _("Weekly hours of all offers in the district."), _hours),
    ]
    years = areas.years()
    if years:
        label = _("Weekly hours per 1,000 inhabitants")
        counts = _("Weekly hours of all offers in the district, divided by its inhabitants of %(year)d, times 1,000.")
        made.append(Indicator("stunden-je-1000", label, counts % {"year": years[0]}, partial(_hours_each, years[0])))
    rows = AreaFigure.objects.order_by("indicator", "-year", "from_age", "to_age")
    found = rows.values_list("indicator", "unit", "year", "from_age", "to_age").distinct()
    for name, unit, year, low, high in found:
        key, said = f"z:{year}:{low}-{high}:{name}", {"name": name, "ages": _ages(low, high), "year": year}
        counts = _("%(name)s, %(ages)s, %(unit)s, %(year)d, as brought by your statistics.") % {
            **said, "unit": Unit(unit).label
        }  # fmt: skip
        label = _("%(name)s, %(ages)s, %(year)d") % said
        made.append(Indicator(key, label, counts, partial(_brought, name, unit, year, (low, high))))
    return {each.key: each for each in made}
