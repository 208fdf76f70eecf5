"""What editors do with the catalogue: each a verb, one transaction, one entry in the audit log.

All of it reads releases that are issued and never change, so a release that is issued meanwhile does no harm: whoever
looked at the one before is told to look again, and nothing is taken.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from portal.taxonomy.adoption.differences import Outlook, look
from portal.taxonomy.adoption.engine.stepping import adopt as adopted
from portal.taxonomy.adoption.engine.stepping import leave_out
from portal.taxonomy.adoption.engine.stepping import take_all as all_taken
from portal.taxonomy.adoption.engine.town import Town
from portal.taxonomy.adoption.engine.undoing import changes_between, is_possible
from portal.taxonomy.adoption.engine.undoing import undo as undone
from portal.taxonomy.adoption.errors import RefusedError
from portal.taxonomy.adoption.kinds import kinds, shapes
from portal.taxonomy.adoption.loading import Loaded, load, look_for_uses
from portal.taxonomy.adoption.models import State, Taking
from portal.taxonomy.adoption.writing import write
from portal.taxonomy.locking import lock_lists
from shared_categories import reading
from shared_categories.reading import Snapshot


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: how many rows are new, changed, merged or gone."""

    new: int
    changed: int
    gone: int

    @property
    def any(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def lock() -> State:
    """One change at a time, the pages of the lists included, until the transaction ends."""
    state = State.objects.select_for_update().filter(pk=1).first()
    if state is None:
        State.objects.get_or_create(pk=1)
        state = State.objects.select_for_update().get(pk=1)
    lock_lists([each.lock_name for each in kinds() if each.lock_name])
    return state


def current() -> State:
    """How far the municipality has followed."""
    return State.objects.first() or State()


def waiting_releases(state: State, newest: Snapshot) -> list[Snapshot]:
    """The releases to take, the oldest first; the newest in any case, for what could not be taken before."""
    return [*(reading.release(number) for number in range(state.taken + 1, newest.number)), newest]


def outlook(state: State | None = None, town: Town | None = None) -> Outlook | None:
    """What the newest release would change; None where there is none, or nothing was adopted. `town`: what is here,
    where it was read already."""
    state, newest = state or current(), reading.newest()
    if newest is None or not state.taken or state.taken > newest.number:
        return None
    return look(town or load().town, waiting_releases(state, newest))


def look_again(state: State) -> None:
    """Note what waits, for the list of waiting work. Inside a transaction that holds the lock."""
    found = outlook(state)
    waits = len(found.waiting) if found is not None and found.release.number > state.put_off else 0
    since = found.release.issued_at if found is not None and waits else None
    if (state.waiting, state.waiting_since) != (waits, since):
        state.waiting, state.waiting_since = waits, since
        state.save()


@transaction.atomic
def look_at_release() -> None:
    """Find out what the newest release means here, where anything was adopted."""
    if current().taken:
        look_again(lock())


def newest_release(seen: int | None) -> Snapshot:
    """The newest release; refused where somebody looked at another one."""
    newest = reading.newest()
    if newest is None:
        raise RefusedError(_("There is no release of the catalogue yet."))
    if seen is not None and seen != newest.number:
        raise RefusedError(
            _(
                "Release %(number)d of the catalogue has been issued in the meantime. Please look at it again; "
                "nothing was changed."
            )
            % {"number": newest.number}
        )
    return newest


@transaction.atomic
def adopt(codes: Collection[str], *, by: Any, seen: int | None = None, release: int | None = None) -> Done:
    """Take these entries over; of the rest of their kinds it is remembered that they were not wanted."""
    state = lock()
    snapshot = reading.release(release) if release is not None else newest_release(seen)
    loaded = load(held=True)
    after = adopted(loaded.town, shapes(), snapshot, [code for code in codes if code in snapshot.values])
    before_release = state.taken
    state.taken = state.taken or snapshot.number
    done = keep("adoption.adopted", state, loaded, after, by=by, before=before_release)
    look_again(state)
    return done


def take_all(*, by: Any, seen: str | None = None, release: int | Snapshot | None = None) -> Done:
    """Take everything of the releases that were not taken yet. `seen`: the digest of the differences somebody saw;
    `release`: up to this one, which whoever takes it for many municipalities has read once for all."""
    # Before the transaction, where a process remembers which there are.
    if isinstance(release, Snapshot):
        newest = release
    else:
        newest = reading.release(release) if release is not None else newest_release(None)
    with transaction.atomic():
        return _take_all(newest, by=by, seen=seen, to_the_last=release is None)


def _take_all(newest: Snapshot, *, by: Any, seen: str | None, to_the_last: bool) -> Done:
    state = lock()
    if not state.taken:
        raise RefusedError(_("Nothing of the catalogue was adopted yet."))
    if state.taken > newest.number:
        return Done(0, 0, 0)
    loaded, releases = load(held=True), waiting_releases(state, newest)
    if seen is not None:
        check_seen(loaded.town, releases, seen)
    look_for_uses(loaded.town, releases)
    after = all_taken(loaded.town, shapes(), releases)
    before_release, state.taken = state.taken, newest.number
    # What is left now nobody can take with all.
    state.waiting, state.waiting_since = 0, None
    done = keep("adoption.taken", state, loaded, after, by=by, before=before_release)
    if not to_the_last:
        look_again(state)
    return done


def check_seen(town: Town, releases: Sequence[Snapshot], seen: str) -> None:
    """Refuse where the differences are others than those somebody looked at."""
    if look(town, releases).digest != seen:
        raise RefusedError(_("This has changed in the meantime. Please look at it again; nothing was changed."))


def keep(action: str, state: State, loaded: Loaded, after: Town, *, by: Any, before: int) -> Done:
    """Write it, remember how to take it back, note it."""
    if after.is_like(loaded.town) and state.taken == before:
        return Done(0, 0, 0)
    done = _counted(loaded.town, after)
    final = write(loaded, after, by=by)
    state.save()
    taking = {"release_before": before, "release_after": state.taken, "changes": changes_between(loaded.town, final)}
    if not Taking.objects.update(**taking, at=timezone.now(), undone_at=None):
        Taking.objects.create(**taking)
    told = {
        "release": [before, state.taken],
        "new": [0, done.new],
        "changed": [0, done.changed],
        "gone": [0, done.gone],
    }
    record(action, state, by=by, changes=told)
    return done


def _counted(before: Town, after: Town) -> Done:
    new = changed = gone = 0
    for kind, rows in after.rows.items():
        old = before.rows[kind]
        new += sum(pk < 0 for pk in rows)
        changed += sum(pk in old and row != old[pk] for pk, row in rows.items())
        gone += len(old.keys() - rows.keys())
    return Done(new, changed, gone)


@transaction.atomic
def undo(*, by: Any) -> int:
    """Take the last taking back. Returns how many things had to stay (changed since, merged, in use)."""
    state = lock()
    taking = Taking.objects.select_for_update().filter(undone_at=None).first()
    if taking is None:
        raise RefusedError(_("There is nothing to take back."))
    loaded = load(held=True)
    _uses_of_new(loaded.town, taking)
    after, left = undone(loaded.town, taking.changes)
    if not is_possible(after, shapes()):
        raise RefusedError(
            _(
                "Names or places that were used before are taken by others now. Nothing was changed; please change "
                "them by hand."
            )
        )
    write(loaded, after, by=by)
    if state.taken == taking.release_after:
        state.taken = taking.release_before
        state.save()
    taking.undone_at = timezone.now()
    taking.save(update_fields=["undone_at"])
    look_again(state)
    record("adoption.undone", state, by=by, changes={"release": [taking.release_after, taking.release_before]})
    return left


def _uses_of_new(town: Town, taking: Taking) -> None:
    """On which rows that came with it something hangs by now."""
    fresh = {
        kind: [int(pk) for pk, (old, _new) in pairs.items() if old is None]
        for kind, pairs in taking.changes["rows"].items()
    }
    town.used = frozenset(
        (each.kind, pk) for each in kinds() if fresh.get(each.kind) for pk in each.used(fresh[each.kind])
    )


@transaction.atomic
def put_off(*, number: int, by: Any) -> None:
    """Leave the differences of a release for later: they are no waiting work any more."""
    state = lock()
    if number > state.put_off:
        state.put_off, state.waiting, state.waiting_since = number, 0, None
        state.save()
        record("adoption.put_off", state, by=by, changes={"release": [None, number]})


@transaction.atomic
def forget(codes: Iterable[str], *, by: Any) -> None:
    """End the link of entries: their rows are the municipality's own, and the entries count as left out."""
    state, newest, loaded = lock(), newest_release(None), load(held=True)
    after = loaded.town.copy()
    ended = [code for code in codes if after.links.pop(code, None) is not None]
    leave_out(after, shapes(), newest, ended)
    write(loaded, after, by=by)
    look_again(state)
    if ended:
        record("adoption.unlinked", state, by=by, changes={"codes": [sorted(ended), None]})
