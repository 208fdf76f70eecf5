"""Where something is missing: what there is for an age group beside how many live there, district by district.

A gap is argued, not scored: three signs, each a comparison with the median of the districts, and no index.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.listing.spec import Cell
from portal.planning import areas, reach, sought, tables
from portal.planning.asking import Asked
from portal.planning.definitions import define
from portal.planning.dimensions import AGES, BY_NAME, forgotten, key_of, narrowed, uncounted, words_of
from portal.planning.matrix import HOURS, hours_by_district, per_1000
from portal.planning.models import FEWEST, INHABITANTS
from portal.planning.reach import WAY, Chosen, Reach
from portal.planning.small_numbers import told_of
from portal.planning.supply import OFFERS
from portal.planning.tables import Table
from portal.taxonomy.models import District

AGE, YEAR, INDICATOR = "altersgruppe", "jahr", "merkmal"
# Names of medians: ways are compared with those that are measured alike.
WAY_BY_MINUTES, WAY_STRAIGHT = "way_minutes", "way_straight"
PER = define(
    "je-1000",
    gettext_lazy("Per 1,000 inhabitants"),
    gettext_lazy(
        "Weekly hours of offers for the age group that count on the day asked for, divided by the inhabitants of this "
        "age in the district, times 1,000. An offer in two districts counts in both; one that says no ages, and has no "
        "target group that does, in no age group. Where fewer than five people live, nothing is shown."
    ),
    order=50,
)
SEARCHES = define(
    "suchen-je-1000",
    gettext_lazy("Searches per 1,000 inhabitants"),
    gettext_lazy(
        "Searches of the period that chose the district (and the topic or one below it, where one is chosen; who "
        "chooses two of these counts twice), divided by the inhabitants of the age group, times 1,000. Other filters "
        "change nothing here. How old who searches is, nobody knows. Told are the thirds of months of the period that "
        "are over, rounded down to fives: fewer than five searches are not shown."
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
    # Whether the way is a share of inhabitants by minutes; else it is one of the ground as the crow flies.
    by_minutes: bool
    searches: float | None

    @property
    def kind_of_way(self) -> str:
        """With what its way can be compared: a name of `Gaps.medians`."""
        return WAY_BY_MINUTES if self.by_minutes else WAY_STRAIGHT


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the districts, each by their number."""

    # None: not to be told (`small_numbers`).
    people: Mapping[int, float | None]
    need: Mapping[int, float | None]
    offers: Mapping[int, int]
    hours: Mapping[int, float]
    way: Reach
    searches: Mapping[int, float]

    def row(self, pk: int, place: int, name: str) -> Row:
        """A district; where fewer than five people live, nothing is told of them."""
        known = self.people.get(pk)
        few = known is not None and known < FEWEST
        living = None if few else known
        by_minutes = pk in self.way.in_minutes
        hours, searches = self.hours.get(pk, 0.0), self.searches.get(pk)
        return Row(
            pk=pk,
            place=place,
            name=name,
            people=living,
            few=few,
            need=None if few else self.need.get(pk),
            offers=self.offers.get(pk, 0),
            hours=round(hours, 1),
            per=per_1000(hours, living) if living else None,
            way=None if few and by_minutes else self.way.shares.get(pk),
            by_minutes=by_minutes,
            searches=per_1000(searches, living) if living and searches is not None else None,
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
    """A district with its signs, how many hours it lacks to the median, and how its way is measured."""

    row: Row
    signs: list[Sign]
    lacking: float | None
    way: str

    @property
    def number(self) -> int:
        return sum(each.given is True for each in self.signs)

    @property
    def is_known(self) -> bool:
        """Whether anything tells how much is on offer and how much is sought: the way alone judges nobody."""
        return any(each.given is not None for each in self.signs if each.name != "way")


@dataclass
class Gaps:
    """What an address asks for: an age group in a year, perhaps another figure beside it, and a distance."""

    asked: Asked

    @classmethod
    def of(cls, asked: Asked) -> "Gaps":
        """The one of a page: its parts read it once."""
        found: Gaps = asked.kept.setdefault("gaps", None) or cls(asked)
        asked.kept["gaps"] = found
        return found

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
    def chosen(self) -> Chosen:
        """How ways are measured."""
        return reach.chosen_by(self.asked)

    @cached_property
    def has_minutes(self) -> bool:
        """Whether any travel times were brought."""
        return bool(reach.known().files)

    @property
    def params(self) -> dict[str, str]:
        """What the address says of it."""
        found = {YEAR: str(self.year or ""), AGE: key_of(self.age)} | self.chosen.params
        return found | ({INDICATOR: self.indicator[0]} if self.indicator else {})

    @cached_property
    def rows(self) -> list[Row]:
        """All districts in their order."""
        told = told_of(INHABITANTS, self.year, self.age) if self.year else {}
        brought = areas.values_of(INHABITANTS, self.year, self.age) if self.year else {}
        # Where it says “under 5”, that is what is told; what goes untold for the sake of others is a dash.
        people = {pk: value if value < FEWEST else told[pk] for pk, value in brought.items()}
        need = told_of(self.indicator[0], self.year, self.age) if self.indicator else {}
        known = Known(people, need, *self._supply(), sought.by_district(self.asked))
        names = enumerate(District.objects.values_list("pk", "name"), start=1)
        return [known.row(pk, place, name) for place, (pk, name) in names]

    def _supply(self) -> tuple[dict[int, int], dict[int, float], Reach]:
        """Offers, weekly hours and reach by district."""
        facts = self.asked.facts
        day = self.asked.day
        mask = facts.public(day, day) & narrowed(facts, self.asked) & facts.aged(*self.age)
        spread = BY_NAME["ort"].spread(facts, self.asked)
        keys = [int(value.key) for value in spread.values]
        way = reach.reach(facts, mask, self.chosen)
        hours = hours_by_district(facts, self.asked, mask)
        return dict(zip(keys, spread.counts(mask), strict=True)), hours, way

    @cached_property
    def medians(self) -> dict[str, float | None]:
        """Of the districts of which the value is known; ways by minutes and as the crow flies each among themselves."""
        found = {name: _middle([getattr(row, name) for row in self.rows]) for name in ("per", "searches")}
        for kind in (WAY_BY_MINUTES, WAY_STRAIGHT):
            found[kind] = _middle([row.way for row in self.rows if row.kind_of_way == kind])
        return found

    def way_of(self, row: Row) -> str:
        """How the way of a district is measured."""
        return self.chosen.in_minutes if row.by_minutes else self.chosen.straight

    @property
    def tells_ways(self) -> bool:
        """Whether ways are measured in two manners, so that each has to say in which."""
        return any(row.by_minutes for row in self.rows)

    @property
    def ways_in_words(self) -> str:
        """How the way of which districts is measured."""
        told = [row.name for row in self.rows if row.by_minutes]
        if not told:
            return _("Way: %(straight)s.") % {"straight": self.chosen.straight}
        others = [row.name for row in self.rows if not row.by_minutes]
        said = _("Way by minutes (%(minutes)s): %(names)s.") % {
            "minutes": self.chosen.in_minutes, "names": ", ".join(told)
        }  # fmt: skip
        if not others:
            return said
        return f"{said} " + _("As the crow flies (%(straight)s), as no such times are known: %(names)s.") % {
            "straight": self.chosen.straight, "names": ", ".join(others)
        }  # fmt: skip

    @cached_property
    def found(self) -> list[Gap]:
        """Every district with its signs; those with most first, then those where most people live."""
        made = [self._gap(row) for row in self.rows]
        return sorted(made, key=lambda gap: (-gap.number, -(gap.row.people or 0), gap.row.place))

    def _gap(self, row: Row) -> Gap:
        signs = [
            _sign("per", row.per, self.medians["per"], low=True),
            _sign("searches", row.searches, self.medians["searches"], low=False),
            _sign("way", row.way, self.medians[row.kind_of_way], low=True),
        ]
        middle = self.medians["per"]
        lacking = None
        if signs[0].given and middle is not None and row.people is not None:
            lacking = row.people * middle / 1000 - row.hours
        return Gap(row, signs, lacking, self.way_of(row))


def _middle(values: Sequence[float | None]) -> float | None:
    known = [each for each in values if each is not None]
    return round(median(known), 1) if known else None


def _sign(name: str, value: float | None, middle: float | None, *, low: bool) -> Sign:
    """Whether a value is a tenth worse than the median, as both are shown: reckoned in whole tenths, because 10 times
    1.1 is more than 11 for a computer."""
    if value is None or middle is None:
        return Sign(name, None, value, middle)
    here, there = round(10 * value), round(10 * middle)
    worse = there - here if low else here - there
    return Sign(name, worse > 0 and 10 * worse >= there, value, middle)


def as_table(asked: Asked) -> Table:
    """All districts with all figures; the last rows have the medians."""
    gaps = Gaps.of(asked)
    told = gaps.tells_ways
    heads = [_("District"), _("Inhabitants"), gaps.indicator[0] if gaps.indicator else _("Other figure"), _("Offers"),
             _("Weekly hours"), _("… per 1,000"), _("within reach, %"), *([_("Way")] if told else []),
             _("Searches per 1,000")]  # fmt: skip
    rows: list[Sequence[Cell]] = [
        [row.name, _("under 5") if row.few else _whole(row.people), row.need, row.offers, row.hours, row.per, row.way,
         *([_way(row)] if told else []), row.searches]
        for row in gaps.rows
    ]  # fmt: skip
    age = _("Age group: %(age)s.") % {"age": words_of(gaps.age)}
    if gaps.year:
        age += " " + _("Inhabitants of %(year)d.") % {"year": gaps.year}
    notes = [*sources_of(gaps), f"{age} {gaps.ways_in_words}", *uncounted(asked), *forgotten(asked.day), *_untold(gaps)]
    about = (OFFERS, HOURS, PER, WAY, SEARCHES)
    return Table("luecken", _("Figures of the districts"), heads, rows, about, _medians(gaps), notes)


def _untold(gaps: Gaps) -> list[str]:
    """What protects few people, where there are figures of any."""
    if not gaps.year:
        return []
    return [
        _(
            "Fewer than five people are never shown, nor what else is known of so few; nor a number from which theirs "
            "could be reckoned."
        )
    ]


def sources_of(gaps: Gaps) -> list[str]:
    """Where the figures and times come from, and as of when."""
    told = [(_("Figures"), areas.sources_of(gaps.year) if gaps.year else [])]
    told.append((_("Travel times"), reach.sources() if gaps.tells_ways else []))
    return [
        _("%(what)s: %(sources)s.") % {
            "what": what,
            "sources": "; ".join(
                _("%(name)s, as of %(day)s") % {"name": name, "day": date_format(day, "SHORT_DATE_FORMAT")}
                for name, day in found
            ),
        }
        for what, found in told if found
    ]  # fmt: skip


def _way(row: Row) -> str:
    return _("minutes") if row.by_minutes else _("as the crow flies")


def _medians(gaps: Gaps) -> list[Sequence[Cell]]:
    """Where ways are measured in two manners, in two rows."""
    middle, start = gaps.medians, _("Median of the districts")
    if not gaps.tells_ways:
        return [[start, None, None, None, None, middle["per"], middle[WAY_STRAIGHT], middle["searches"]]]
    ends: list[Sequence[Cell]] = [
        [start, None, None, None, None, middle["per"], middle[WAY_BY_MINUTES], _("minutes"), middle["searches"]]
    ]
    if not all(row.by_minutes for row in gaps.rows):
        ends.append([start, None, None, None, None, None, middle[WAY_STRAIGHT], _("as the crow flies"), None])
    return ends


def _whole(value: float | None) -> int | float | None:
    return int(value) if value is not None and value.is_integer() else value


tables.register("luecken", as_table)
