"""What would change in an offer, in the words of the table's own cells, and what of it would be lost."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.exchange.excel import columns
from portal.exchange.excel.cells import lines, shown
from portal.exchange.excel.columns import BY_KEY, word_key
from portal.exchange.excel.mapping import Group
from portal.exchange.excel.merging import COLUMNS_OF, DATES, PLACE, Merge
from portal.exchange.excel.texts import has_markup
from portal.offers.models import Offer

LONGEST = 200
MOST_LINES = 4
_DASH = "–"
_CLOSED = frozenset({columns.FREE, columns.ACCESS, columns.ACCESSIBILITY, columns.VOLUNTEERING})
"""Columns of a few words each, written so or so; an empty cell says the usual."""


@dataclass(frozen=True, slots=True)
class Change:
    """`lost`: a sentence on what would be gone, or nothing. `conflict`: somebody changed it in the portal as well."""

    label: str
    old: str
    new: str
    lost: str = ""
    conflict: bool = False


def label_of(key: str) -> str:
    """A column's heading without what stands in brackets."""
    return BY_KEY[key].heading.split(" (")[0].rstrip("*")


def changes_of(offer: Offer, now: list[dict[str, Any]], group: Group, merge: Merge) -> list[Change]:
    """All changes that a row brings, in the order of the columns."""
    told = [row.cells for row in group.rows]
    found: list[Change] = []
    for piece in merge.changed:
        conflict = piece in merge.conflicts
        before = len(found)
        if piece == DATES:
            found += _dates(now, told, conflict=conflict)
        else:
            for key in COLUMNS_OF[piece]:
                found += _cell(key, now[0], told[0], conflict=conflict)
        lost = _lost_besides(piece, offer)
        if lost or before == len(found):
            found.append(Change(label_of(COLUMNS_OF[piece][0]), "", "", lost, conflict))
    return found


def _cell(key: str, now: dict[str, Any], told: dict[str, Any], *, conflict: bool) -> list[Change]:
    old, new = _said(now.get(key, "")), _said(told.get(key, ""))
    if old == new or (key in _CLOSED and word_key(old) == word_key(new)):
        return []
    lost = ""
    if old and not new and key not in _CLOSED:
        lost = ngettext(
            "Your cell is empty, in the portal stands %(number)d character.",
            "Your cell is empty, in the portal stand %(number)d characters.",
            len(old),
        ) % {"number": len(old)}
    return [Change(label_of(key), _short(old), _short(new), lost, conflict)]


def _said(raw: Any) -> str:
    try:
        return lines(raw)
    except ValueError:
        return shown(raw)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _dates(now: list[dict[str, Any]], told: list[dict[str, Any]], *, conflict: bool) -> list[Change]:
    old, new = ([line for row in rows if (line := date_line(row))] for rows in (now, told))
    # Of many dates those that differ are told.
    gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
    fewer = len(old) - len(new)
    lost = ""
    if old and (not new or (fewer > 0 and not come)):
        lost = ngettext("%(number)d date would be gone.", "%(number)d dates would be gone.", fewer) % {"number": fewer}
    return [Change(_("Dates"), _listed(gone), _listed(come), lost, conflict)]


def _listed(found: list[str]) -> str:
    more = f" … (+{len(found) - MOST_LINES})" if len(found) > MOST_LINES else ""
    return "; ".join(found[:MOST_LINES]) + more


def date_line(row: dict[str, Any]) -> str:
    """The date columns of one row on one line."""
    kind, start, begins, end, ends = (_said(row.get(key, "")) for key in columns.DATE_KEYS)
    days = f"{start} {_DASH} {end}" if end and end != start else start
    times = f"{begins}{_DASH}{ends}" if ends else begins
    return " ".join(part for part in (kind, days, times) if part)


def _lost_besides(piece: str, offer: Offer) -> str:
    """What no column shows and a change of this piece takes away."""
    if piece == columns.DESCRIPTION and has_markup(offer.description):
        return _("Headings, bold words, lists or links of the text in the portal would be gone.")
    if piece == PLACE:
        places = list(offer.locations.all())
        if len(places) > 1:
            further = len(places) - 1
            return ngettext(
                "%(number)d further place would be gone.", "%(number)d further places would be gone.", further
            ) % {"number": further}
        if any(place.name for place in places):
            return _("The name of the place “%(name)s” would be gone.") % {"name": places[0].name}
    return ""
