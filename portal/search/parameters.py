"""The search parameters of `/angebote/`: read without ever failing, written into every link of the page.

A value that cannot be understood is left out of the search and named to the visitor; nothing here asks the database
(what is chosen by id must be among the `Known` ids).
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, time
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from core.text import composed, fold
from portal.maps.quads import names_in, section_of

LONGEST_TEXT = 200
LONGEST_PLACE = 80
MOST_WORDS = 12
MOST_CHOICES = 50
FARTHEST_KM = 300
OLDEST = 120
WEEKDAYS = {"mo": 1, "di": 2, "mi": 3, "do": 4, "fr": 5, "sa": 6, "so": 7}
VIEWS = ("liste", "karte", "kalender")
# Added to links by mail programs and networks, and by our own language menu; nobody needs to be told.
SILENT = re.compile(r"(utm_|mtm_|pk_|fbclid|gclid|sprache$)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Sort(StrEnum):
    """In which order results are shown; the values stand in links."""

    NEXT = "naechste"
    NEW = "neu"
    RELEVANCE = "relevanz"
    DISTANCE = "entfernung"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that may be chosen in this municipality."""

    categories: Collection[int] = ()
    target_groups: Collection[int] = ()
    districts: Collection[int] = ()
    extras: Collection[str] = ()
    # Municipalities whose offers are shown here.
    towns: Collection[int] = ()
    # Numbers of what was merged to those of today, by the name in the address.
    moved: Mapping[str, Mapping[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ignored:
    """A value that was left out, as it was given."""

    name: str
    value: str

    @property
    def short_value(self) -> str:
        """The value fit for a line of text."""
        readable = _CONTROL.sub("�", self.value)
        return readable if len(readable) <= 40 else f"{readable[:40]}…"


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What somebody looks for. Field names are ours; `metadata["name"]` is the name in the address."""

    text: str = field(default="", metadata={"name": "q"})
    categories: tuple[int, ...] = field(default=(), metadata={"name": "kategorie"})
    target_groups: tuple[int, ...] = field(default=(), metadata={"name": "zielgruppe"})
    districts: tuple[int, ...] = field(default=(), metadata={"name": "ortsteil"})
    place: str = field(default="", metadata={"name": "ort"})
    radius: int | None = field(default=None, metadata={"name": "umkreis"})
    from_date: date | None = field(default=None, metadata={"name": "von"})
    to_date: date | None = field(default=None, metadata={"name": "bis"})
    weekdays: tuple[str, ...] = field(default=(), metadata={"name": "wochentag"})
    from_time: time | None = field(default=None, metadata={"name": "ab"})
    to_time: time | None = field(default=None, metadata={"name": "bis_uhr"})
    age: int | None = field(default=None, metadata={"name": "alter"})
    free: bool = field(default=False, metadata={"name": "kostenfrei"})
    accessible: bool = field(default=False, metadata={"name": "barrierefrei"})
    volunteering: bool = field(default=False, metadata={"name": "engagement"})
    online: bool = field(default=False, metadata={"name": "online"})
    language: str = field(default="", metadata={"name": "sprache_angebot"})
    # Answers to the municipality's own questions (portal.offer_fields.answers.tokens).
    extras: tuple[str, ...] = field(default=(), metadata={"name": "angabe"})
    # Municipalities, where those of several are shown (portal.search.around).
    towns: tuple[int, ...] = field(default=(), metadata={"name": "kommune"})
    # Whether all words of the text are looked for as they are, none as a filter (portal.search.wishes).
    literal: bool = field(default=False, metadata={"name": "woertlich"})
    # Whether offers are shown, too, that only mention the words in their description.
    mentions: bool = field(default=False, metadata={"name": "erwaehnt"})
    # A part of the map (portal.maps.quads).
    section: str = field(default="", metadata={"name": "ausschnitt"})
    sort: Sort | None = field(default=None, metadata={"name": "sortierung"})
    view: str = field(default="", metadata={"name": "ansicht"})
    page: int = field(default=1, metadata={"name": "seite"})

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words every result must contain."""
        return tuple(dict.fromkeys(fold(self.text).split()))[:MOST_WORDS]

    @property
    def weekday_numbers(self) -> tuple[int, ...]:
        """The chosen weekdays as ISO 8601 counts them."""
        return tuple(WEEKDAYS[day] for day in self.weekdays)

    @property
    def asks_for_dates(self) -> bool:
        """Whether the search looks at single dates."""
        return any((self.from_date, self.to_date, self.weekdays, self.from_time, self.to_time))

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is searched or filtered at all."""
        return replace(self, sort=None, view="", page=1) != SearchQuery()

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values as they stand in an address; what is not set is left out."""
        found = []
        for each in fields(self):
            name, value = each.metadata["name"], getattr(self, each.name)
            if name == "seite" and value == 1:
                continue
            for single in value if isinstance(value, tuple) else (value,):
                if single not in (None, "", False):
                    found.append((name, _written(single)))
        return found

    def link(self, **changes: Any) -> str:
        """The query string with some fields changed; it begins on page 1 unless a page is given."""
        changed = replace(self, **{"page": 1, **changes})
        return urlencode(changed.pairs())


def _written(value: object) -> str:
    if value is True:
        return "1"
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


class _Reader:
    """Takes values out of the address and keeps what could not be used."""

    def __init__(self, given: QueryDict) -> None:
        self._given = given
        self._asked: set[str] = set()
        self.ignored: list[Ignored] = []

    def ignore(self, name: str, value: object) -> None:
        self.ignored.append(Ignored(name, str(value)))

    def many(self, name: str, read: Callable[[str], Any]) -> tuple[Any, ...]:
        """All usable values in the order given, each once."""
        self._asked.add(name)
        found: dict[Any, None] = {}
        for value in self._given.getlist(name):
            if not value.strip():
                continue
            understood = None if _CONTROL.search(value) else read(value.strip())
            if understood is None or len(found) >= MOST_CHOICES:
                self.ignore(name, value)
            else:
                found[understood] = None
        return tuple(found)

    def one(self, name: str, read: Callable[[str], Any]) -> Any:
        """The first usable value or None; further ones are named as ignored."""
        found = self.many(name, read)
        for extra in found[1:]:
            self.ignore(name, _written(extra))
        return found[0] if found else None

    def unknown_names(self) -> None:
        for name in self._given:
            if name not in self._asked and not SILENT.match(name):
                self.ignore(name, self._given[name])


def _whole(low: int, high: int) -> Callable[[str], int | None]:
    def read(value: str) -> int | None:
        if not re.fullmatch(r"[0-9]{1,18}", value):
            return None
        return int(value) if low <= int(value) <= high else None

    return read


def _among(ids: Collection[int], moved: Mapping[int, int]) -> Callable[[str], int | None]:
    whole = _whole(1, 10**18)

    def read(value: str) -> int | None:
        number = whole(value)
        if number is None or number in ids:
            return number
        today = moved.get(number)
        return today if today in ids else None

    return read


def _one_of(values: Iterable[str]) -> Callable[[str], str | None]:
    allowed = frozenset(values)
    return lambda value: value if value in allowed else None


def _date(value: str) -> date | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _time(value: str) -> time | None:
    found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", value, re.ASCII)
    return time(int(found[1]), int(found[2])) if found else None


def _flag(value: str) -> bool | None:
    return True if value == "1" else None


def _language(value: str) -> str | None:
    return value if re.fullmatch(r"[a-z]{2,3}", value) else None


def _section(value: str) -> str | None:
    return section_of(names_in(value)) or None


def _text(longest: int) -> Callable[[str], str | None]:
    """Text that leaves something to look for once it is folded; letters of several signs become one."""
    return lambda value: composed(value) if len(value) <= longest and fold(value) else None


def parse(given: QueryDict, known: Known) -> tuple[SearchQuery, list[Ignored]]:
    """The search and what of it could not be understood."""
    reader = _Reader(given)
    sort = reader.one("sortierung", _one_of(Sort))
    moved = known.moved
    query = SearchQuery(
        text=reader.one("q", _text(LONGEST_TEXT)) or "",
        categories=reader.many("kategorie", _among(known.categories, moved.get("kategorie", {}))),
        target_groups=reader.many("zielgruppe", _among(known.target_groups, moved.get("zielgruppe", {}))),
        districts=reader.many("ortsteil", _among(known.districts, moved.get("ortsteil", {}))),
        place=reader.one("ort", _text(LONGEST_PLACE)) or "",
        radius=reader.one("umkreis", _whole(1, FARTHEST_KM)),
        from_date=reader.one("von", _date),
        to_date=reader.one("bis", _date),
        weekdays=reader.many("wochentag", _one_of(WEEKDAYS)),
        from_time=reader.one("ab", _time),
        to_time=reader.one("bis_uhr", _time),
        age=reader.one("alter", _whole(0, OLDEST)),
        free=reader.one("kostenfrei", _flag) or False,
        accessible=reader.one("barrierefrei", _flag) or False,
        volunteering=reader.one("engagement", _flag) or False,
        online=reader.one("online", _flag) or False,
        language=reader.one("sprache_angebot", _language) or "",
        extras=reader.many("angabe", _one_of(known.extras)),
        towns=reader.many("kommune", _among(known.towns, {})),
        literal=reader.one("woertlich", _flag) or False,
        mentions=reader.one("erwaehnt", _flag) or False,
        section=reader.one("ausschnitt", _section) or "",
        sort=Sort(sort) if sort else None,
        view=reader.one("ansicht", _one_of(VIEWS)) or "",
        page=reader.one("seite", _whole(1, 10**9)) or 1,
    )
    reader.unknown_names()
    return _consistent(query, reader), reader.ignored


def _consistent(query: SearchQuery, reader: _Reader) -> SearchQuery:
    """Leave out what contradicts the rest."""
    words = fold(query.text).split()
    for word in list(dict.fromkeys(words))[MOST_WORDS:]:
        reader.ignore("q", word)
    if query.from_date and query.to_date and query.to_date < query.from_date:
        reader.ignore("bis", query.to_date)
        query = replace(query, to_date=None)
    if query.from_time and query.to_time and query.to_time < query.from_time:
        reader.ignore("bis_uhr", _written(query.to_time))
        query = replace(query, to_time=None)
    return query if query.place else without_place(query, reader.ignored)


def without_place(query: SearchQuery, ignored: list[Ignored]) -> SearchQuery:
    """The search when there is no place, or nobody knows where it is: a radius and distances mean nothing then."""
    if query.place:
        ignored.append(Ignored("ort", query.place))
    if query.radius is not None and not query.place:
        ignored.append(Ignored("umkreis", str(query.radius)))
    if query.sort == Sort.DISTANCE:
        ignored.append(Ignored("sortierung", query.sort))
    sort = None if query.sort == Sort.DISTANCE else query.sort
    return replace(query, place="", radius=None, sort=sort)
