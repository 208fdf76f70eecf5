"""Importing offers from a table: what the command and the web page call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.services import record
from core import garbage
from portal.exchange.excel import columns, merging, names, reader
from portal.exchange.excel.mapping import Group, Mapper, Plan, groups
from portal.exchange.excel.merging import Rereader
from portal.exchange.excel.notes import Notes
from portal.exchange.excel.result import ImportResult, Level
from portal.exchange.excel.settling import Judge, Outcome, Verdict, work_of
from portal.exchange.excel.store import Work, Writer, source_of
from portal.exchange.excel.tables import Sheet
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from tenants.running.table_statistics import refresh_statistics

ACTION = "import_offers"
MOST_NAMED = 20

Progress = Callable[[str, int, int], None]
"""Told the name of the stage, how far it is and how much there is."""
Fixes = Mapping[int, Mapping[str, str]]
"""By the number of a row: what cells of it (by key) are to say instead of what they say."""


@dataclass(slots=True)
class Reading:
    """A table that was understood as far as it can be without looking at the provider's offers."""

    sheet: Sheet
    notes: Notes
    result: ImportResult
    mapper: Mapper
    pairs: list[tuple[Group, Plan | None]] = field(default_factory=list)
    """Each offer (the rows of one ID) with what it shall be; None where a row of it has an error."""


def _silent(_stage: str, _done: int, _total: int) -> None:
    pass


def understand(path: Path, *, name: str = "", fixes: Fixes | None = None, progress: Progress = _silent) -> Reading:
    """Read a file and understand its rows. Writes nothing. Raises RefusedFileError where it cannot be read at all."""
    progress(_("reading the workbook"), 0, 1)
    sheet = reader.read(path, name or path.name)
    for row in sheet.rows:
        row.cells |= (fixes or {}).get(row.number, {})
    notes = Notes(sheet)
    result = ImportResult(sheet=sheet.name, rows=len(sheet.rows), problems=notes.problems, table=sheet)
    _note_file(sheet, notes)
    _note_columns(sheet, notes)
    reading = Reading(sheet, notes, result, Mapper(sheet, notes, names.load(), Preferences.load()))
    _plan(reading, progress)
    _note_empty(result, notes)
    return reading


@garbage.seldom()
def import_offers(
    path: Path,
    *,
    provider: Provider,
    by: Any,
    dry_run: bool = False,
    skip_invalid: bool = False,
    progress: Progress = _silent,
) -> ImportResult:
    """Make drafts of the provider's offers in a table, or bring those of an earlier import up to date.

    All or nothing: with an error in any row nothing is written (`result.written` is False), unless `skip_invalid`
    asks for the offers without errors. A dry run does the same and undoes it. `by` is the user, or the name of the
    command. Raises RefusedFileError where the file as a whole cannot be read.
    """
    reading = understand(path, progress=progress)
    result = reading.result
    with transaction.atomic():
        lock_imports(provider)
        judge = Judge(provider, reading.notes, result, reading.mapper, by=by)
        verdicts = judge.verdicts(reading.pairs)
        count(verdicts, result)
        work = work_of(verdicts, lambda each: each.outcome != Outcome.CONFLICT)
        if not result.errors or skip_invalid:
            _write(work, reading, Writer(provider, reading.mapper.gazetteer, by=by), progress)
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


def count(verdicts: list[Verdict], result: ImportResult) -> None:
    """Add to the figures what is left as it is."""
    for each in verdicts:
        result.unchanged += each.outcome == Outcome.UNCHANGED
        result.conflicts += each.outcome == Outcome.CONFLICT
        # Those without a plan were counted when the rows were understood.
        result.failed += each.outcome == Outcome.ERROR and each.plan is not None


def lock_imports(provider: Provider) -> None:
    """Two imports at once would make every offer twice; the second waits and then finds them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || %s, 0))", [source_of(provider.pk)]
        )


def _plan(reading: Reading, progress: Progress) -> None:
    result, mapper = reading.result, reading.mapper
    found = groups(reading.sheet, reading.notes)
    without_id = {row.number for row in reading.sheet.rows} - {row.number for each in found for row in each.rows}
    result.read = len(found) + len(without_id)
    result.failed = len(without_id)
    untouched = Untouched(reading)
    for done, group in enumerate(found, start=1):
        before = len(reading.notes.problems)
        plan = mapper.plan(group) or untouched.plan(group, before)
        result.failed += plan is None
        reading.pairs.append((group, plan))
        progress(_("checking the rows"), done, len(found))


class Untouched:
    """Rows of an export that say what it said, though the portal's own offer lacks something that a table must have."""

    def __init__(self, reading: Reading) -> None:
        self.notes = reading.notes
        self._rereader = Rereader(reading.mapper.vocabulary, reading.mapper.preferences, reading.mapper)

    def plan(self, group: Group, since: int) -> Plan | None:
        """What they say, with what is wrong with it (the remarks `since` then) held back; None where they say
        something else."""
        base = merging.read(group.uid, group.rows[0].cells.get(columns.BASE, ""))
        if not base or self._rereader.digests([row.cells for row in group.rows]) != base:
            return None
        plan = self._rereader.plan([row.cells for row in group.rows])
        plan.uid, plan.row, plan.held = group.uid, group.rows[0].number, self.notes.problems[since:]
        del self.notes.problems[since:]
        self.notes.failed_rows -= {row.number for row in group.rows}
        return plan


def _note_file(sheet: Sheet, notes: Notes) -> None:
    """Further sheets with offers are not taken over; whoever filled them has to know. So it is with merged cells."""
    for remark in sheet.remarks:
        notes.add(Level.WARNING, 0, remark)
    for name in sheet.others:
        message = _("The sheet “%(other)s” was not read, only “%(name)s”. Please import it as a file of its own.")
        notes.add(Level.WARNING, 0, message % {"other": name, "name": sheet.name})
    for name in sheet.hidden:
        notes.add(Level.WARNING, 0, _("The sheet “%(name)s” is hidden and was not read.") % {"name": name})
    for first, last in sheet.merged[:MOST_NAMED]:
        message = _("Cells are merged over the rows %(first)d to %(last)d: what stands in them was taken for each row.")
        notes.add(Level.WARNING, first, message % {"first": first, "last": last})


def _note_columns(sheet: Sheet, notes: Notes) -> None:
    """What of the sheet is not taken over is said once for each column."""
    for key, column in columns.BY_KEY.items():
        if key not in sheet.places and key != columns.PROVIDER_URL:
            message = _("There is no column “%(name)s”; it was taken as empty.") % {"name": column.heading}
            notes.add(Level.WARNING, 0, message)
    for heading in sheet.unknown_filled:
        message = _("The column “%(name)s” is not known here and was ignored.") % {"name": " ".join(heading.split())}
        notes.add(Level.WARNING, 0, message)
    filled = sum(1 for row in sheet.rows if str(row.cells.get(columns.PROVIDER_URL, "")).strip())
    if filled:
        message = ngettext(
            "The column “%(name)s” is filled in %(count)d row. It is not part of the offers: on the page of the result "
            "you choose what becomes of it.",
            "The column “%(name)s” is filled in %(count)d rows. It is not part of the offers: on the page of the "
            "result you choose what becomes of it.",
            filled,
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


def _write(work: Work, reading: Reading, writer: Writer, progress: Progress) -> None:
    total = len(work.created) + len(work.updated) + len(work.submitted)
    result, done = reading.result, 0

    def advance(number: int) -> None:
        nonlocal done
        done += number
        progress(_("writing the offers"), done, total)

    for plan in writer.write(work, advance):
        reading.notes.add(Level.ERROR, plan.row, refused_by_the_tables())
        result.failed += 1
    result.created, result.updated = len(work.created), len(work.updated)
    result.submitted = len(work.submitted)


def refused_by_the_tables() -> str:
    """The sentence on a row that looked right and could not be stored."""
    return _("The offer could not be saved as it is. Please check its row, above all its dates.")
