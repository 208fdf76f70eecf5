"""From rows with one ID to the content of an offer, with a remark on everything that is wrong or was repaired."""

import hashlib
import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.exchange.excel import cells, columns, texts
from portal.exchange.excel.cells import CellError
from portal.exchange.excel.columns import BY_KEY, DATE_KEYS, NOT_STATED, word_key
from portal.exchange.excel.date_rows import DateReader, plain
from portal.exchange.excel.dates import Dates, Rule
from portal.exchange.excel.names import Vocabulary, nearest
from portal.exchange.excel.notes import Notes
from portal.exchange.excel.places import Gazetteer, Places
from portal.exchange.excel.result import Problem
from portal.exchange.excel.tables import Row, Sheet
from portal.offers.choices import Access, Accessibility, CostKind
from portal.offers.models import Offer
from portal.preferences.models import Preferences
from portal.providers.fields import Salutation

LONGEST_ID = 80
LONGEST_SUMMARY = 300
ACCESS = {
    "offen": Access.OPEN,
    "offen ohne mitgliedschaft": Access.OPEN,
    "ohne mitgliedschaft": Access.OPEN,
    "mitgliedschaft erforderlich": Access.MEMBERS,
    "mit mitgliedschaft": Access.MEMBERS,
    "mitgliedschaft": Access.MEMBERS,
}
ACCESSIBILITY = {
    "ja": Accessibility.YES,
    "nein": Accessibility.NO,
    "teilweise": Accessibility.PARTLY,
    "wahr": Accessibility.YES,
    "falsch": Accessibility.NO,
}
SALUTATION = {"herr": Salutation.MR, "frau": Salutation.MS, "herrn": Salutation.MR}
_FREE_WORDS = {"kostenlos", "kostenfrei", "gratis", "umsonst", "frei", "eintritt frei", "keine"}


FIELDS = (
    "title",
    "summary",
    "description",
    *columns.PLAIN_TEXTS,
    "contact_phone",
    "video_url",
    "contact_email",
    "cost_kind",
    "cost_amount",
    "cost_text",
    "access",
    "accessibility",
    "contact_salutation",
    "volunteering",
    "venue",
    "schedule_kind",
)
"""The fields of Offer a workbook fills."""


@dataclass(slots=True)
class Plan:
    """What an offer shall be; comparable with what it is (see `content`), so it holds ids and plain values only."""

    uid: str
    row: int
    fields: dict[str, Any]
    location: dict[str, Any] | None
    categories: list[int]
    target_groups: list[int]
    rules: list[Rule] = field(default_factory=list)
    keys: tuple[str, ...] | None = None
    """Names of the pieces (see `merging`) that are to be written; None: all."""
    fill: dict[str, str] = field(default_factory=dict)
    """Fields of Offer that get this value where they are empty."""
    held: list[Problem] = field(default_factory=list)
    """What is wrong with a row that says just what its export said: no fault of whoever sent it."""

    def digest(self) -> str:
        """Equal for equal content, whatever the row's place in the sheet."""
        places = [self.location] if self.location else []
        return digest_of(self.fields, places, self.categories, self.target_groups, self.rules)


def digest_of(
    fields: dict[str, Any],
    places: list[dict[str, Any]],
    categories: list[int],
    target_groups: list[int],
    rules: list[Rule],
) -> str:
    said = [fields, places, sorted(categories), sorted(target_groups), rules]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(slots=True)
class Group:
    """The rows of one ID, in the sheet's order."""

    uid: str
    rows: list[Row] = field(default_factory=list)


def groups(sheet: Sheet, notes: Notes) -> list[Group]:
    """Rows by ID. A row without one is an error, unless nothing stands in it."""
    found: dict[str, Group] = {}
    for row in sheet.rows:
        uid = notes.parse(row, columns.ID, cells.key, None)
        if uid is None:
            continue
        if not uid:
            notes.error(row, columns.ID, _("The ID is missing. Please number the offers (1, 2, 3 …)."))
        elif len(uid) > LONGEST_ID:
            notes.error(row, columns.ID, _("The ID is too long. Please number the offers (1, 2, 3 …)."))
        else:
            found.setdefault(uid, Group(uid)).rows.append(row)
    return list(found.values())


class Mapper:
    """Understands the offers of one sheet by the lists and preferences of the municipality we are in."""

    def __init__(self, sheet: Sheet, notes: Notes, vocabulary: Vocabulary, preferences: Preferences) -> None:
        self.sheet, self.notes, self.vocabulary, self.preferences = sheet, notes, vocabulary, preferences
        self.gazetteer = Gazetteer()
        self._places = Places(notes, vocabulary.districts, preferences, self.gazetteer)

    def share(self, gazetteer: Gazetteer) -> None:
        """Use what another mapper has looked up already."""
        self.gazetteer = self._places.gazetteer = gazetteer

    def plan(self, group: Group) -> Plan | None:
        """The content of the offer; None if one of its rows has an error."""
        plan = self.understood(group)
        self._compare(group)
        return None if self.notes.failed_rows & {row.number for row in group.rows} else plan

    def understood(self, group: Group) -> Plan:
        """What could be understood of it, whatever could not."""
        first = group.rows[0]
        venue, location = self._places.understand(first)
        dates = self._dates(group)
        fields: dict[str, Any] = {
            "title": self._title(first),
            **self._descriptions(first),
            **self._texts(first, postcode=(location or {}).get("postcode", "")),
            **self._costs(first),
            **self._choices(first),
            "venue": venue.value,
            "schedule_kind": dates.kind.value,
        }
        return Plan(
            uid=group.uid,
            row=first.number,
            fields=fields,
            location=location,
            categories=self._categories(first),
            target_groups=self._target_groups(first),
            rules=dates.rules,
        )

    def _title(self, row: Row) -> str:
        title = self._text(row, columns.TITLE)
        if not title:
            self.notes.error(row, columns.TITLE, _("The name of the offer is missing."))
        elif "vor import bitte loeschen" in word_key(title):
            self.notes.error(row, columns.TITLE, _("This is the example of the template. Please delete its rows."))
        return title

    def _text(self, row: Row, key: str) -> str:
        """A column that is one field of Offer, of the same name."""
        written = self.notes.parse(row, key, cells.text, "")
        self.notes.fits(row, key, Offer, key, written)
        return written

    def _texts(self, row: Row, *, postcode: str) -> dict[str, str]:
        found = {key: self._text(row, key) for key in columns.PLAIN_TEXTS}
        found["contact_phone"] = self.notes.repair(
            row, "contact_phone", lambda raw: cells.phone(raw, postcode=postcode), ""
        )
        found["video_url"] = self.notes.repair(row, "video_url", cells.link, "")
        found["contact_email"] = self.notes.parse(row, "contact_email", cells.email, "")
        for key in ("contact_phone", "video_url", "contact_email"):
            self.notes.fits(row, key, Offer, key, found[key])
        return found

    def _descriptions(self, row: Row) -> dict[str, str]:
        summary = self.notes.parse(row, columns.SUMMARY, cells.text, "")
        description = self.notes.parse(row, columns.DESCRIPTION, cells.lines, "")
        if not summary:
            self.notes.warn(row, columns.SUMMARY, _("Without this text, lists show only the name of the offer."))
        if len(summary) > LONGEST_SUMMARY:
            short = texts.cut(summary, LONGEST_SUMMARY)
            message = _("Longer than %(most)d signs: cut to “…%(end)s”.")
            if not description:
                description = summary
                message = _("Longer than %(most)d signs: cut to “…%(end)s”; the full text became the description.")
            self.notes.warn(row, columns.SUMMARY, message % {"most": LONGEST_SUMMARY, "end": short[-30:]})
            summary = short
        return {"summary": summary, "description": texts.to_html(description)}

    def _costs(self, row: Row) -> dict[str, Any]:
        free = self.notes.parse(row, columns.FREE, cells.truth, False)
        try:
            kind, amount, words = _costs(row.cells.get(columns.COSTS, ""), free, row.cells.get(columns.FREE, ""))
        except CellError as error:
            self.notes.error(row, columns.COSTS, str(error))
            kind, amount, words = CostKind.UNKNOWN, None, ""
        self.notes.fits(row, columns.COSTS, Offer, "cost_amount", amount)
        self.notes.fits(row, columns.COSTS, Offer, "cost_text", words)
        return {"cost_kind": kind.value, "cost_amount": amount, "cost_text": words}

    def _choices(self, row: Row) -> dict[str, Any]:
        return {
            columns.ACCESS: self._choice(row, columns.ACCESS, ACCESS, Access.UNKNOWN.value),
            columns.ACCESSIBILITY: self._choice(row, columns.ACCESSIBILITY, ACCESSIBILITY, Accessibility.UNKNOWN.value),
            columns.SALUTATION: self._choice(row, columns.SALUTATION, SALUTATION, Salutation.NONE.value),
            columns.VOLUNTEERING: self.notes.parse(row, columns.VOLUNTEERING, cells.truth, False),
        }

    def _choice(self, row: Row, key: str, words: dict[str, Any], default: str) -> str:
        written = self.notes.parse(row, key, cells.text, "")
        if word_key(written) in NOT_STATED:
            return default
        found = words.get(word_key(written))
        if found is None:
            known = ", ".join(f"„{word.capitalize()}“" for word in words if word not in ("wahr", "falsch", "herrn"))
            sentence = _("Please choose one of %(words)s, or leave the cell empty.") % {"words": known}
            self.notes.error(row, key, sentence, nearest(word_key(written), words))
            return default
        return str(found.value)

    def _categories(self, row: Row) -> list[int]:
        if not plain(row.cells.get(columns.CATEGORIES, "")):
            self.notes.error(row, columns.CATEGORIES, _("The category is missing."))
            return []
        known = self.vocabulary.categories
        return self.notes.parse(row, columns.CATEGORIES, lambda raw: known.several(cells.lines(raw)), [])

    def _target_groups(self, row: Row) -> list[int]:
        if not plain(row.cells.get(columns.TARGET_GROUPS, "")):
            self.notes.warn(row, columns.TARGET_GROUPS, _("Without a target group, fewer people find this offer."))
            return []
        known = self.vocabulary.target_groups
        return self.notes.parse(row, columns.TARGET_GROUPS, lambda raw: known.several(cells.lines(raw)), [])

    def _compare(self, group: Group) -> None:
        """Further rows of an ID add dates; if they say anything else, they are another offer."""
        first = group.rows[0]
        for row in group.rows[1:]:
            for key in BY_KEY:
                written = plain(row.cells.get(key, ""))
                if key in DATE_KEYS or not written or written == plain(first.cells.get(key, "")):
                    continue
                self.notes.error(
                    row,
                    key,
                    _(
                        "Rows %(first)d and %(row)d have the same ID “%(uid)s”, but are different offers. Please give "
                        "one of them an ID of its own (a further date of the same offer repeats only ID and dates)."
                    )
                    % {"first": first.number, "row": row.number, "uid": group.uid},
                )
                break

    def _dates(self, group: Group) -> Dates:
        return DateReader(self.notes, self.sheet.date_1904).read(group.rows)


def _costs(raw: Any, free: bool, free_cell: Any) -> tuple[CostKind, Decimal | None, str]:
    """Costs from the two columns. Raises CellError where they contradict each other."""
    found = cells.amount(raw)
    words = cells.text(raw)
    if (found is not None and found[0] == 0) or word_key(words) in _FREE_WORDS:
        if plain(free_cell) and not free:
            raise CellError(_("This costs nothing, but “kostenfrei” says “nein”. Please correct one of the two."))
        return CostKind.FREE, None, found[1] if found else ""
    if found is not None:
        if free:
            raise CellError(
                _("There is an amount, but “kostenfrei” says “ja”. Please delete the amount or write “nein” there.")
            )
        return CostKind.AMOUNT, found[0], found[1]
    if free:
        return CostKind.FREE, None, words
    return (CostKind.TEXT, None, words) if words else (CostKind.UNKNOWN, None, "")
