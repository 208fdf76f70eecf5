"""What it would mean to restore a state, and doing it: nothing happens that was not shown before."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.history.gone import left_by
from portal.history.registry import Chronicle
from portal.revisions import services
from portal.revisions.kinds import Content, Difference
from portal.revisions.models import Revision
from portal.revisions.results import Outcome
from portal.revisions.subject import waiting_for
from portal.revisions.tokens import mark_of


class MovedMeanwhileError(Exception):
    """What is there is not what was shown."""


class RefusedError(Exception):
    """It cannot be restored at present; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change. `seen`: a digest of what is there now; `refused`: why it cannot be at present; `is_draft`: it
    goes into what is still being written, and is no state of its own."""

    now: Content
    after: Content
    differences: list[Difference]
    gone: list[str]
    hints: list[str]
    seen: str
    refused: str = ""
    is_draft: bool = False


def plan(each: Chronicle, row: Any, revision: Revision, *, by: Any, only: Collection[str] = ()) -> Plan:
    """What restoring a state (or these keys of it) would do. Writes nothing."""
    now = each.kind.take(row)
    wanted, gone = left_by(each, _part(each.kind.content_of(revision), only))
    after = {**now, **wanted}
    return Plan(
        now=now,
        after=after,
        differences=each.kind.differences(now, after),
        gone=gone,
        hints=_hints(each, row),
        seen=mark_of(now),
        refused=_refused(each, row, by),
        is_draft=each.kind.rules.follows(row),
    )


def _part(content: Content, only: Collection[str]) -> Content:
    return {name: value for name, value in content.items() if name in only} if only else content


def _refused(each: Chronicle, row: Any, by: Any) -> str:
    if not each.kind.rules.may_submit(by, row):
        return _("You may look at this, but not change it.")
    if not each.kind.rules.is_editable(row):
        return _("It lies in the bin or is archived. Please take it back first; then its states can be restored.")
    if not (each.kind.rules.is_bound(row) or each.kind.rules.follows(row)):
        # Restoring it would let it be public without anybody having decided so.
        return _("It waits for its first approval. Please decide on that first.")
    return ""


def _hints(each: Chronicle, row: Any) -> list[str]:
    found = []
    waiting = waiting_for(each.kind, row.pk)
    if waiting is not None:
        found.append(
            _("A change of %(name)s waits for approval. It stays, and then builds on what you restore.")
            % {"name": waiting.author_name or _("somebody")}
        )
    if each.one:
        found.append(_("It holds for the whole portal at once."))
    return found


def restore(each: Chronicle, revision: Revision, *, by: Any, seen: str, only: Collection[str] = ()) -> Outcome:
    """Restore a state. MovedMeanwhileError where something else is there than what was `seen`; RefusedError where it
    cannot be at present; ValidationError (whole sentences) where the row cannot say that any more."""
    with transaction.atomic():
        row = each.kind.rules.lock(revision.subject_id)
        now = each.kind.take(row)
        if refused := _refused(each, row, by):
            raise RefusedError(refused)
        if mark_of(now) != seen:
            if _is_so(each, now, revision, only):
                return Outcome(revision, already=True, unchanged=True)
            raise MovedMeanwhileError
        return services.restore(each.kind, revision, by=by, only=list(only) or None)


def _is_so(each: Chronicle, now: Content, revision: Revision, only: Collection[str]) -> bool:
    """Whether somebody did the very same a moment ago, or this is the second click."""
    wanted, _gone = left_by(each, _part(each.kind.content_of(revision), only))
    return all(now.get(name) == value for name, value in wanted.items())


def sentences(error: ValidationError) -> list[str]:
    """What was wrong, without the names of columns."""
    return list(dict.fromkeys(error.messages))
