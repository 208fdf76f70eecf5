"""Importing offers from a workbook: what the command and the web page call."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from audit.services import record
from portal.exchange.excel import columns, names, reader
from portal.exchange.excel.mapping import Mapper, Plan, groups
from portal.exchange.excel.notes import Notes
from portal.exchange.excel.reader import Sheet
from portal.exchange.excel.result import ImportResult, Level
from portal.exchange.excel.store import Settlement, Writer, source_of
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from tenants.running.table_statistics import refresh_statistics

ACTION = "import_offers"

Progress = Callable[[str, int, int], None]
"""Told the name of the stage, how far it is and how much there is."""


def import_offers(
    path: Path,
    *,
    provider: Provider,
    by: Any,
    dry_run: bool = False,
    skip_invalid: bool = False,
    progress: Progress = lambda stage, done, total: None,
) -> ImportResult:
    """Make drafts of the provider's offers in a workbook, or bring those of an earlier import up to date.

    All or nothing: with an error in any row nothing is written (`result.written` is False), unless `skip_invalid`
    asks for the offers without errors. A dry run does the same and undoes it. `by` is the user, or the name of the
    command. Raises RefusedFileError where the file as a whole cannot be read.
    """
    progress(_("reading the workbook"), 0, 1)
    sheet = reader.read(path)
    notes = Notes(sheet)
    result = ImportResult(sheet=sheet.name, rows=len(sheet.rows), problems=notes.problems)
    _note_sheets(sheet, notes)
    _note_columns(sheet, notes)
    with transaction.atomic():
        _lock(provider)
        mapper = Mapper(sheet, notes, names.load(), Preferences.load())
        plans = _plans(mapper, result, progress)
        settlement = Settlement(provider, notes, result, mapper.gazetteer, by=by)
        for plan in plans:
            settlement.settle(plan)
        _note_empty(result, notes)
        if not result.errors or skip_invalid:
            _write(settlement, Writer(provider, mapper.gazetteer, by=by), result, progress)
            # What the tables refused is an error of its row like any other.
            refused = bool(result.errors) and not skip_invalid
            if refused:
                result.created = result.updated = 0
            else:
                record(ACTION, provider, by=by, changes={"file": path.name, **result.counts()})
            result.written = not dry_run and not refused
            transaction.set_rollback(dry_run or refused)
    if result.written:
        refresh_statistics()
    result.sort()
    return result


def _lock(provider: Provider) -> None:
    """Two imports at once would make every offer twice; the second waits and then finds them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || %s, 0))", [source_of(provider.pk)]
        )


def _plans(mapper: Mapper, result: ImportResult, progress: Progress) -> list[Plan]:
    found = groups(mapper.sheet, mapper.notes)
    without_id = {row.number for row in mapper.sheet.rows} - {row.number for each in found for row in each.rows}
    result.read = len(found) + len(without_id)
    result.failed = len(without_id)
    plans = []
    for done, group in enumerate(found, start=1):
        plan = mapper.plan(group)
        if plan is None:
            result.failed += 1
        else:
            plans.append(plan)
        progress(_("checking the rows"), done, len(found))
    return plans


def _note_sheets(sheet: Sheet, notes: Notes) -> None:
    """Further sheets with offers are not taken over; whoever filled them has to know."""
    for name in sheet.others:
        message = _("The sheet “%(other)s” was not read, only “%(name)s”. Please import it as a file of its own.")
        notes.add(Level.WARNING, 0, message % {"other": name, "name": sheet.name})
    for name in sheet.hidden:
        notes.add(Level.WARNING, 0, _("The sheet “%(name)s” is hidden and was not read.") % {"name": name})


def _note_columns(sheet: Sheet, notes: Notes) -> None:
    """What of the sheet is not taken over is said once for each column."""
    for key, column in columns.BY_KEY.items():
        if key not in sheet.places:
            message = _("There is no column “%(name)s”; it was taken as empty.") % {"name": column.heading}
            notes.add(Level.WARNING, 0, message)
    for heading in sheet.unknown_filled:
        message = _("The column “%(name)s” is not known here and was ignored.") % {"name": " ".join(heading.split())}
        notes.add(Level.WARNING, 0, message)
    filled = sum(1 for row in sheet.rows if str(row.cells.get(columns.PROVIDER_URL, "")).strip())
    if filled:
        message = _(
            "The column “%(name)s” is filled in %(count)d rows and was ignored: the address belongs to the "
            "provider's profile."
        ) % {"name": columns.BY_KEY[columns.PROVIDER_URL].heading, "count": filled}
        notes.add(Level.WARNING, 0, message)
    keys = {at + 1: key for key, at in sheet.places.items()}
    for lost in sheet.lost:
        if lost.failed:
            message = _("The formula in this cell has an error. Please write the value itself.")
            notes.add(Level.ERROR, lost.row, message, key=keys[lost.column], value=lost.value)
        else:
            message = _("The formula in this cell has no result and was taken as empty.")
            notes.add(Level.WARNING, lost.row, message, key=keys[lost.column], value=lost.value)


def _note_empty(result: ImportResult, notes: Notes) -> None:
    if not result.rows:
        notes.add(Level.ERROR, 0, _("There are no offers below the headings. Please fill in at least one row."))


def _write(settlement: Settlement, writer: Writer, result: ImportResult, progress: Progress) -> None:
    work = settlement.work
    total = len(work.created) + len(work.updated) + len(work.submitted)
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        progress(_("writing the offers"), done, total)

    for plan in writer.write(work, advance):
        message = _("The offer could not be saved as it is. Please check its row, above all its dates.")
        settlement.notes.add(Level.ERROR, plan.row, message)
        result.failed += 1
    result.created, result.updated = len(work.created), len(work.updated)
    result.submitted = len(work.submitted)
