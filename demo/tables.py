"""A table that the demo's provider has sent: two new offers, one that changes something, one row with a mistake."""

from datetime import time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.utils import timezone, translation

from accounts.models import User
from core.lazy import lazy
from portal.exchange.excel import columns
from portal.imports import tasks
from portal.imports.models import Upload
from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.models import Provider
from portal.taxonomy.models import Category, TargetGroup

if TYPE_CHECKING:
    import openpyxl

    from portal.exchange.excel import export
    from portal.imports import keeping, looking
else:
    openpyxl, export = lazy("openpyxl"), lazy("portal.exchange.excel.export")
    keeping, looking = lazy("portal.imports.keeping"), lazy("portal.imports.looking")

NAME = "angebote-neues-halbjahr.xlsx"
TAKEN_ALONG = 3
_NEW = (
    ("Erzählcafé am Vormittag", "Bei Kaffee erzählen und zuhören, jede Woche zu einem anderen Thema.", time(10)),
    ("Fahrräder gemeinsam reparieren", "Werkzeug und Hilfe sind da, das Rad bringen Sie mit.", time(16)),
    ("Spieleabend für alle", "Brettspiele für Anfänger und Geübte; wer allein kommt, findet Mitspieler.", time(18)),
)


def a_table(user: User) -> Upload:
    """Of the organisation this person leads: its own export, corrected and continued as somebody would. It waits."""
    provider = Provider.objects.kept_by(user).order_by("pk")[0]
    # The sentences beside the rows are kept as they were said.
    with translation.override("de"):
        file = ContentFile(_written(provider), name=NAME)
        sent, _fresh = keeping.keep(file, provider, by=user, key=f"demo-{provider.pk}")
        looking.look(sent)
        sent.refresh_from_db()
        # The copy with our remarks can wait for the worker.
        tasks.mark_table.defer(upload=sent.pk)
    return sent


def _written(provider: Provider) -> bytes:
    taken, changed = BytesIO(), BytesIO()
    own = Offer.objects.filter(provider=provider, state=State.PUBLISHED).order_by("pk")
    result = export.export_offers(taken, offers=Offer.objects.filter(pk__in=own.values("pk")[:TAKEN_ALONG]))
    workbook = openpyxl.load_workbook(taken)
    sheet = workbook[export.SHEET]
    if result.rows:
        _put(sheet, export.FIRST_ROW, conditions="Bitte bis zwei Tage vorher anmelden.")
    for number, (title, summary, begins) in enumerate(_NEW):
        cells = _row(provider, number, begins) | {columns.TITLE: title, columns.SUMMARY: summary}
        if number == len(_NEW) - 1:
            # A slip of the finger, as it happens.
            cells[columns.CATEGORIES] = cells[columns.CATEGORIES][:-2] + cells[columns.CATEGORIES][:-3:-1]
        _put(sheet, export.FIRST_ROW + result.rows + number, **cells)
    workbook.save(changed)
    return changed.getvalue()


def _row(provider: Provider, number: int, begins: time) -> dict[str, Any]:
    """A course of eight weeks that begins in a month."""
    first = timezone.localdate() + timedelta(days=28 + number)
    return {
        columns.ID: number + 1,
        columns.CATEGORIES: Category.objects.filter(parent=None).order_by("pk")[0].name,
        columns.KIND: "Wöchentlich",
        columns.START_DATE: first,
        columns.START_TIME: begins,
        columns.END_DATE: first + timedelta(weeks=7),
        columns.END_TIME: begins.replace(hour=begins.hour + 2),
        columns.ADDRESS: f"{provider.postcode} {provider.city}, {provider.street}",
        columns.TARGET_GROUPS: TargetGroup.objects.order_by("pk")[0].name,
        columns.FREE: "Ja",
    }


def _put(sheet: Any, row: int, **cells: Any) -> None:
    places = {column.key: at for at, column in enumerate(export.WRITTEN, start=1)}
    for key, value in cells.items():
        export.write_cell(sheet.cell(row, places[key]), value)
