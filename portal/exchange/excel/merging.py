"""What a table and the portal say of one offer, piece by piece, and which of both changed what.

A piece is what belongs together (the date columns are one). What a row said when it was last exported or read in is
kept as a short digest of each piece: in an export in a hidden column, else with the record of the import. So a row that
nobody touched changes nothing, whatever happened to the offer meanwhile; of a row that somebody changed only what they
changed is taken; and only where both changed the same piece it is a conflict.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.exchange.excel import columns
from portal.exchange.excel.mapping import Group, Mapper, Plan
from portal.exchange.excel.names import Vocabulary
from portal.exchange.excel.notes import Quiet
from portal.exchange.excel.tables import Row, Sheet
from portal.exchange.excel.written import rows_of
from portal.offers.models import Offer
from portal.preferences.models import Preferences

COSTS = ("cost_kind", "cost_amount", "cost_text")
DATES, PLACE = "dates", "place"
COLUMNS_OF: dict[str, tuple[str, ...]] = {
    columns.TITLE: (columns.TITLE,),
    columns.CATEGORIES: (columns.CATEGORIES,),
    DATES: columns.DATE_KEYS,
    PLACE: (columns.ADDRESS, columns.PLACE_NOTE, columns.DISTRICT),
    columns.TARGET_GROUPS: (columns.TARGET_GROUPS,),
    columns.SUMMARY: (columns.SUMMARY,),
    columns.DESCRIPTION: (columns.DESCRIPTION,),
    **{key: (key,) for key in columns.PLAIN_TEXTS},
    "video_url": ("video_url",),
    "costs": (columns.COSTS, columns.FREE),
    columns.ACCESS: (columns.ACCESS,),
    columns.ACCESSIBILITY: (columns.ACCESSIBILITY,),
    columns.SALUTATION: (columns.SALUTATION,),
    "contact_phone": ("contact_phone",),
    "contact_email": ("contact_email",),
    columns.VOLUNTEERING: (columns.VOLUNTEERING,),
}
"""Pieces and the columns that say them."""
CONTENT_OF: dict[str, tuple[str, ...]] = {key: (key,) for key in COLUMNS_OF} | {
    DATES: ("schedule_kind", "schedules"),
    PLACE: ("venue", "locations"),
    "costs": COSTS,
}
"""Pieces and the keys of an offer's snapshot that they are."""
_VERSION, _LENGTH = "v1", 6
Digests = dict[str, str]


def digests_of(plan: Plan) -> Digests:
    """A short digest of each piece."""
    told: dict[str, Any] = {
        **plan.fields,
        "costs": [plan.fields[name] for name in COSTS],
        DATES: [plan.fields["schedule_kind"], plan.rules],
        PLACE: [plan.fields["venue"], plan.location],
        columns.CATEGORIES: sorted(plan.categories),
        columns.TARGET_GROUPS: sorted(plan.target_groups),
    }
    return {key: _digest(told[key]) for key in COLUMNS_OF}


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:_LENGTH]


def written(uid: str, digests: Digests) -> str:
    """As it stands in the hidden column."""
    return f"{_VERSION}-{_digest(uid)}-" + "".join(digests[key] for key in COLUMNS_OF)


def read(uid: str, cell: object) -> Digests:
    """What the hidden column of a row says; nothing where it belongs to another row or is none of ours."""
    version, _dash, rest = str(cell).strip().partition("-")
    check, _dash, told = rest.partition("-")
    if version != _VERSION or check != _digest(uid) or len(told) != _LENGTH * len(COLUMNS_OF):
        return {}
    return {key: told[at * _LENGTH : (at + 1) * _LENGTH] for at, key in enumerate(COLUMNS_OF)}


class Rereader:
    """Reads offers as if they stood in a table: what their own row would say."""

    def __init__(self, vocabulary: Vocabulary, preferences: Preferences, mapper: Mapper | None = None) -> None:
        self.vocabulary = vocabulary
        self._quiet = Quiet(Sheet("", {}, {}, [], []))
        self._mapper = Mapper(self._quiet.sheet, self._quiet, vocabulary, preferences)
        if mapper is not None:
            self._mapper.share(mapper.gazetteer)

    def rows(self, offer: Offer) -> list[dict[str, Any]]:
        """The offer's rows as an export has them."""
        return list(rows_of(offer, self.vocabulary))

    def digests(self, rows: list[dict[str, Any]]) -> Digests:
        """Of the rows of one offer."""
        return digests_of(self.plan(rows))

    def plan(self, rows: list[dict[str, Any]]) -> Plan:
        """What the rows of one offer say."""
        self._quiet.problems.clear()
        self._quiet.failed_rows.clear()
        return self._mapper.understood(Group("", [Row(number, cells) for number, cells in enumerate(rows, start=1)]))


@dataclass(frozen=True, slots=True)
class Merge:
    """Pieces that the table says otherwise than the portal and somebody changed in it; of these, those that were
    changed in the portal too."""

    changed: tuple[str, ...]
    conflicts: tuple[str, ...]


def merged(told: Digests, now: Digests, *bases: Mapping[str, str], moved: bool) -> Merge:
    """Compare what a row says and what the portal says with what both once said.

    `bases`: what is known of that (of the row's last export, of its last import). Where nothing is known, every
    difference counts as the table's, and as a conflict where the offer `moved` since.
    """
    known = [base for base in bases if base]
    changed = tuple(
        key for key in COLUMNS_OF if told[key] != now[key] and all(told[key] != base.get(key) for base in known)
    )
    if not known:
        return Merge(changed, changed if moved else ())
    return Merge(changed, tuple(key for key in changed if all(now[key] != base.get(key) for base in known)))
