"""What all parts of one take-over share: the dump, the report, what was taken over before, and who became whom."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from django.core.files.storage import default_storage
from django.db import DataError, IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.exchange.models import ImportedRecord
from portal.exchange.typo3 import values
from portal.exchange.typo3.dump import DOMAIN, Dump, DumpError, Row
from portal.exchange.typo3.report import Outcome, Report

SOURCE = "typo3"
BATCH = 500
MODEL = f"{DOMAIN}domain_model_"

T = TypeVar("T")


@dataclass(slots=True)
class Line:
    """One row of the dump on its way in: reads columns and reports what had to be repaired."""

    table: str
    row: Row
    report: Report
    uid: int = field(init=False)

    def __post_init__(self) -> None:
        try:
            self.uid = values.number(self.row.get("uid"))
        except ValueError as error:
            raise DumpError(_("A row of %(table)s has no number (uid).") % {"table": self.table}) from error

    def repair(self, name: str, reason: str) -> None:
        self.report.repair(self.table, self.uid, name, reason)

    def number(self, name: str) -> int:
        """An integer column; 0 where it is missing, empty or no number."""
        try:
            return values.number(self.row.get(name))
        except ValueError:
            self.repair(name, _("not a number, left out"))
            return 0

    def text(self, name: str, limit: int = 0) -> str:
        """A text column, cut at a word where ours is shorter."""
        return self.fit(name, values.text(self.row.get(name)), limit)

    def line(self, name: str, limit: int) -> str:
        """A text that is one line here."""
        return self.fit(name, " ".join(values.text(self.row.get(name)).split()), limit)

    def fit(self, name: str, text: str, limit: int) -> str:
        if not limit or len(text) <= limit:
            return text
        self.repair(name, _("longer than %(limit)d characters, cut off") % {"limit": limit})
        shorter = text[: limit - 1].rsplit(None, 1)
        return (shorter[0] if len(shorter[0]) > limit // 2 else text[: limit - 1]) + "…"

    def attempt(self, name: str, convert: Callable[[str], T], otherwise: T, reason: str) -> T:
        """Convert a text column; where that raises ValueError, report it and go on with `otherwise`."""
        try:
            return convert(self.text(name))
        except ValueError:
            self.repair(name, reason)
            return otherwise

    @property
    def hidden(self) -> bool:
        """Whether TYPO3 keeps the row from the public: hidden, before its start or after its end."""
        now = int(timezone.now().timestamp())
        over = 0 < self.number("endtime") < now
        return bool(self.number("hidden")) or over or self.number("starttime") > now

    def moment(self, name: str) -> datetime | None:
        try:
            return values.moment(self.row.get(name))
        except ValueError:
            self.repair(name, _("not a date, left out"))
            return None


@dataclass(slots=True)
class Plan:
    """What a row shall become: fields of the model, what hangs on it, and the dump's rows that went into it."""

    line: Line
    fields: dict[str, Any]
    parts: dict[str, Any] = field(default_factory=dict)
    rows: list[tuple[str, int]] = field(default_factory=list)
    """(table, uid) of the dump's rows whose outcome is this row's: dates, labels, mm rows, file references."""
    images: list[Any] = field(default_factory=list)
    """The `files.Picture`s to copy; `parts` holds what of them tells a change."""

    def digest(self) -> str:
        content = json.dumps([self.fields, self.parts], sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()

    def times(self, changed: datetime | None = None) -> tuple[datetime, datetime]:
        """When the row was made and changed in TYPO3. No part of the digest: a daily job there moved `tstamp`."""
        last = changed or self.line.moment("tstamp")
        first = self.line.moment("crdate") or last or timezone.now()
        return first, max(first, last or first)


@dataclass(slots=True)
class Step:
    """A plan to carry out: `own` None means make the object, else bring it up to date."""

    plan: Plan
    digest: str
    own: int | None


class Ledger:
    """What earlier take-overs made of which row, and which of these objects were changed here since."""

    def __init__(self) -> None:
        self._known = {
            (record.table, int(record.uid)): record for record in ImportedRecord.objects.filter(source=SOURCE)
        }
        self._new: list[ImportedRecord] = []
        self._present: dict[str, dict[int, datetime]] = {}

    def find(self, table: str, uid: int) -> ImportedRecord | None:
        return self._known.get((table, uid))

    def present(self, model: type[models.Model]) -> dict[int, datetime]:
        """Ids of a model's objects before this take-over, with the time of their last change where it is kept."""
        label = model._meta.label_lower
        if label not in self._present:
            timed = any(column.name == "updated_at" for column in model._meta.concrete_fields)
            rows = model._default_manager.values_list("pk", "updated_at" if timed else "pk")
            self._present[label] = dict(rows)
        return self._present[label]

    def remember(self, line: Line, target: models.Model, digest: str, changed_at: datetime | None = None) -> None:
        """Note the object a row became; new notes are written by `save`."""
        record = self._known.get((line.table, line.uid))
        if record is None:
            record = ImportedRecord(source=SOURCE, table=line.table, uid=str(line.uid))
            self._known[line.table, line.uid] = record
            self._new.append(record)
        record.model = target._meta.label_lower
        record.object_id = target.pk
        record.digest = digest
        record.object_updated_at = changed_at
        if record.pk:
            record.save(update_fields=["digest", "object_updated_at"])

    def save(self) -> None:
        ImportedRecord.objects.bulk_create(self._new, batch_size=BATCH)
        self._new.clear()


@dataclass(slots=True)
class Context:
    """One take-over. The maps lead from a uid of TYPO3 to an id of ours and hold only what may be referred to."""

    dump: Dump
    report: Report
    ledger: Ledger
    municipality_name: str
    files: Path | None = None
    dry_run: bool = False
    offer_approval: bool = True
    saved_files: list[str] = field(default_factory=list)
    """Files written, to be removed if the take-over fails."""
    replaced_files: list[str] = field(default_factory=list)
    """Files of images that are replaced, to be removed when the take-over has succeeded."""
    roles: dict[int, str] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    ids: dict[str, dict[int, int]] = field(default_factory=dict)
    fresh: dict[str, set[int]] = field(default_factory=dict)
    """uids of each kind that were made in this take-over."""

    def id_of(self, kind: str, uid: int) -> int | None:
        """Our id of what has `uid` in the table of a kind (category, district, user, …)."""
        return self.ids.get(kind, {}).get(uid)

    def learn(self, kind: str, uid: int, own: int, *, fresh: bool = False) -> None:
        self.ids.setdefault(kind, {})[uid] = own
        if fresh:
            self.fresh.setdefault(kind, set()).add(uid)

    def lines(self, table: str, only: Collection[str] | None = None, *, hidden: bool = True) -> Iterator[Line]:
        """The rows of a table that are valid in TYPO3; the others are skipped with their reason.

        `hidden=False` skips hidden rows as well: for kinds of ours that cannot be hidden.
        """
        for row in self.dump.rows(table, only):
            line = Line(table, row, self.report)
            reason = _invalid(line, hidden=hidden)
            if reason:
                self.report.skip(table, line.uid, reason)
            else:
                yield line

    def account(self, plan: Plan, outcome: Outcome, reason: str = "") -> None:
        """Count a row together with the rows that went into it."""
        for table, uid in ((plan.line.table, plan.line.uid), *plan.rows):
            if outcome is Outcome.SKIPPED:
                self.report.skip(table, uid, reason)
            else:
                self.report.count(table, outcome)

    def carry_out(self, steps: list[Step], save: Callable[[list[Step]], None]) -> None:
        """Save the steps at once; where the database refuses one, it is skipped with its rows and the others are not.

        `save` accounts for what it saved last of all.
        """
        saved, replaced = len(self.saved_files), len(self.replaced_files)
        try:
            with transaction.atomic():
                save(steps)
        except (IntegrityError, DataError) as error:
            for name in self.saved_files[saved:]:
                default_storage.delete(name)
            del self.saved_files[saved:], self.replaced_files[replaced:]
            if len(steps) == 1:
                reason = _("refused by the database: %s") % str(error).partition("\n")[0]
                self.account(steps[0].plan, Outcome.SKIPPED, reason)
                return
            middle = len(steps) // 2
            for part in (steps[:middle], steps[middle:]):
                self.carry_out(part, save)

    def settle(self, kind: str, model: type[models.Model], plan: Plan) -> Step | None:
        """The step a plan asks for; None (and accounted for) where nothing is to be done or may be done."""
        record = self.ledger.find(plan.line.table, plan.line.uid)
        digest = plan.digest()
        if record is None:
            return Step(plan, digest, None)
        present = self.ledger.present(model)
        if record.object_id not in present:
            self.account(plan, Outcome.SKIPPED, _("deleted here since the last take-over; not made again"))
            return None
        self.learn(kind, plan.line.uid, record.object_id)
        if record.digest == digest:
            self.account(plan, Outcome.UNCHANGED)
            return None
        if present[record.object_id] != record.object_updated_at:
            self.account(plan, Outcome.SKIPPED, _("changed here since the last take-over; left as it is"))
            return None
        return Step(plan, digest, record.object_id)


def _invalid(line: Line, *, hidden: bool) -> str:
    if line.number("deleted"):
        return _("deleted in TYPO3")
    if line.number("t3ver_wsid") or line.number("t3ver_oid") or line.number("pid") == -1:
        return _("draft of a TYPO3 workspace")
    if line.number("sys_language_uid") > 0:
        return _("translation")
    if not hidden and line.hidden:
        return _("hidden in TYPO3")
    return ""
