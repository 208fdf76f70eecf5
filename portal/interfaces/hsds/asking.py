"""What a request asks in the specification's parameters, read strictly: what cannot be understood is refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.interfaces.asking import EARLIEST, AskedWronglyError, read_moment
from portal.interfaces.hsds.ids import Entity, number_of
from portal.interfaces.hsds.taxonomies import TAXONOMIES

USUAL, MOST = 50, 100
DAYS = {"MO": "mo", "TU": "di", "WE": "mi", "TH": "do", "FR": "fr", "SA": "sa", "SU": "so"}
_FARTHEST = 100_000


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list; pages begin at 1."""

    number: int
    size: int

    def of(self, things: list[Any]) -> list[Any]:
        """Those of this page."""
        return things[(self.number - 1) * self.size : self.number * self.size]

    def header(self, total: int, here: int) -> dict[str, Any]:
        """What the specification says of a page. A list of nothing has one page."""
        pages = max(1, -(-total // self.size))
        return {
            "total_items": total,
            "total_pages": pages,
            "page_number": self.number,
            "size": here,
            "first_page": self.number == 1,
            "last_page": self.number == pages,
            "empty": here == 0,
        }


def one(given: Mapping[str, str], name: str) -> str:
    """A parameter that is there at most once."""
    values = given.getlist(name) if isinstance(given, QueryDict) else [given.get(name, "")]
    if len(values) > 1:
        raise AskedWronglyError(name, _("Give “%(name)s” once.") % {"name": name})
    return values[0] if values else ""


def whole(given: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    """A whole number."""
    text = one(given, name)
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,10}", text) or not least <= int(text) <= most:
        words = {"name": name, "least": least, "most": most}
        raise AskedWronglyError(name, _("“%(name)s” is a number from %(least)d to %(most)d.") % words)
    return int(text)


def page(given: Mapping[str, str]) -> Page:
    """Which part of the list is wanted."""
    return Page(whole(given, "page", 1, 10**9) or 1, whole(given, "per_page", 1, MOST) or USUAL)


def flag(given: Mapping[str, str], name: str) -> bool:
    """`true` or `false`."""
    text = one(given, name)
    if text not in {"", "true", "false"}:
        raise AskedWronglyError(name, _("“%(name)s” is true or false.") % {"name": name})
    return text == "true"


def lines_wanted(given: Mapping[str, str]) -> bool:
    """Whether all is wanted at once, one thing a line."""
    text = one(given, "format")
    if text not in {"", "json", "ndjson"}:
        raise AskedWronglyError("format", _("“format” is json or ndjson."))
    return text == "ndjson"


def since(given: Mapping[str, str]) -> datetime | None:
    """`modified_after`, itself included; what has no offset is the time of the town."""
    text = one(given, "modified_after")
    if not text:
        return None
    moment = read_moment(text)
    if moment is None:
        raise AskedWronglyError("modified_after", _("“modified_after” is a moment such as 2026-11-30T08:00:00Z."))
    return max(timezone.make_aware(moment), EARLIEST) if timezone.is_naive(moment) else moment


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters. `impossible`: a term, taxonomy or organisation that is not ours, so nothing fits."""

    search: QueryDict
    taxonomy: int = 0
    organization: int | None = None
    since: datetime | None = None
    ages: tuple[int | None, int | None] = (None, None)
    impossible: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but a moment was asked."""
        return bool(self.search or self.taxonomy or self.organization or self.impossible or any(self.ages))


def wanted(given: QueryDict, town: str) -> Wanted:
    """All filters of a list of services or of the places they are offered at; they hold together (AND)."""
    search = QueryDict(mutable=True)
    impossible = False
    if text := one(given, "search"):
        search["q"] = text
    for word in filter(None, one(given, "taxonomy_term_id").split(",")):
        found = [(each, number_of(town, each.terms, word)) for each in TAXONOMIES]
        known = [(each.parameter, number) for each, number in found if number is not None]
        for parameter, number in known:
            search.appendlist(parameter, str(number))
        impossible |= not known
    taxonomy = number_of(town, Entity.TAXONOMY, one(given, "taxonomy_id")) if one(given, "taxonomy_id") else 0
    who = number_of(town, Entity.ORGANIZATION, one(given, "organization_id")) if one(given, "organization_id") else None
    impossible |= taxonomy is None or (who is None and bool(one(given, "organization_id")))
    _times(given, search)
    _near(given, search)
    ages = (whole(given, "minimum_age", 0, 150), whole(given, "maximum_age", 0, 150))
    return Wanted(search, taxonomy or 0, who, since(given), ages, impossible)


def _times(given: QueryDict, search: QueryDict) -> None:
    """Day and time of day, as the UK profile asks for them."""
    for name, parameter in (("start_time", "ab"), ("end_time", "bis_uhr")):
        if text := one(given, name):
            try:
                search[parameter] = f"{time.fromisoformat(text):%H:%M}"
            except ValueError:
                raise AskedWronglyError(name, _("“%(name)s” is a time such as 17:00.") % {"name": name}) from None
    for day in filter(None, one(given, "day").split(",")):
        if day not in DAYS:
            raise AskedWronglyError("day", _("“day” is one or several of %(days)s.") % {"days": ", ".join(DAYS)})
        search.appendlist("wochentag", DAYS[day])


def _near(given: QueryDict, search: QueryDict) -> None:
    """Around a postcode; metres become the whole kilometres of our search."""
    metres = whole(given, "proximity", 1, _FARTHEST)
    if postcode := one(given, "postcode"):
        search["ort"] = postcode
        if metres:
            search["umkreis"] = str(max(1, -(-metres // 1000)))
    elif metres:
        raise AskedWronglyError("proximity", _("“proximity” needs a “postcode”."))
