"""From a table of travel times to rows, or to everything that is wrong with it.

Each line says how many minutes it takes from a district, or from a small area or stop within it, to a district or to a
place of offers. The minutes within the own district must be there for each beginning: without them the offers at the
own door would count as out of reach.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from core.text import fold
from portal.planning.models import FEWEST, LONGEST_WAY
from portal.planning.table_reading import Problems, WrongError, cells_of, district, no_rows, text, whole

FROM, AREA, PEOPLE, TO = "Von Ortsteil", "Von Teilgebiet", "Einwohner", "Nach"
ON_FOOT, BY_BUS = "Minuten zu Fuß", "Minuten mit Bus"
HEADINGS = (FROM, AREA, PEOPLE, TO, ON_FOOT, BY_BUS)
NEEDED = (FROM, TO)
LONGEST_NAME, MOST_PEOPLE = 200, 10**7
# A beginning: the number of its district, and the folded name of the small area or stop, empty for all of it.
Start = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file. The way leads to a district (`to_district`) or else to a place of offers (`to_place`)."""

    line: int
    district: int
    area: str
    people: int | None
    to_district: int | None
    to_place: str
    on_foot: int | None
    by_bus: int | None

    @property
    def start(self) -> Start:
        return self.district, fold(self.area)

    @property
    def end(self) -> int | str:
        return self.to_district or fold(self.to_place)


@dataclass
class Read(Problems):
    """What the file says, and what is wrong with it."""

    rows: list[Row] = field(default_factory=list)


def read(upload: Any, districts: Mapping[str, int], places: Collection[str]) -> Read:
    """A file's travel times; `districts` are numbers by folded name, `places` the folded names of places of offers.
    Raises RefusedError where it is no such table."""
    found = Read()
    for line, cells in cells_of(upload, HEADINGS, NEEDED):
        _understand(found, line, cells, districts, places)
    _check_doubles(found)
    _check_starts(found)
    if not found.problems:
        _check_own(found)
    if not found.rows and not found.problems:
        raise no_rows()
    return found


def _understand(
    found: Read, line: int, cells: Mapping[str, Any], districts: Mapping[str, int], places: Collection[str]
) -> None:
    readers: dict[str, Callable[[], Any]] = {
        FROM: partial(district, FROM, cells.get(FROM), districts),
        AREA: partial(_area, cells.get(AREA)),
        PEOPLE: partial(_people, cells.get(PEOPLE)),
        TO: partial(_end, cells.get(TO), districts, places),
        ON_FOOT: partial(_minutes, ON_FOOT, cells.get(ON_FOOT)),
        BY_BUS: partial(_minutes, BY_BUS, cells.get(BY_BUS)),
    }
    values = found.understood(line, readers)
    if values is None:
        return
    if values[ON_FOOT] is None and values[BY_BUS] is None:
        found.wrong(line, ON_FOOT, _("Neither on foot nor by bus is a time given. At least one of them is needed."))
    else:
        to_district, to_place = values[TO]
        row = Row(
            line, values[FROM], values[AREA], values[PEOPLE], to_district, to_place, values[ON_FOOT], values[BY_BUS]
        )
        found.rows.append(row)


def _area(cell: Any) -> str:
    name = text(AREA, cell)
    if len(name) > LONGEST_NAME:
        raise WrongError(AREA, _("Please name the area or stop in at most 200 letters."))
    return name


def _people(cell: Any) -> int | None:
    if cell in (None, ""):
        return None
    sentence = _(
        "“%(value)s” is no number of inhabitants of which anything may be told: a whole number, at least 5. Please "
        "join smaller areas."
    )
    return whole(PEOPLE, cell, FEWEST, MOST_PEOPLE, sentence)


def _end(cell: Any, districts: Mapping[str, int], places: Collection[str]) -> tuple[int | None, str]:
    name = text(TO, cell)
    if name and fold(name) in districts:
        return districts[fold(name)], ""
    if not name or fold(name) not in places:
        sentence = _("“%(name)s” is neither a district of yours nor the name of a place of an offer.")
        raise WrongError(TO, sentence % {"name": name[:60]})
    return None, name


def _minutes(column: str, cell: Any) -> int | None:
    if cell in (None, ""):
        return None
    sentence = _("“%(value)s” are no whole minutes between 0 and 240. Leave out ways that take longer.")
    return whole(column, cell, 0, LONGEST_WAY, sentence)


def _check_doubles(found: Read) -> None:
    seen: dict[tuple[Start, int | str], int] = {}
    for row in found.rows:
        before = seen.setdefault((row.start, row.end), row.line)
        if before != row.line:
            found.wrong(row.line, TO, _("The same way stands in row %(row)d already.") % {"row": before})


def _check_starts(found: Read) -> None:
    """Several areas of a district are weighed by their inhabitants, so these must be known, and the same throughout."""
    people: dict[Start, int | None] = {}
    areas: dict[int, set[str]] = {}
    for row in found.rows:
        areas.setdefault(row.district, set()).add(row.start[1])
    for row in found.rows:
        several = len(areas[row.district]) > 1
        if several and not row.area:
            text_ = _("Other rows divide this district into areas. Please say here, too, from which one.")
            found.wrong(row.line, AREA, text_)
        elif several and row.people is None:
            text_ = _("The district has several areas here: how many people live in this one?")
            found.wrong(row.line, PEOPLE, text_)
        elif people.setdefault(row.start, row.people) != row.people:
            found.wrong(row.line, PEOPLE, _("Further up the same area has another number of inhabitants."))


def _check_own(found: Read) -> None:
    """Each beginning needs the way within its own district."""
    own = {row.start for row in found.rows if row.to_district == row.district}
    told: set[Start] = set()
    for row in found.rows:
        if row.start not in own | told:
            told.add(row.start)
            text_ = _(
                "From here the way to the own district is missing: a row with the same district under “Nach” that says "
                "how long it takes to what is nearby."
            )
            found.wrong(row.line, TO, text_)
