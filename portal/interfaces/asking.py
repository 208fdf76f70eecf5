"""What a request asks of the interface besides the search itself: read strictly, because programs ask, not people.

A value that cannot be understood is refused with a sentence that says how it is written. (What belongs to the search
is read as on the page, which leaves out what it does not understand and names it.)
"""

import base64
import binascii
import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

USUAL, MOST = 20, 100
FIELDS, EXPAND, CURSOR, LIMIT, SINCE, FACETS = "fields", "expand", "cursor", "limit", "updated_since", "facets"
OWN = frozenset({FIELDS, EXPAND, CURSOR, LIMIT, SINCE, FACETS})
LONGEST_CURSOR, LONGEST_LIST = 2000, 2000
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


class AskedWronglyError(Exception):
    """A parameter that cannot be understood, or cannot be had here; the text says what to do."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail)
        self.parameter = parameter
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Asked:
    """The interface's own parameters; `search` are all others."""

    search: QueryDict
    limit: int = USUAL
    cursor: dict[str, Any] | None = None
    fields: tuple[str, ...] = ()
    expand: frozenset[str] = frozenset()
    since: datetime | None = None
    facets: bool = False

    def shown(self, record: dict[str, Any]) -> dict[str, Any]:
        """The wanted fields of a record, what was expanded, and its number."""
        if not self.fields:
            return record
        wanted = {"id", *self.fields, *self.expand}
        return {name: value for name, value in record.items() if name in wanted}

    def at(self, name: str, kind: type) -> Any:
        """A value of the cursor; refused where this is no cursor of ours."""
        value = (self.cursor or {}).get(name)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise no_cursor()
        return value


def asked(
    given: QueryDict,
    *,
    fields: Collection[str],
    expand: Collection[str] = (),
    cursor: str = "",
    may: Collection[str] = OWN,
) -> Asked:
    """Read them. `fields` and `expand` may be named here, `cursor` is the kind of cursor this list gives, and `may`
    are the parameters it knows at all: others are left to the search, which names them as ignored."""
    search = given.copy()
    own: dict[str, str] = {}
    for name in OWN & set(may):
        values = search.pop(name, [])
        if len(values) > 1:
            sentence = _("Give “%(name)s” once; several values are separated by commas.")
            raise AskedWronglyError(name, sentence % {"name": name})
        if values and values[0] != "":
            own[name] = values[0]
    return Asked(
        search=search,
        limit=_limit(own.get(LIMIT)),
        cursor=read_cursor(own[CURSOR], cursor) if CURSOR in own else None,
        fields=_names(FIELDS, own.get(FIELDS), fields),
        expand=frozenset(_names(EXPAND, own.get(EXPAND), expand)),
        since=_since(own.get(SINCE)),
        facets=_flag(own.get(FACETS)),
    )


def _limit(value: str | None) -> int:
    if value is None:
        return USUAL
    if not re.fullmatch(r"[0-9]{1,3}", value) or not 1 <= int(value) <= MOST:
        raise AskedWronglyError(LIMIT, _("“limit” is a number from 1 to %(most)d.") % {"most": MOST})
    return int(value)


def _names(parameter: str, value: str | None, known: Collection[str]) -> tuple[str, ...]:
    if value is None:
        return ()
    names = tuple(dict.fromkeys(value[:LONGEST_LIST].split(",")))
    if unknown := [name for name in names if name not in known]:
        words = {"parameter": parameter, "name": unknown[0][:40], "known": ", ".join(sorted(known)) or "–"}
        raise AskedWronglyError(
            parameter, _("“%(parameter)s” does not know “%(name)s” here; it knows: %(known)s.") % words
        )
    return names


def _flag(value: str | None) -> bool:
    if value not in {None, "0", "1"}:
        raise AskedWronglyError(FACETS, _("“facets” is 1 or 0."))
    return value == "1"


def _since(value: str | None) -> datetime | None:
    """A moment with its offset, or the beginning of a day in the town."""
    if value is None:
        return None
    moment = read_moment(value)
    if moment is None or timezone.is_naive(moment):
        raise AskedWronglyError(
            SINCE,
            _("“updated_since” is a moment with its offset such as 2026-11-30T08:00:00Z, or a day such as 2026-11-30."),
        )
    return moment


def read_moment(value: str) -> datetime | None:
    """A moment in UTC, or without an offset as it stands there; a day is its beginning in the town. None: neither."""
    # A plus that was not escaped arrives as a space.
    text = re.sub(r" (?=[0-9]{2}:?[0-9]{2}$)", "+", value)
    if len(text) > 40 or not text.isascii():
        return None
    try:
        day, moment = parse_date(text), parse_datetime(text)
        if day is not None and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            moment = timezone.make_aware(datetime(day.year, day.month, day.day))
        if moment is None or timezone.is_naive(moment):
            return moment
        return max(moment.astimezone(UTC), EARLIEST)
    except (ValueError, OverflowError):
        return None


def make_cursor(kind: str, **values: Any) -> str:
    """Where the next page begins: for whoever gave it, opaque to everybody else."""
    packed = json.dumps({"k": kind, **values}, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(text: str, kind: str) -> dict[str, Any]:
    """The same back."""
    if len(text) > LONGEST_CURSOR or not re.fullmatch(r"[A-Za-z0-9_-]+", text):
        raise no_cursor()
    try:
        found = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        raise no_cursor() from None
    if not isinstance(found, dict) or found.get("k") != kind:
        raise no_cursor()
    for value in found.values():
        if isinstance(value, int) and not -(2**62) < value < 2**62:
            raise no_cursor()
    return found


def no_cursor() -> AskedWronglyError:
    """Refuses what stands where a cursor should."""
    return AskedWronglyError(CURSOR, _("This is no cursor of this list. Begin without one, then follow “next”."))
