"""The dry run: read a file, find out what each row would do, and keep that for the person to look at. Changes no
offer."""

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.lazy import lazy
from portal.exchange.excel import columns
from portal.imports.keeping import opened
from portal.imports.models import PRESET, RANKS, Row, Upload
from portal.imports.progress import Steps
from portal.preferences.models import Preferences

if TYPE_CHECKING:
    from portal.exchange.excel import result as outcomes
    from portal.exchange.excel import services, settling, suggesting, summing
    from portal.exchange.excel.result import Problem
    from portal.exchange.excel.settling import Verdict
else:
    outcomes, services = lazy("portal.exchange.excel.result"), lazy("portal.exchange.excel.services")
    settling, suggesting = lazy("portal.exchange.excel.settling"), lazy("portal.exchange.excel.suggesting")
    summing = lazy("portal.exchange.excel.summing")

BATCH = 500
MOST_PROBLEMS = 12
"""Of one offer; more of them help nobody."""
LONGEST_TITLE = 300


def look(upload: Upload) -> None:
    """Bring a file that was sent to the point where somebody chooses. Started twice, it is done once."""
    if upload.state != Upload.State.READING:
        return
    with translation.override(upload.language):
        steps = Steps(upload)
        steps.at(Upload.Stage.READ)
        try:
            with opened(upload) as path:
                reading = services.understand(path, name=upload.name, progress=_told(steps))
        except outcomes.RefusedFileError as error:
            _settle(upload, [], state=Upload.State.REFUSED, refusal=str(error)[:600])
            return
        except FileNotFoundError:
            _settle(upload, [], state=Upload.State.REFUSED, refusal=_("The file is gone. Please send it again."))
            return
        rows = _rows(upload, reading, steps)
        _settle(
            upload,
            rows,
            state=Upload.State.READY,
            sheet=reading.sheet.name[:120],
            number=len(reading.sheet.rows),
            remarks=[problem.message for problem in reading.notes.problems if not problem.row],
            address=summing.address_of(reading.sheet)[:500],
        )


def _told(steps: Steps) -> "services.Progress":
    def tell(_stage: str, done: int, total: int) -> None:
        # The first call says that the file is read, the others how many rows were checked.
        steps.at(Upload.Stage.CHECK if done else Upload.Stage.READ, done, total)

    return tell


def _settle(upload: Upload, rows: list[Row], **fields: Any) -> None:
    with transaction.atomic():
        locked = Upload.objects.select_for_update().filter(pk=upload.pk, state=Upload.State.READING).first()
        if locked is None:
            return
        Row.objects.filter(upload=locked).delete()
        Row.objects.bulk_create(rows, batch_size=BATCH)
        for name, value in fields.items():
            setattr(locked, name, value)
        locked.read_at = timezone.now()
        locked.save()


def _rows(upload: Upload, reading: "services.Reading", steps: Steps) -> list[Row]:
    judge = settling.Judge(upload.provider, reading.notes, reading.result, reading.mapper, by=upload.by)
    suggest = suggesting.Suggester(reading, Preferences.current())
    by_row: dict[int, list[Problem]] = defaultdict(list)
    noted = 0
    found: list[Row] = []
    for start in range(0, len(reading.pairs), BATCH):
        steps.at(Upload.Stage.COMPARE, start, len(reading.pairs))
        verdicts = judge.verdicts(reading.pairs[start : start + BATCH])
        for problem in reading.notes.problems[noted:]:
            by_row[problem.row].append(problem)
        noted = len(reading.notes.problems)
        # Made into rows part by part, so that the offers compared with need not all be held at once.
        found += [_row(upload, verdict, by_row, suggest) for verdict in verdicts]
    for problem in reading.notes.problems[noted:]:
        by_row[problem.row].append(problem)
    known = {row.number for group, _plan in reading.pairs for row in group.rows}
    # Rows without an ID belong to no offer.
    for each in reading.sheet.rows:
        if each.number not in known and by_row[each.number]:
            title = str(each.cells.get(columns.TITLE, ""))
            found.append(_bare(upload, each.number, title, by_row[each.number]))
    return found


def _bare(upload: Upload, number: int, title: str, problems: "list[Problem]") -> Row:
    says = {"problems": [_problem(each) for each in problems[:MOST_PROBLEMS]]}
    outcome = Row.Outcome.ERROR
    return Row(upload=upload, number=number, title=title[:LONGEST_TITLE], outcome=outcome, rank=RANKS[outcome],
               says=says)  # fmt: skip


def _row(
    upload: Upload, verdict: "Verdict", by_row: "dict[int, list[Problem]]", suggest: "suggesting.Suggester"
) -> Row:
    problems = [problem for row in verdict.group.rows for problem in by_row[row.number]]
    row = _bare(upload, verdict.row, " ".join(verdict.title.split()), problems)
    row.outcome = Row.Outcome(verdict.outcome.value)
    row.rank = RANKS[row.outcome]
    row.says["changes"] = [asdict(change) for change in verdict.changes]
    if verdict.outcome.value == Row.Outcome.NEW:
        row.says["line"] = summing.line_of(verdict)
    row.takeable, row.waits, row.seen = verdict.takeable, verdict.waits, digest_of(verdict)
    row.offer_id = verdict.offer.pk if verdict.offer is not None else None
    row.chosen = row.takeable and row.outcome in PRESET
    if row.outcome == Row.Outcome.ERROR:
        fixes = suggest.for_group(verdict.group, problems)
        row.takeable, row.fixes = bool(fixes), {str(number): cells for number, cells in fixes.items()}
    return row


def digest_of(verdict: "Verdict") -> str:
    """Of everything that was shown: where it is another one by then, something else would happen."""
    plan = verdict.plan
    said = [verdict.outcome.value, plan.digest() if plan else "", [asdict(each) for each in verdict.changes]]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def _problem(problem: "Problem") -> dict[str, str]:
    return {
        "level": problem.level.value,
        "where": problem.where,
        "value": problem.told_value,
        "message": problem.message,
        "suggestion": problem.suggestion,
    }
