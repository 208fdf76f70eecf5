"""Writing the audit log, and proving that nobody rewrote it."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models

from audit.chaining import SEPARATOR
from audit.models import ACTING, AS, Entry
from audit.signals import recorded
from core.acting import acting_as
from core.support import VISIT, visiting_now

MAX_NAME = 300


def record_many(action: str, about: Iterable[tuple[models.Model, dict[str, Any]]], *, by: Any = None) -> list[Entry]:
    """The same for many things at once (each with its changes), in one statement."""
    entries = [(_entry(action, target, by, changes), target) for target, changes in about]
    Entry.objects.bulk_create([entry for entry, _target in entries])
    for entry, target in entries:
        recorded.send(Entry, entry=entry, target=target, by=by)
    return [entry for entry, _target in entries]


def record(action: str, target: models.Model, *, by: Any = None, changes: dict[str, Any] | None = None) -> Entry:
    """Note what was done. `by` is a user, or the name of the command or job that acted for nobody in particular.

    Where somebody of the town hall acts as this user, they are the one who did it; the changes say as whom (`as`) and
    in the course of which help (`acting`). What is done while an operator is let in to help names the visit
    (`support`).
    """
    entry = _entry(action, target, by, changes or {})
    entry.save(force_insert=True)
    recorded.send(Entry, entry=entry, target=target, by=by)
    return entry


def _entry(action: str, target: models.Model, by: Any, changes: dict[str, Any]) -> Entry:
    is_user = isinstance(by, models.Model)
    help_given = acting_as(by) if is_user else None
    if help_given is not None:
        changes = {**changes, ACTING: help_given.pk, AS: [help_given.person_id, help_given.person_email]}
    visit = visiting_now()
    if visit is not None:
        changes = {**changes, VISIT: visit.pk}
    return Entry(
        actor_id=help_given.helper_id if help_given else by.pk if is_user else None,
        actor=_plain(help_given.helper_email if help_given else _name(by)),
        action=action,
        target_type=target._meta.label_lower,
        target_id=_plain(target.pk or ""),
        target=_plain(target)[:MAX_NAME],
        changes=changes,
    )


def _name(by: Any) -> Any:
    """An address; of an operator who is let in to help, whose account has none, the name: “Support (Olga)”."""
    return str(by) if getattr(by, "is_support", False) else getattr(by, "email", "") or by or "system"


def _plain(value: object) -> str:
    """Without what separates the parts in the text that is hashed: words could change places unnoticed."""
    return str(value).replace(SEPARATOR, " ")


def broken_links() -> list[int]:
    """Ids of entries whose hash does not fit their content or their predecessor; empty when the log is whole.

    In the order of the chain, so the first one is where the log was first touched.
    """
    with connection.cursor() as cursor:
        if connection.in_atomic_block:
            # What this transaction wrote is chained at its end: do that now.
            cursor.execute("SET CONSTRAINTS audit_chain IMMEDIATE")
            cursor.execute("SET CONSTRAINTS audit_chain DEFERRED")
        cursor.execute(
            """
            SELECT id FROM (
                SELECT e.*,
                       lag(entry_hash, 1, '') OVER chain AS expected_previous,
                       lag(position, 1) OVER chain AS position_before
                FROM audit_entry e WINDOW chain AS (ORDER BY position NULLS FIRST, id)
            ) chained
            WHERE previous_hash <> expected_previous
               OR position <> coalesce(position_before, 0) + 1
               OR entry_hash <> audit_entry_hash(
                    previous_hash, id, at, actor_id, actor, action, target_type, target_id, target, changes)
            ORDER BY position NULLS FIRST, id
            """
        )
        return [row[0] for row in cursor.fetchall()]


def misses_its_end() -> bool:
    """Whether the log does not end where it ended when it was last written to: its last entries were cut off.

    Its newest position and hash are kept in the shared schema too (see migration 0005). False as well where nothing was
    written to this table yet, as after a restore elsewhere.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT 1 FROM public.audit_head head
            LEFT JOIN LATERAL (
                SELECT position, entry_hash FROM audit_entry WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1
            ) newest ON true
            WHERE head.schema_name = current_schema() AND head.log = 'audit_entry'::regclass
              AND (head.position, head.entry_hash) IS DISTINCT FROM (newest.position, newest.entry_hash)
            """
        )
        return cursor.fetchone() is not None
