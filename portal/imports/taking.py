"""Taking over what was chosen, in the background: in parts, each one transaction.

A part is written whole or not at all: its offers with their history, the rows that say so, the figures and the audit
entry. Killed in the middle, the queue starts the job again, and it goes on with what is not yet taken. What is taken is
judged anew under a lock: where a row would do something else than was shown, it is left as it is.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from audit.services import record
from core.bulk import write_columns
from core.lazy import lazy
from portal.exchange.excel import columns
from portal.imports import letters
from portal.imports.filling import fill_website
from portal.imports.keeping import opened
from portal.imports.looking import digest_of
from portal.imports.models import Row, Upload
from portal.imports.progress import Steps
from portal.providers import approval
from portal.providers.approval import Subject
from tenants.running.table_statistics import refresh_statistics

if TYPE_CHECKING:
    from portal.exchange.excel import handing_in, services, settling, store, summing
    from portal.exchange.excel.mapping import Group, Plan
    from portal.exchange.excel.settling import Verdict

    Pairs = Sequence[tuple[Group, Plan | None]]
else:
    handing_in, services = lazy("portal.exchange.excel.handing_in"), lazy("portal.exchange.excel.services")
    settling, store = lazy("portal.exchange.excel.settling"), lazy("portal.exchange.excel.store")
    summing = lazy("portal.exchange.excel.summing")

PART = 250
"""Offers in one transaction: about a second and a half of work."""


def take(upload: Upload) -> None:
    """Write what was chosen and is not written yet."""
    if upload.state != Upload.State.TAKING:
        return
    with translation.override(upload.language):
        if upload.by is None or not approval.may_edit(upload.by, upload.provider, Subject.OFFER):
            _end(upload, _("Whoever began this may not do it any more. What is open was left as it is."))
            return
        chosen = {row.number: row for row in upload.rows.filter(chosen=True, takeable=True, state=Row.State.OPEN)}
        fixes = {int(number): cells for row in chosen.values() for number, cells in row.fixes.items()}
        try:
            with opened(upload) as path:
                reading = services.understand(path, name=upload.name, fixes=fixes, progress=_reading(upload))
        except FileNotFoundError:
            _end(upload, _("The file is gone. Please send it again."))
            return
        pairs = [pair for pair in reading.pairs if pair[0].rows[0].number in chosen]
        part = _Part(upload, reading)
        for start in range(0, len(pairs), PART):
            if not part.write(pairs[start : start + PART]):
                return
        if part.wrote:
            refresh_statistics()
        _end(upload)


def _reading(upload: Upload) -> "services.Progress":
    steps = Steps(upload)

    def tell(_stage: str, _done: int, _total: int) -> None:
        # The figures are those of what is written.
        steps.at(Upload.Stage.WRITE, upload.done, upload.total)

    return tell


def _end(upload: Upload, note: str = "") -> None:
    with transaction.atomic():
        locked = Upload.objects.select_for_update(of=("self",)).select_related("by", "provider").get(pk=upload.pk)
        if locked.state != Upload.State.TAKING:
            return
        open_rows = locked.rows.filter(chosen=True, takeable=True, state=Row.State.OPEN)
        gone = open_rows.update(state=Row.State.LEFT, note=note or _("It stands in the file no more."))
        locked.left += gone
        locked.notes = [*locked.notes, *([note] if note else [])]
        locked.state, locked.taken_at = Upload.State.DONE, timezone.now()
        locked.save()
        letters.tell(locked)


class _Part:
    """Writes parts of a table, one after the other."""

    def __init__(self, upload: Upload, reading: "services.Reading") -> None:
        self.upload, self.reading, self.wrote = upload, reading, False
        self.judge = settling.Judge(
            upload.provider, reading.notes, reading.result, reading.mapper, by=upload.by
        )  # fmt: skip

    def write(self, pairs: "Pairs") -> bool:
        """One transaction. False where somebody else is at it, or it has ended."""
        with transaction.atomic():
            locked = (
                Upload.objects.select_for_update(of=("self",)).select_related("provider", "by").get(pk=self.upload.pk)
            )
            if locked.state != Upload.State.TAKING:
                return False
            services.lock_imports(locked.provider)
            numbers = [group.rows[0].number for group, _plan in pairs]
            rows = {row.number: row for row in locked.rows.filter(number__in=numbers, state=Row.State.OPEN)}
            pairs = [pair for pair in pairs if pair[0].rows[0].number in rows]
            self._write(locked, pairs, rows)
            locked.done += len(rows)
            locked.save()
        self.upload.done = locked.done
        return True

    def _write(self, upload: Upload, pairs: "Pairs", rows: dict[int, Row]) -> None:
        if upload.fill == Upload.Fill.WEBSITE and not upload.done:
            upload.notes = [*upload.notes, *fill_website(upload)]
        verdicts = self.judge.verdicts(pairs, lock=True)
        good = [each for each in verdicts if self._is_as_shown(each, rows[each.row])]
        for each in good:
            self._fill(each, upload)
        work = settling.work_of(good, lambda each: True)
        writer = store.Writer(upload.provider, self.reading.mapper.gazetteer, by=upload.by)
        refused = {plan.row for plan in writer.write(work, lambda number: None)}
        for number in refused:
            _leave(rows[number], services.refused_by_the_tables())
        drafts = handing_in.hand_in(writer.made, by=upload.by) if upload.hand_in else {}
        for plan, offer in writer.made:
            rows[plan.row].offer_id = offer.pk
            rows[plan.row].note = " ".join(drafts.get(offer.pk, ()))[:600]
        for each in good:
            if each.row not in refused:
                rows[each.row].state = Row.State.DONE
        write_columns(list(rows.values()), ["state", "note", "offer_id"])
        upload.created += len(work.created)
        upload.updated += len(work.updated)
        upload.submitted += len(work.submitted)
        upload.left += sum(row.state == Row.State.LEFT for row in rows.values())
        self.wrote = self.wrote or bool(good)
        changes = {"file": upload.name, "created": len(work.created), "updated": len(work.updated),
                   "submitted": len(work.submitted)}  # fmt: skip
        record(services.ACTION, upload.provider, by=upload.by, changes=changes)

    @staticmethod
    def _is_as_shown(verdict: "Verdict", row: Row) -> bool:
        if verdict.outcome.value == Row.Outcome.UNCHANGED and row.outcome != Row.Outcome.UNCHANGED:
            # Somebody has brought it about meanwhile: nothing is left to do.
            return True
        shown = digest_of(verdict) == row.seen or (row.fixes and verdict.takeable and not _overwrites(verdict))
        if not shown:
            _leave(row, _("The offer was changed in the portal since you looked. Please send the table once more."))
        return bool(shown)

    @staticmethod
    def _fill(verdict: "Verdict", upload: Upload) -> None:
        if upload.fill != Upload.Fill.LINKS or verdict.plan is None:
            return
        link = summing.link_in(verdict.group.rows[0].cells.get(columns.PROVIDER_URL, ""))
        if link and link.rstrip("/") != upload.provider.website.rstrip("/"):
            verdict.plan.fill["registration_url"] = link


def _overwrites(verdict: "Verdict") -> bool:
    """Whether something would be lost that was not shown, because the row could not be read then."""
    return verdict.outcome.value in {Row.Outcome.CONFLICT, Row.Outcome.LOSES}


def _leave(row: Row, note: str) -> None:
    row.state, row.note = Row.State.LEFT, note[:600]
