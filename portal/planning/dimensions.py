"""By what offers are told apart: which values a dimension has, and which offers have which.

An offer may have several values of a dimension (two districts, three age groups) and then counts with each of them;
sums count it once. Offers without any are told apart as “not stated”, never left out in silence.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.lazy import lazy
from portal.offers.choices import Accessibility, CostKind
from portal.offers.languages import language_name
from portal.offers.ledger import numbers
from portal.planning.asking import CATEGORY, COSTS, DISTRICT, GROUP, Asked
from portal.planning.facts import ACCESS, Facts
from portal.planning.facts import COSTS as COST_KINDS
from portal.providers.models import Carrier
from portal.search.links import Links
from portal.taxonomy.models import OLDEST, District, TargetGroup
from portal.taxonomy.tree import load_tree

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Mask = NDArray[np.bool_]
else:
    np, Numbers, Mask = lazy("numpy"), Any, Any

AGES = ((0, 2), (3, 5), (6, 9), (10, 13), (14, 17), (18, 26), (27, 64), (65, OLDEST))
# Where a day begins and ends for “when”: hours of the beginning.
HOURS = ((0, 8), (8, 12), (12, 15), (15, 18), (18, 24))
NONE = "ohne"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a dimension; `key` stands in addresses."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Spread:
    """The values of a dimension in their order, and which rows have which: pairs of a row and a place among them."""

    values: list[Value]
    rows: Numbers
    places: Numbers
    size: int

    @property
    def table(self) -> Any:
        """Row by value, 1 where a row has it."""
        table = np.zeros((self.size, len(self.values)), np.float32)
        table[self.rows, self.places] = 1
        return table

    @property
    def known(self) -> Mask:
        """Rows that have any value."""
        found = np.zeros(self.size, bool)
        found[self.rows] = True
        return found

    def counts(self, mask: Mask) -> list[int]:
        """How many rows of the mask have each value."""
        found: list[int] = np.bincount(self.places[mask[self.rows]], minlength=len(self.values)).tolist()
        return found

    def having(self, key: str) -> Mask:
        """Rows with a value, or with none of them (`NONE`)."""
        if key == NONE:
            return ~self.known
        found = np.zeros(self.size, bool)
        place = next((number for number, each in enumerate(self.values) if each.key == key), -1)
        found[self.rows[self.places == place]] = True
        return found


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to tell offers apart. `spread` is told the day on which is counted; `note` stands below the table."""

    name: str
    label: Promise
    spread: Callable[[Facts, Asked], Spread]
    note: Promise | None = None


def narrowed(facts: Facts, asked: Asked) -> Mask:
    """The rows that fit the filters of the address."""
    fits = np.ones(facts.size, bool)
    for name, links in ((DISTRICT, facts.districts), (CATEGORY, facts.categories), (GROUP, facts.groups)):
        if value := asked.value(name):
            fits &= links.having({int(value)})
    if costs := asked.value(COSTS):
        fits &= facts.costs == COST_KINDS.index(CostKind(costs))
    return fits


def _of(links: Links, values: Sequence[tuple[Any, str]], size: int) -> Spread:
    """Values by their key in the links; those of the links that are none of them are left out."""
    place = {key: number for number, (key, _label) in enumerate(values)}
    places = np.array([place.get(key, -1) for key in links.keys] or [-1], np.int64)[links.values.astype(np.int64)]
    kept = places >= 0
    made = [Value(str(key), str(label)) for key, label in values]
    return Spread(made, links.rows[kept].astype(np.int64), places[kept], size)


def _by_district(facts: Facts, _asked: Asked) -> Spread:
    return _of(facts.districts, list(District.objects.values_list("pk", "name")), facts.size)


def _by_category(facts: Facts, asked: Asked) -> Spread:
    """The topics at the top, or those right below the chosen one."""
    tree = load_tree()
    node = tree.nodes.get(int(asked.value(CATEGORY) or 0))
    shown = (node.children or [node]) if node else tree.roots
    return _of(facts.categories, [(each.id, each.name) for each in shown], facts.size)


def _by_group(facts: Facts, _asked: Asked) -> Spread:
    return _of(facts.groups, list(TargetGroup.objects.values_list("pk", "name")), facts.size)


def _by_postcode(facts: Facts, _asked: Asked) -> Spread:
    return _of(facts.postcodes, [(key, key) for key in facts.postcodes.keys], facts.size)


def _by_carrier(facts: Facts, _asked: Asked) -> Spread:
    return _of(facts.carriers, list(Carrier.objects.values_list("pk", "name")), facts.size)


def _by_language(facts: Facts, _asked: Asked) -> Spread:
    named = sorted(
        ((code, language_name(code)) for code in facts.languages.keys), key=lambda pair: (pair[0] != "de", pair[1])
    )
    return _of(facts.languages, named, facts.size)


def _by_age(facts: Facts, _asked: Asked) -> Spread:
    masks = [np.flatnonzero(facts.aged(low, high)) for low, high in AGES]
    places = np.repeat(np.arange(len(AGES)), [len(each) for each in masks])
    return Spread([Value(key_of(each), words_of(each)) for each in AGES], np.concatenate(masks), places, facts.size)


def key_of(age: tuple[int, int]) -> str:
    """An age group in addresses and files: “3-5”, “65+”."""
    low, high = age
    return f"{low}+" if high == OLDEST else f"{low}-{high}"


def words_of(age: tuple[int, int]) -> str:
    """“3 to 5”, “65 and older”."""
    low, high = age
    if high == OLDEST:
        return _("%(low)d and older") % {"low": low}
    return _("%(low)d to %(high)d") % {"low": low, "high": high}


def _coded(column: Numbers, choices: Sequence[Any], unknown: Any) -> Spread:
    """A closed list; what is not stated is none of its values."""
    values = [choice for choice in choices if choice != unknown]
    place = np.array([values.index(choice) if choice in values else -1 for choice in choices] + [-1], np.int64)
    places = place[column]
    rows = np.flatnonzero(places >= 0)
    return Spread([Value(each.value, str(each.label)) for each in values], rows, places[rows], len(column))


def _by_costs(facts: Facts, _asked: Asked) -> Spread:
    return _coded(facts.costs, COST_KINDS, CostKind.UNKNOWN)


def _by_access(facts: Facts, _asked: Asked) -> Spread:
    return _coded(facts.access, ACCESS, Accessibility.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a week from Monday on: row, weekday (0 is Monday), hour of the beginning (-1: none), minutes."""

    monday: date
    rows: Numbers
    weekdays: Numbers
    hours: Numbers
    minutes: Numbers


_WEEK = """
SELECT string_agg(int8send(offer_id), '' ORDER BY id),
    string_agg(int8send(extract(isodow FROM first_date)::bigint - 1), '' ORDER BY id),
    string_agg(int8send(COALESCE(extract(hour FROM start_time)::bigint, -1)), '' ORDER BY id),
    string_agg(int8send(CASE WHEN has_time AND end_time IS NOT NULL
        THEN (extract(epoch FROM ends_at - starts_at) / 60)::bigint ELSE 0 END), '' ORDER BY id)
FROM offers_occurrence WHERE first_date BETWEEN %s AND %s
"""


def week_of(facts: Facts, day: date) -> Dates:
    """The dates that begin in the week of a day, of offers that are among the facts. One statement."""
    monday = day - timedelta(days=day.weekday())
    with connection.cursor() as cursor:
        cursor.execute(_WEEK, [monday, monday + timedelta(days=6)])
        offers, weekdays, hours, minutes = map(numbers, cursor.fetchone())
    rows = facts.rows_of(offers)
    known = rows >= 0
    return Dates(monday, rows[known], weekdays[known], hours[known], minutes[known])


def forgotten(day: date) -> list[str]:
    """What is to be said where the dates of the week of a day are gone (`portal.offers.services`)."""
    oldest = timezone.localdate() - settings.KEEP_PAST_DATES
    if day - timedelta(days=day.weekday()) > oldest:
        return []
    return [
        _(
            "Single dates are kept for %(days)d days. The week asked for is older: its weekdays, times and hours are "
            "not known any more, here they count as none. Please choose a period that ends after %(oldest)s."
        )
        % {"days": settings.KEEP_PAST_DATES.days, "oldest": date_format(oldest + timedelta(days=7), "DATE_FORMAT")}
    ]


def uncounted(asked: Asked) -> list[str]:
    """What is to be said of a day before the first offer."""
    if asked.facts.knows(asked.day):
        return []
    return [
        _("This portal had its first offer later. What there was on this day is not known; here it counts as none.")
    ]


def weekdays() -> list[str]:
    """Monday to Sunday."""
    return [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]


def hours_words(span: tuple[int, int]) -> str:
    """“8 to 12 o'clock”."""
    return _("%(low)d to %(high)d o’clock") % {"low": span[0], "high": span[1]}


def _by_weekday(facts: Facts, asked: Asked) -> Spread:
    week = week_of(facts, asked.day)
    values = [Value(str(number + 1), name) for number, name in enumerate(weekdays())]
    return _once(values, week.rows, week.weekdays, facts.size)


def _by_hour(facts: Facts, asked: Asked) -> Spread:
    week = week_of(facts, asked.day)
    timed = week.hours >= 0
    begins = np.array([low for low, _high in HOURS], np.int64)
    places = np.searchsorted(begins, week.hours[timed], side="right") - 1
    values = [Value(f"{low}-{high}", hours_words((low, high))) for low, high in HOURS]
    return _once(values, week.rows[timed], places, facts.size)


def _once(values: list[Value], rows: Numbers, places: Numbers, size: int) -> Spread:
    """Each pair of row and value once, however many dates there are."""
    pairs = np.unique(rows * len(values) + places)
    return Spread(values, pairs // len(values), pairs % len(values), size)


_SEVERAL = gettext_lazy("An offer with several of them counts with each; in the sum it counts once.")
_OF_WEEK = gettext_lazy(
    "Counted are offers with a date that begins in the week of the day asked for; an offer with three dates on one of "
    "these days counts once."
)
DIMENSIONS = (
    Dimension("ort", gettext_lazy("District"), _by_district, _SEVERAL),
    Dimension(
        "plz",
        gettext_lazy("Postcode"),
        _by_postcode,
        gettext_lazy(
            "An offer with several of them counts with each; in the sum it counts once. The postcode of a protected "
            "address does not count."
        ),
    ),
    Dimension(
        "thema",
        gettext_lazy("Topic"),
        _by_category,
        gettext_lazy(
            "An offer counts with each of its topics at the top, whichever below it says; in the sum it counts once. "
            "Where a topic is chosen, those right below it are told, and offers with the chosen one alone stand under "
            "“not stated”."
        ),
    ),
    Dimension("zielgruppe", gettext_lazy("Target group"), _by_group, _SEVERAL),
    Dimension(
        "alter",
        gettext_lazy("Age group"),
        _by_age,
        gettext_lazy(
            "An offer counts in each age group it is meant for, in the sum once. Where it states no ages, those of its "
            "target groups count."
        ),
    ),
    Dimension("wochentag", gettext_lazy("Weekday"), _by_weekday, _OF_WEEK),
    Dimension("uhrzeit", gettext_lazy("Time of day"), _by_hour, _OF_WEEK),
    Dimension("traeger", gettext_lazy("Kind of carrier"), _by_carrier),
    Dimension("kosten", gettext_lazy("Costs"), _by_costs),
    Dimension("barrierefrei", gettext_lazy("Accessibility"), _by_access),
    Dimension(
        "sprache",
        gettext_lazy("Language"),
        _by_language,
        gettext_lazy("An offer that names no language is held in German. One with several counts with each."),
    ),
)
BY_NAME = {each.name: each for each in DIMENSIONS}
# Those that are told by the dates of a week.
OF_WEEK = frozenset({"wochentag", "uhrzeit"})
