"""What districts can be compared by: figures that were brought, and what is on offer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from portal.planning import areas
from portal.planning.asking import Asked
from portal.planning.dimensions import BY_NAME, narrowed, words_of
from portal.planning.matrix import hours_by_district, per_1000
from portal.planning.models import FEWEST, INHABITANTS, AreaFigure, Unit
from portal.planning.small_numbers import told_of
from portal.planning.supply import OFFERS
from portal.taxonomy.models import OLDEST

Values = dict[int, float | None]
Ages = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Indicator:
    """`key` is how it is kept; `counts` says exactly what it is; `values` by district, None where not to be shown."""

    key: str
    label: str
    counts: str
    values: Callable[[Asked], Values]


def _ages(low: int, high: int) -> str:
    return _("all ages") if (low, high) == (0, OLDEST) else words_of((low, high))


def _brought(indicator: str, year: int, ages: tuple[int, int], _asked: Asked) -> Values:
    """Fewer than five people are never shown, nor what else is known of so few."""
    return told_of(indicator, year, ages)


def _offers(asked: Asked) -> Values:
    facts = asked.facts
    spread = BY_NAME["ort"].spread(facts, asked)
    counts = spread.counts(facts.public(asked.day, asked.day) & narrowed(facts, asked))
    return {int(value.key): float(count) for value, count in zip(spread.values, counts, strict=True)}


def _hours(asked: Asked) -> Values:
    return {pk: round(each, 1) for pk, each in _exact_hours(asked).items()}


def _exact_hours(asked: Asked) -> dict[int, float]:
    facts = asked.facts
    return hours_by_district(facts, asked, facts.public(asked.day, asked.day) & narrowed(facts, asked))


def _hours_each(year: int, groups: Sequence[Ages], asked: Asked) -> Values:
    people: dict[int, float] = {}
    for ages in groups:
        for pk, value in areas.values_of(INHABITANTS, year, ages).items():
            people[pk] = people.get(pk, 0.0) + value
    # A number that is not told cannot be reckoned from the hours either.
    untold = {pk for pk, value in told_of(INHABITANTS, year, groups[0]).items() if value is None and len(groups) == 1}
    return {
        pk: per_1000(hours, people[pk]) if people.get(pk, 0) >= FEWEST and pk not in untold else None
        for pk, hours in _exact_hours(asked).items()
    }


def _apart(year: int) -> list[Ages]:
    """All inhabitants, where they were brought as one figure; else age groups that do not overlap."""
    known = sorted(areas.ages_of(year))
    if (0, OLDEST) in known:
        return [(0, OLDEST)]
    found: list[Ages] = []
    for low, high in known:
        if not found or low > found[-1][1]:
            found.append((low, high))
    return found


def _stretches(groups: Sequence[Ages]) -> str:
    """Groups that follow each other are told as one: “0 to 17, 65 and older”."""
    joined: list[Ages] = []
    for low, high in groups:
        if joined and low == joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], high)
        else:
            joined.append((low, high))
    return ", ".join(_ages(*each) for each in joined)


def known() -> dict[str, Indicator]:
    """All that can be chosen at this moment, by their keys."""
    made = [
        Indicator("angebote", _("Offers"), str(OFFERS.counts), _offers),
        Indicator("stunden", _("Weekly hours"), _("Weekly hours of all offers in the district."), _hours),
    ]
    years = areas.years()
    if years:
        label = _("Weekly hours per 1,000 inhabitants")
        groups = _apart(years[0])
        counts = _(
            "Weekly hours of all offers in the district, divided by its inhabitants of %(year)d (%(ages)s), "
            "times 1,000."
        ) % {"year": years[0], "ages": _stretches(groups)}
        made.append(Indicator("stunden-je-1000", label, counts, partial(_hours_each, years[0], groups)))
    rows = AreaFigure.objects.order_by("indicator", "-year", "from_age", "to_age")
    found = rows.values_list("indicator", "unit", "year", "from_age", "to_age").distinct()
    for name, unit, year, low, high in found:
        key, said = f"z:{year}:{low}-{high}:{name}", {"name": name, "ages": _ages(low, high), "year": year}
        counts = _("%(name)s, %(ages)s, %(unit)s, %(year)d, as brought by your statistics.") % {
            **said, "unit": Unit(unit).label
        }  # fmt: skip
        label = _("%(name)s, %(ages)s, %(year)d") % said
        made.append(Indicator(key, label, counts, partial(_brought, name, year, (low, high))))
    return {each.key: each for each in made}
