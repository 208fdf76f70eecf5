"""Writing offers into the template, so that they can be read in again without losing anything.

The template does not know: images, markers, languages, ages, further places, a place's name, that its exact address
is hidden, exact coordinates, both on site and online, the link for taking part online, the link for registering, the
notes on dates, accessibility, joining in and donating, markup in descriptions, and states. What of it an offer has is
counted in `ExportResult.lost`; it stays in the portal when the file comes back (see `merging`).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from portal.exchange.excel import columns, dates, merging, names, texts
from portal.exchange.excel.columns import COLUMNS
from portal.exchange.excel.merging import Rereader
from portal.exchange.excel.names import Vocabulary
from portal.exchange.excel.services import Progress
from portal.exchange.excel.written import ACCESS, ACCESSIBILITY, RELATED, YES_NO
from portal.listing.workbooks import LONGEST_CELL, escaped, held
from portal.offers.choices import Venue
from portal.offers.models import Location, Offer
from portal.preferences.models import Preferences
from portal.providers.fields import Precision
from portal.providers.models import Provider

BATCH = 500
SHEET, CHOICES = "Angebote", "Felder Einfachauswahl"
FIRST_ROW, VALIDATED_ROWS = 3, 5000
WRITTEN = (*COLUMNS, columns.BASE_COLUMN)


@dataclass(slots=True)
class ExportResult:
    """`lost` counts offers by what of them the template cannot say."""

    offers: int = 0
    rows: int = 0
    lost: Counter[str] = field(default_factory=Counter)

    def lines(self) -> Iterator[str]:
        for what, count in sorted(self.lost.items()):
            yield _("The template has no column for: %(what)s (%(count)d offers).") % {"what": what, "count": count}
        yield _("%(offers)d offers written in %(rows)d rows.") % {"offers": self.offers, "rows": self.rows}


def export_offers(
    path: Path | BinaryIO,
    *,
    provider: Provider | None = None,
    offers: Any = None,
    progress: Progress = lambda stage, done, total: None,
) -> ExportResult:
    """Write the offers of the municipality we are in, or of one provider, in any state, or just these `offers`.

    Imported again for the same provider, unchanged rows change nothing, whatever was changed in the portal meanwhile,
    and of corrected rows what was corrected is taken.
    """
    found = (Offer.objects.all() if offers is None else offers).order_by("pk").prefetch_related(*RELATED)
    if provider is not None:
        found = found.filter(provider=provider)
    vocabulary = names.load()
    rereader = Rereader(vocabulary, Preferences.load())
    workbook, sheet = _prepared(vocabulary)
    result = ExportResult()
    total = found.count()
    for offer in found.iterator(chunk_size=BATCH):
        result.lost.update(_losses(offer))
        rows = rereader.rows(offer)
        rows[0][columns.BASE] = merging.written(rows[0][columns.ID], rereader.digests(rows))
        for row in rows:
            result.rows += 1
            _write_row(sheet, FIRST_ROW + result.rows - 1, row)
        result.offers += 1
        progress(_("writing the offers"), result.offers, total)
    workbook.save(path)
    return result


def write_template(path: Path | BinaryIO) -> None:
    """The empty template with the lists of the municipality we are in."""
    workbook, _sheet = _prepared(names.load())
    workbook.save(path)


def _prepared(vocabulary: Vocabulary) -> tuple[Workbook, Worksheet]:
    workbook = Workbook()
    sheet = _first_sheet(workbook)
    _choices_sheet(workbook, sheet, vocabulary)
    return workbook, sheet


def _first_sheet(workbook: Workbook) -> Worksheet:
    sheet = workbook.worksheets[0]
    sheet.title = SHEET
    for at, column in enumerate(WRITTEN, start=1):
        heading, hint = sheet.cell(1, at, column.heading), sheet.cell(2, at, column.hint)
        heading.font, hint.font = Font(bold=True), Font(italic=True)
        heading.fill = PatternFill("solid", fgColor="E6E6E6")
        heading.alignment = hint.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    sheet.column_dimensions[get_column_letter(len(WRITTEN))].hidden = True
    sheet.row_dimensions[2].height = 60
    sheet.freeze_panes = "C3"
    return sheet


def _choices_sheet(workbook: Workbook, sheet: Worksheet, vocabulary: Vocabulary) -> None:
    """The lists one may choose from, and the drop-downs that offer them."""
    lists = {
        columns.CATEGORIES: ("Angebotskategorien", [entry.unique for entry in vocabulary.categories.entries]),
        columns.KIND: ("Datumstyp", list(dates.KINDS.values())),
        columns.DISTRICT: ("Stadtteil", [entry.unique for entry in vocabulary.districts.entries]),
        columns.TARGET_GROUPS: (
            "Altersgruppe / Zielgruppe",
            [entry.unique for entry in vocabulary.target_groups.entries],
        ),
        columns.FREE: ("Kostenfrei", list(YES_NO.values())),
        columns.ACCESS: ("Zugang", list(ACCESS.values())),
        columns.ACCESSIBILITY: ("Barrierefrei", list(ACCESSIBILITY.values())),
        columns.SALUTATION: ("Anrede", ["Herr", "Frau"]),
        columns.VOLUNTEERING: ("Engagement möglich", list(YES_NO.values())),
    }
    choices = workbook.create_sheet(CHOICES)
    # A list written into the cell itself may have 255 signs, more of it Excel drops without a word.
    choices.sheet_state = Worksheet.SHEETSTATE_HIDDEN
    keys = [column.key for column in COLUMNS]
    for at, (key, (heading, words)) in enumerate(lists.items(), start=1):
        letter = get_column_letter(at)
        choices.column_dimensions[letter].width = 32
        choices.cell(1, at, heading).font = Font(bold=True)
        for row, word in enumerate(words, start=2):
            write_cell(choices.cell(row, at), word)
        if words:
            source = f"'{CHOICES}'!${letter}$2:${letter}${len(words) + 1}"
            # Several names, postcodes and rules may be written too: the list helps, but does not refuse.
            choice = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=False)
            target = get_column_letter(keys.index(key) + 1)
            choice.add(f"{target}{FIRST_ROW}:{target}{VALIDATED_ROWS}")
            sheet.add_data_validation(choice)


def _write_row(sheet: Worksheet, number: int, row: dict[str, Any]) -> None:
    for at, column in enumerate(WRITTEN, start=1):
        value = row.get(column.key)
        if value not in ("", None):
            write_cell(sheet.cell(number, at), value)


def write_cell(cell: Cell | MergedCell, value: Any) -> None:
    """Put a value in. Text stays text: nothing of it is calculated, whatever sign it begins with."""
    if isinstance(value, str):
        clean = held(value)
        cell.value = escaped(clean)
        cell.data_type = "s"
        cell.number_format = "@"
        if clean.startswith(("=", "+", "-", "@", "\t")):
            cell.quotePrefix = True
    else:
        cell.value = value
        if hasattr(value, "year"):
            cell.number_format = "DD.MM.YYYY"
        elif hasattr(value, "hour"):
            cell.number_format = "HH:MM"


def _losses(offer: Offer) -> Iterator[str]:
    """Names of what the template cannot say of this offer."""
    places = list(offer.locations.all())
    having = {
        _("images"): bool(offer.images.all()),
        _("markers"): bool(offer.markers.all()),
        _("own details"): bool(offer.extras or offer.internal),
        _("languages"): bool(offer.languages),
        _("ages"): offer.min_age is not None or offer.max_age is not None,
        _("further places"): len(places) > 1,
        _("on site and online"): offer.venue == Venue.BOTH or (offer.venue == Venue.ONLINE and bool(places)),
        _("link for taking part online"): bool(offer.online_url),
        _("link for registering"): bool(offer.registration_url),
        _("notes on the dates"): bool(offer.schedule_note),
        _("note on accessibility"): bool(offer.accessibility_note),
        _("joining in and donating"): bool(offer.participate_note or offer.donate_note),
        _("markup in the description"): texts.has_markup(offer.description),
        _("text beyond what a cell holds"): len(offer.description) > LONGEST_CELL,
    }
    yield from (what for what, has in having.items() if has)
    yield from _lost_of_places(places)


def _lost_of_places(places: list[Location]) -> Iterator[str]:
    if any(place.name for place in places):
        yield _("name of the place")
    if any(place.hide_exact_address for place in places):
        yield _("hidden address")
    if any(place.precision == Precision.EXACT for place in places):
        yield _("exact coordinates")
