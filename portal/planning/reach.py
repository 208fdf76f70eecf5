"""Who has a matching offer within reach: by the minutes that were brought, else as the crow flies.

One function (`reach`) says it for the page, its table, its pictures and the report.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.lazy import lazy
from core.text import fold
from portal.offers.models import Location
from portal.planning import ways
from portal.planning.asking import Asked
from portal.planning.definitions import define
from portal.planning.facts import Facts, rows_among
from portal.planning.models import Source, TravelTime
from tenants.running.changes import remembered

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
else:
    np, Mask = lazy("numpy"), Any

AROUND, BY, MINUTES = "umkreis", "mit", "minuten"
DISTANCES, USUAL_DISTANCE = (1, 2, 3, 5), 2
TIMES, USUAL_TIME = (5, 10, 15, 20, 30, 45, 60), 15
QUICKER, ON_FOOT, BY_BUS, STRAIGHT = "schneller", "fuss", "bus", "luftlinie"
MODES = {
    QUICKER: gettext_lazy("on foot or by bus, whichever is quicker"),
    ON_FOOT: gettext_lazy("on foot"),
    BY_BUS: gettext_lazy("by bus"),
    STRAIGHT: gettext_lazy("as the crow flies everywhere"),
}
WAY = define(
    "weg",
    gettext_lazy("Way"),
    gettext_lazy(
        "Where travel times of a district were brought: which share of its inhabitants of all ages, as the file "
        "divides them, lives where at least one matching offer takes no more than the chosen minutes. An offer counts"
        " by the time to its place where the file names it, else by that to its district; what has neither, and ways "
        "the file leaves out, is out of reach. Elsewhere: which part of the district’s ground lies within the chosen "
        "distance of a matching offer as the crow flies; where people live in it is not known, and offers at a "
        "protected address do not count. What takes place online alone counts in neither."
    ),
    order=60,
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """How a way is measured: by whom, in how many minutes; and how far where no minutes are known."""

    mode: str
    minutes: int
    distance: int

    @property
    def params(self) -> dict[str, str]:
        """What the address says of it."""
        return {BY: self.mode, MINUTES: str(self.minutes), AROUND: str(self.distance)}

    @property
    def in_minutes(self) -> str:
        """“15 minutes by bus”."""
        return _("%(minutes)d minutes %(mode)s") % {"minutes": self.minutes, "mode": MODES[self.mode]}

    @property
    def straight(self) -> str:
        """“2 km as the crow flies”."""
        return _("%(number)d km as the crow flies") % {"number": self.distance}


def chosen_by(asked: Asked) -> Chosen:
    """What an address asks for; what it does not say, or nobody knows, is the usual."""
    mode = asked.given.get(BY, "")
    return Chosen(
        mode if mode in MODES else QUICKER,
        _one_of(TIMES, asked.given.get(MINUTES, ""), USUAL_TIME),
        _one_of(DISTANCES, asked.given.get(AROUND, ""), USUAL_DISTANCE),
    )


def _one_of(values: tuple[int, ...], wanted: str, usual: int) -> int:
    return next((each for each in values if str(each) == wanted), usual)


@dataclass(frozen=True, slots=True)
class Start:
    """A beginning with its weight and its minutes by end: the number of a district, or the name of a place."""

    people: int
    minutes: Mapping[int | str, tuple[int | None, int | None]]

    def takes(self, end: int | str, mode: str) -> int | None:
        """Minutes to an end; None where nobody knows."""
        on_foot, by_bus = self.minutes.get(end, (None, None))
        if mode == ON_FOOT:
            return on_foot
        if mode == BY_BUS:
            return by_bus
        return min((each for each in (on_foot, by_bus) if each is not None), default=None)


@dataclass
class Brought:
    """The times of one file: the starts of each district, and which places they lead to."""

    starts: dict[int, list[Start]] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Known:
    """All files, and where each offer takes place: columns of its number, its district (0: none) and its place."""

    files: list[Brought]
    offers: Any
    districts: Any
    places: list[str]

    @property
    def weight(self) -> int:
        """Bytes, told and not measured (`tenants.running.weights`)."""
        times = sum(len(each.minutes) for file in self.files for starts in file.starts.values() for each in starts)
        return 2000 + 200 * times + 100 * len(self.places)


def known() -> Known:
    """Of the municipality we are inside, as of now."""
    return remembered("planning.reach", _read, rooms=("planning", "offers", "taxonomy"))


def _read() -> Known:
    """Two statements; where nothing was brought, one."""
    files: dict[int, Brought] = {}
    starts: dict[int, dict[int | str, tuple[int | None, int | None]]] = {}
    named = TravelTime.objects.values_list(
        "start__source_id", "start__district_id", "start_id", "start__people", "to_district_id", "to_place", "on_foot",
        "by_bus",
    )  # fmt: skip
    for source, district, start, people, to_district, to_place, on_foot, by_bus in named:
        file = files.setdefault(source, Brought())
        if start not in starts:
            starts[start] = {}
            file.starts.setdefault(district, []).append(Start(people or 1, starts[start]))
        starts[start][to_district or to_place] = (on_foot, by_bus)
        if to_place:
            file.places.add(to_place)
    if not files:
        return Known([], np.zeros(0, np.int64), np.zeros(0, np.int64), [])
    rows = Location.objects.values_list("offer_id", "district_id", "name", "hide_exact_address").order_by("id")
    found = [(offer, district or 0, "" if hidden else fold(name)) for offer, district, name, hidden in rows]
    offers, districts = (np.array([row[at] for row in found], np.int64) for at in (0, 1))
    return Known(list(files.values()), offers, districts, [place for _offer, _district, place in found])


def measured(files: list[Brought], mode: str) -> set[int]:
    """Districts of which minutes are known in this mode: from each start the way within the own district."""
    return {
        district
        for file in files
        for district, starts in file.starts.items()
        if mode != STRAIGHT and all(each.takes(district, mode) is not None for each in starts)
    }


def sources() -> list[tuple[str, date]]:
    """Where the times come from, and as of when."""
    return Source.objects.of_times().named()


def in_time(facts: Facts, mask: Mask, chosen: Chosen) -> dict[int, float]:
    """Which percentage of each measured district's inhabitants reaches an offer of the mask in time."""
    there = known()
    by_minutes = measured(there.files, chosen.mode)
    if not by_minutes:
        return {}
    rows = rows_among(facts.ids, there.offers)
    held = np.flatnonzero((rows >= 0) & mask[rows]) if facts.size else rows[:0]
    ends = {(there.places[at], int(there.districts[at])) for at in held.tolist()}
    found = {}
    for file in there.files:
        wanted = {place if place in file.places else district for place, district in ends} - {0}
        for district in file.starts.keys() & by_minutes:
            found[district] = _share(file.starts[district], wanted, chosen)
    return found


def _share(starts: list[Start], ends: set[int | str], chosen: Chosen) -> float:
    near = sum(each.people for each in starts if _is_near(each, ends, chosen))
    return round(100 * near / sum(each.people for each in starts), 1)


def _is_near(start: Start, ends: set[int | str], chosen: Chosen) -> bool:
    times = (start.takes(end, chosen.mode) for end in ends & start.minutes.keys())
    return any(time is not None and time <= chosen.minutes for time in times)


@dataclass(frozen=True, slots=True)
class Reach:
    """By district: a share in percent, and of which districts it is of inhabitants and by minutes."""

    shares: Mapping[int, float]
    in_minutes: set[int]


def reach(facts: Facts, mask: Mask, chosen: Chosen) -> Reach:
    """The definition: minutes where they were brought, else as the crow flies."""
    kept = mask[facts.point_rows]
    straight = ways.within(facts.latitudes[kept], facts.longitudes[kept], chosen.distance)
    by_minutes = in_time(facts, mask, chosen)
    return Reach(straight | by_minutes, set(by_minutes))
