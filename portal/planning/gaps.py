"""Where something is missing: what there is for an age group beside how many live there, district by district.

A gap is argued, not scored: three signs, each a comparison with the median of the districts, and no index.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.listing.spec import Cell
from portal.planning import areas, sought, tables, ways
from portal.planning.asking import Asked
from portal.planning.definitions import define
from portal.planning.dimensions import AGES, BY_NAME, key_of, narrowed
from portal.planning.matrix import HOURS, hours_of
from portal.planning.models import INHABITANTS
from portal.planning.supply import OFFERS
from portal.planning.tables import Table
from portal.planning.words import number
from portal.taxonomy.models import District

AGE, YEAR, INDICATOR, AROUND = "altersgruppe", "jahr", "merkmal", "umkreis"
DISTANCES = (1, 2, 3, 5)
USUAL_DISTANCE = 2
# By how much worse than the median a value must be to be a sign.
WORSE = 0.1
PER = define(
    "je-1000",
    gettext_lazy("Per 1,000 inhabitants"),
    gettext_lazy(
        "Weekly hours of offers for the age group that count on the day asked for, divided by the inhabitants of this "
        "age in the district, times 1,000. An offer in two districts counts in both. Where fewer than five people "
        "live, nothing is shown."
    ),
    order=50,
)
WAY = define(
    "weg",
    gettext_lazy("Way"),
    gettext_lazy(
        "Which part of the district’s ground lies within the chosen distance of a matching offer, as the crow flies; "
        "paths and buses are not known. Where people live within the district is not known either. Offers online or at "
        "a protected address do not count."
    ),
    order=60,
)
SEARCHES = define(
    "suchen-je-1000",
    gettext_lazy("Searches per 1,000 inhabitants"),
    gettext_lazy(
        "Searches of the period that chose the district (and the topic, where one is chosen), divided by the "
        "inhabitants of the age group, times 1,000. How old who searches is, nobody knows. Told are the "
        "thirds of months of the period that are over, rounded down to fives: fewer than five searches are not shown."
    ),
    order=70,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A district. None: not known, or not to be shown."""

    pk: int
    place: int
    name: str
    people: float | None
    few: bool
    need: float | None
    offers: int
    hours: float
    per: float | None
    way: float | None
    searches: float | None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the districts, each by their number."""

    people: Mapping[int, float]
    need: Mapping[int, float]
    offers: Mapping[int, int]
    hours: Mapping[int, float]
    way: Mapping[int, float]
    searches: Mapping[int, float]

    def row(self, pk: int, place: int, name: str) -> Row:
        """A district; where fewer than five people live, nothing is told of them."""
        known = self.people.get(pk)
        few = known is not None and known < areas.FEWEST
        living = None if few else known
        hours, searches = round(self.hours.get(pk, 0.0), 1), self.searches.get(pk)
        return Row(
            pk=pk,
            place=place,
            name=name,
            people=living,
            few=few,
            need=None if few else self.need.get(pk),
            offers=self.offers.get(pk, 0),
            hours=hours,
            per=round(1000 * hours / living, 1) if living else None,
            way=self.way.get(pk),
            searches=round(1000 * searches / living, 1) if living and searches is not None else None,
        )


@dataclass(frozen=True, slots=True)
class Sign:
    """One of the three, of a district: whether it is there (None: nobody knows), its value and the median."""

    name: str
    given: bool | None
    value: float | None
    middle: float | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A district with its signs, and how many hours it lacks to the median."""

    row: Row
    signs: list[Sign]
    lacking: float | None

    @property
    def number(self) -> int:
        return sum(each.given is True for each in self.signs)


@dataclass
class Gaps:
    """What an address asks for: an age group in a year, perhaps another figure beside it, and a distance."""

    asked: Asked

    @cached_property
    def years(self) -> list[int]:
        return areas.years()

    @cached_property
    def year(self) -> int:
        """The chosen one, else the last; 0 where nobody brought figures yet."""
        wanted = self.asked.given.get(YEAR, "")
        return next((each for each in self.years if str(each) == wanted), self.years[0] if self.years else 0)

    @cached_property
    def ages(self) -> list[tuple[int, int]]:
        """Those of the figures; where there are none, those the supply is told by."""
        return areas.ages_of(self.year) if self.year else list(AGES)

    @cached_property
    def age(self) -> tuple[int, int]:
        wanted = self.asked.given.get(AGE, "")
        return next((each for each in self.ages if key_of(each) == wanted), self.ages[0])

    @cached_property
    def indicators(self) -> list[tuple[str, str]]:
        return areas.indicators_of(self.year, self.age) if self.year else []

    @cached_property
    def indicator(self) -> tuple[str, str] | None:
        """What stands beside the inhabitants, with its unit."""
        wanted = self.asked.given.get(INDICATOR, "")
        return next((each for each in self.indicators if each[0] == wanted), next(iter(self.indicators), None))

    @cached_property
    def distance(self) -> int:
        wanted = self.asked.given.get(AROUND, "")
        return next((each for each in DISTANCES if str(each) == wanted), USUAL_DISTANCE)

    @property
    def params(self) -> dict[str, str]:
        """What the address says of it."""
        found = {YEAR: str(self.year or ""), AGE: key_of(self.age), AROUND: str(self.distance)}
        return found | ({INDICATOR: self.indicator[0]} if self.indicator else {})

    @cached_property
    def rows(self) -> list[Row]:
        """All districts in their order."""
        people = areas.values_of(INHABITANTS, self.year, self.age) if self.year else {}
        need = areas.values_of(self.indicator[0], self.year, self.age) if self.indicator else {}
        known = Known(people, need, *self._supply(), sought.by_district(self.asked))
        names = enumerate(District.objects.values_list("pk", "name"), start=1)
        return [known.row(pk, place, name) for place, (pk, name) in names]

    def _supply(self) -> tuple[dict[int, int], dict[int, float], dict[int, float]]:
        """Offers, weekly hours and reach by district."""
        facts = self.asked.facts
        day = self.asked.day
        mask = facts.public(day, day) & narrowed(facts, self.asked) & facts.aged(*self.age)
        spread = BY_NAME["ort"].spread(facts, self.asked)
        keys = [int(value.key) for value in spread.values]
        hours = (spread.table[mask].T @ hours_of(facts, self.asked)[mask]).tolist()
        kept = mask[facts.point_rows]
        way = ways.within(facts.latitudes[kept], facts.longitudes[kept], self.distance)
        return dict(zip(keys, spread.counts(mask), strict=True)), dict(zip(keys, hours, strict=True)), way

    @cached_property
    def medians(self) -> dict[str, float | None]:
        """Of the districts of which the value is known."""
        return {name: _middle([getattr(row, name) for row in self.rows]) for name in ("per", "way", "searches")}

    @cached_property
    def found(self) -> list[Gap]:
        """Every district with its signs; those with most first, then those where most people live."""
        made = [self._gap(row) for row in self.rows]
        return sorted(made, key=lambda gap: (-gap.number, -(gap.row.people or 0), gap.row.place))

    def _gap(self, row: Row) -> Gap:
        signs = [
            _sign("per", row.per, self.medians["per"], low=True),
            _sign("searches", row.searches, self.medians["searches"], low=False),
            _sign("way", row.way, self.medians["way"], low=True),
        ]
        middle = self.medians["per"]
        lacking = None
        if signs[0].given and middle is not None and row.people is not None:
            lacking = row.people * middle / 1000 - row.hours
        return Gap(row, signs, lacking)


def _middle(values: Sequence[float | None]) -> float | None:
    known = [each for each in values if each is not None]
    return round(median(known), 1) if known else None


def _sign(name: str, value: float | None, middle: float | None, *, low: bool) -> Sign:
    """Whether a value is a tenth worse than the median."""
    if value is None or middle is None:
        return Sign(name, None, value, middle)
    given = (
        value <= middle * (1 - WORSE) and value < middle if low else value >= middle * (1 + WORSE) and value > middle
    )
    return Sign(name, given, value, middle)


def as_table(asked: Asked) -> Table:
    """All districts with all figures; the last row has the medians."""
    gaps = Gaps(asked)
    heads = [_("District"), _("Inhabitants"), gaps.indicator[0] if gaps.indicator else _("Other figure"), _("Offers"),
             _("Weekly hours"), _("… per 1,000"), _("within the distance, %"), _("Searches per 1,000")]  # fmt: skip
    rows: list[Sequence[Cell]] = [
        [row.name, _("under 5") if row.few else _whole(row.people), row.need, row.offers, row.hours, row.per, row.way,
         row.searches]
        for row in gaps.rows
    ]  # fmt: skip
    middle = gaps.medians
    ends: list[Sequence[Cell]] = [
        [_("Median of the districts"), None, None, None, None, middle["per"], middle["way"], middle["searches"]]
    ]
    notes = [
        _("Age group: %(age)s. Inhabitants of %(year)s. Distance: %(distance)s km.")
        % {"age": key_of(gaps.age), "year": gaps.year or "–", "distance": number(gaps.distance)}
    ]
    return Table(
        "luecken", _("Figures of the districts"), heads, rows, (OFFERS, HOURS, PER, WAY, SEARCHES), ends, notes
    )


def _whole(value: float | None) -> int | float | None:
    return int(value) if value is not None and value.is_integer() else value


tables.register("luecken", as_table)
