"""Many rows at once, for imports: the same history and the same waiting as the verbs leave, in few statements.

The caller holds the lock of its import and writes one audit entry for all of it. Mails are not told (`signals.moved`):
nobody wants one for each row of a workbook. Where each is news of its own, `tell` says it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.utils import timezone

from audit.services import record_many
from portal.revisions import subject
from portal.revisions.children import fetch_links
from portal.revisions.kinds import Kind
from portal.revisions.models import Desk, Revision, State
from portal.revisions.signals import Event, moved
from portal.revisions.steps import changes_of, settle
from portal.revisions.tokens import Content, marks_of

BATCH = 500


def fetched(kind: Kind, ids: Sequence[int], *, lock: bool = False) -> list[Any]:
    """The rows with everything a snapshot reads; `lock` keeps them as they are until the transaction ends."""
    rows = kind.model._default_manager.filter(pk__in=ids)
    # In this order, so that nobody who locks the same rows waits for us while we wait for them.
    return complete(kind, list(rows.order_by("pk").select_for_update(of=("self",)) if lock else rows))


def complete(kind: Kind, rows: list[Any]) -> list[Any]:
    """Rows at hand, with everything else a snapshot reads."""
    prefetch_related_objects(rows, *kind.related)
    fetch_links(rows, kind.links)
    return rows


def keep_what_was(kind: Kind, texts: Mapping[int, Content]) -> None:
    """Texts that are about to be overwritten, by subject, become history where it does not have them yet."""
    last = _last_applied(kind, list(texts))
    new = [
        _settled(kind, pk, content, by=None, note="")
        for pk, content in texts.items()
        if pk not in last or kind.content_of(last[pk]) != content
    ]
    Revision.objects.bulk_create(new, batch_size=BATCH)


def record_applied(kind: Kind, ids: Sequence[int], *, by: Any, note: str = "", informed: bool = False) -> None:
    """One applied revision for each of these rows as it is now."""
    for start in range(0, len(ids), BATCH):
        record_rows(kind, fetched(kind, ids[start : start + BATCH]), by=by, note=note, informed=informed)


def record_rows(kind: Kind, rows: Sequence[Any], *, by: Any, note: str = "", informed: bool = False) -> None:
    """As `record_applied`, for some hundred rows that are at hand (`complete`)."""
    Revision.objects.bulk_create(
        [_settled(kind, row.pk, kind.take(row), by=by, note=note, informed=informed) for row in rows]
    )


def let_wait(
    kind: Kind,
    texts: Mapping[int, Content],
    *,
    by: Any,
    desks: Mapping[int, Desk],
    rows: Mapping[int, Content],
    note: str = "",
) -> None:
    """A submitted revision for each subject; what waited there is replaced. `rows`: what the rows say meanwhile."""
    now = timezone.now()
    waiting = list(Revision.objects.filter(kind=kind.name, subject_id__in=list(texts)).waiting())
    for each in waiting:
        settle(each, State.REPLACED, by)
    Revision.objects.bulk_update(
        waiting,
        ["state", "waits_for", "decided_at", "settled_at", "decided_by", "decided_by_name", "typed"],
        batch_size=BATCH,
    )
    before = {each.subject_id: each for each in waiting}
    Revision.objects.bulk_create(
        [
            Revision(
                kind=kind.name,
                subject_id=pk,
                content=content,
                format=kind.format,
                state=State.SUBMITTED,
                waits_for=desks[pk],
                submitted_at=now,
                settled_at=now,
                marks=marks_of(rows[pk]),
                based_on=before.get(pk),
                note=note,
                **subject.authored(by),
            )
            for pk, content in texts.items()
        ],
        batch_size=BATCH,
    )


def hand_in_first(kind: Kind, texts: Mapping[int, Content], *, by: Any, desk: Desk, note: str = "") -> list[Revision]:
    """The first revision of rows that were just made and say this: applied (`desk` is nobody's), or waiting there."""
    made = [
        Revision(kind=kind.name, subject_id=pk, content=text, format=kind.format, marks=marks_of(text), note=note,
                 **subject.authored(by))
        for pk, text in texts.items()
    ]  # fmt: skip
    now, informed = timezone.now(), not kind.rules.is_editor(by)
    for each in made:
        if desk == Desk.NOBODY:
            settle(each, State.APPLIED, by)
            each.informed = informed
        else:
            each.state, each.waits_for, each.submitted_at, each.settled_at = State.SUBMITTED, desk, now, now
    return Revision.objects.bulk_create(made, batch_size=BATCH)


def tell(kind: Kind, rows: Sequence[Any], revisions: Sequence[Revision], *, by: Any) -> None:
    """What each of them is for the audit log and for whoever listens, as if each had come alone."""
    applied = revisions[0].state == State.APPLIED
    event = Event.APPLIED if applied else Event.SUBMITTED
    told = [(row, changes_of(revision)) for row, revision in zip(rows, revisions, strict=True)]
    record_many(f"revision.{event}", told, by=by)
    for revision in revisions:
        moved.send(Revision, revision=revision, event=event, by=by)


def complete_waiting(kind: Kind) -> int:
    """A submitted revision for each row that waits for its first approval without one: rows from before the engine, or
    whose state was changed past it. Returns how many. Nobody can approve what is not there."""
    waiting = Revision.objects.of(kind.name, OuterRef("pk")).waiting()
    lost = kind.model._default_manager.filter(state=State.SUBMITTED).exclude(Exists(waiting))
    ids = list(lost.select_for_update().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        texts = {row.pk: kind.take(row) for row in fetched(kind, ids[start : start + BATCH])}
        let_wait(kind, texts, by=None, desks=dict.fromkeys(texts, Desk.EDITORS), rows=texts)
    return len(ids)


def waiting_texts(kind: Kind, ids: Iterable[int]) -> dict[int, Content]:
    """What waits, by subject."""
    found = Revision.objects.filter(kind=kind.name, subject_id__in=list(ids)).waiting()
    return {each.subject_id: kind.content_of(each) for each in found}


def _settled(kind: Kind, pk: int, content: Content, *, by: Any, note: str, informed: bool = False) -> Revision:
    made = Revision(
        kind=kind.name,
        subject_id=pk,
        content=content,
        format=kind.format,
        note=note,
        informed=informed,
        **subject.authored(by),
    )
    settle(made, State.APPLIED, by)
    return made


def _last_applied(kind: Kind, ids: Sequence[int]) -> dict[int, Revision]:
    found = Revision.objects.filter(kind=kind.name, subject_id__in=ids, state=State.APPLIED)
    newest = found.order_by("subject_id", "-settled_at", "-id").distinct("subject_id")
    return {each.subject_id: each for each in newest}


def change_quietly(kind: Kind, row: Any, changes: Mapping[str, Any], *, by: Any, note: str = "") -> bool:
    """Change some keys of one row's text past the mails; the row (of `kind.rules.lock`) is under the caller's lock.

    What it was and what it is become history where it is bound; what waits there goes on, standing on the new text.
    Drafts, which have no history, just change. False where it says so already.
    """
    before = kind.take(row)
    after = kind.canonical({**before, **changes})
    if after == before:
        return False
    bound = kind.rules.is_bound(row)
    if bound:
        keep_what_was(kind, {row.pk: before})
    kind.apply(row, after, list(changes))
    fresh = kind.rules.lock(row.pk)
    if bound:
        record_rows(kind, [fresh], by=by, note=note)
    waiting = subject.waiting_for(kind, row.pk)
    if waiting is not None and subject.rebased(kind, waiting, kind.take(fresh)):
        waiting.save()
    return True
