"""Own rows that are the same as an entry: said by an editor, or proposed by their names and then said by an editor.

A link changes nothing of the row. What it has otherwise than the catalogue counts as the municipality's own.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from core.text import fold
from portal.taxonomy.adoption.engine.ordering import number_as
from portal.taxonomy.adoption.engine.reading import in_order, spoken
from portal.taxonomy.adoption.engine.stepping import leave_out
from portal.taxonomy.adoption.engine.town import NAME, PARENT, SPOKEN, Base, Link, Row, Town
from portal.taxonomy.adoption.errors import RefusedError
from portal.taxonomy.adoption.kinds import kinds, shapes
from portal.taxonomy.adoption.loading import load
from portal.taxonomy.adoption.models import Proposal, State
from portal.taxonomy.adoption.picking import place_of
from portal.taxonomy.adoption.services import lock, look_again, newest_release
from portal.taxonomy.adoption.writing import write
from shared_categories import reading
from shared_categories.models import Kind
from shared_categories.reading import Snapshot
from shared_categories.values import Value


@transaction.atomic
def link(kind: str, pk: int, code: str, *, by: Any) -> None:
    """Say that a row is this entry."""
    _link_all([(kind, pk, code)], by=by)


def _link_all(pairs: Iterable[tuple[str, int, str]], *, by: Any) -> int:
    state, newest, loaded = lock(), newest_release(None), load(held=True)
    after = loaded.town.copy()
    wanted = {code: (kind, pk) for kind, pk, code in pairs}
    done = []
    for value in (each for kind in shapes() for each in in_order(newest, kind)):
        if value.code in wanted:
            kind, pk = wanted[value.code]
            _check(after, value, kind, pk)
            _link(after, after.rows[kind][pk], value, newest)
            done.append(value.code)
    _leave_rest(loaded.town, after, newest, {kind for kind, _pk in wanted.values()})
    if set(wanted) - set(done):
        raise RefusedError(_("This entry is not in the catalogue any more. Please look at it again."))
    for kind in shapes():
        for above in {after.rows[kind][pk].parent for name, pk in wanted.values() if name == kind}:
            if shapes()[kind].ordered:
                number_as(after, kind, above, newest)
    write(loaded, after, by=by)
    Proposal.objects.filter(code__in=done).delete()
    if not state.taken:
        state.taken = newest.number
        state.save()
    look_again(state)
    record("adoption.linked", state, by=by, changes={"codes": [None, sorted(done)]})
    return len(done)


def _leave_rest(before: Town, after: Town, newest: Snapshot, linked: Collection[str]) -> None:
    """With the first link of a kind the municipality follows it. What it has not of it was not asked for: it is left
    out, and only what comes later is new."""
    first = set(linked) - {link.kind for link in before.links.values()}
    leave_out(after, shapes(), newest, [code for code, value in newest.values.items() if value.kind in first])


def _check(town: Town, value: Value, kind: str, pk: int) -> None:
    row = town.rows.get(kind, {}).get(pk)
    if row is None or value.kind != kind:
        raise RefusedError(_("This does not exist any more. Somebody else merged or deleted it in the meantime."))
    there, here = town.linked(kind).get(pk), town.row_of(value.code)
    if (there is not None and there.code != value.code) or (here is not None and here.pk != pk):
        raise RefusedError(_("“%(name)s” is linked already. Please end that link first.") % {"name": value.name})


def _link(town: Town, row: Row, value: Value, release: Snapshot) -> None:
    kind, number = str(value.kind), release.number
    bases = {name: Base(each, number) for name, each in shapes()[kind].read(value).items()}
    bases[SPOKEN] = Base(spoken(value), number)
    if shapes()[kind].tree:
        bases[PARENT] = Base((value.parent, place_of(town, value.code, release, row.pk)), number)
    town.links[value.code] = Link(value.code, kind, row.pk, bases)


@transaction.atomic
def confirm(pks: Collection[int], *, by: Any) -> int:
    """Proposals that are right. Of two for the same entry or row the first one counts."""
    lock()
    pairs, codes, rows = [], set[str](), set[tuple[str, int]]()
    town = load().town
    for each in Proposal.objects.filter(pk__in=pks, refused_at=None):
        row = each.kind, each.object_id
        if each.code not in codes and row not in rows and each.object_id in town.rows.get(each.kind, {}):
            pairs.append((each.kind, each.object_id, each.code))
            codes.add(each.code)
            rows.add(row)
    return _link_all(pairs, by=by) if pairs else 0


@transaction.atomic
def refuse(pks: Collection[int], *, by: Any) -> int:
    """Proposals that are wrong: they are never made again."""
    state = lock()
    found = list(Proposal.objects.filter(pk__in=pks, refused_at=None))
    Proposal.objects.filter(pk__in=[each.pk for each in found]).update(refused_at=timezone.now())
    if found:
        record("adoption.refused", state, by=by, changes={"proposals": [sorted(each.code for each in found), None]})
    return len(found)


def open_proposals(town: Town | None = None) -> list[Proposal]:
    """Those that wait and can still be confirmed: entry and row are there and free."""
    newest = reading.newest()
    found = list(Proposal.objects.filter(refused_at=None))
    if newest is None or not found:
        return []
    town = town or load().town
    return [each for each in found if _is_open(town, newest, each)]


def _is_open(town: Town, newest: Snapshot, proposal: Proposal) -> bool:
    value = newest.values.get(proposal.code)
    if value is None or value.removed or town.row_of(proposal.code) is not None:
        return False
    return proposal.object_id in town.rows.get(proposal.kind, {}) and proposal.object_id not in town.linked(
        proposal.kind
    )


@transaction.atomic
def propose() -> int:
    """Look for own rows that may be entries, by their names and by other words for these. Returns how many are new."""
    newest = reading.newest()
    if newest is None:
        return 0
    State.objects.get_or_create(pk=1)
    town, words, before = load().town, _other_words(newest), Proposal.objects.count()
    found = [
        Proposal(kind=each.kind, code=code, object_id=pk, why=why)
        for each in kinds()
        for pk, code, why in _matches(town, each.kind, newest, words)
    ]
    Proposal.objects.bulk_create(found, ignore_conflicts=True)
    return Proposal.objects.count() - before


def _other_words(newest: Snapshot) -> Mapping[str, frozenset[str]]:
    """Every folded word of the catalogue's synonyms with the others of its groups."""
    found: dict[str, set[str]] = {}
    for value in newest.of_kind(Kind.SYNONYMS):
        words = {fold(word) for word in value.words}
        for word in words:
            found.setdefault(word, set()).update(words)
    return {word: frozenset(others) for word, others in found.items()}


def _matches(
    town: Town, kind: str, newest: Snapshot, words: Mapping[str, frozenset[str]]
) -> Iterator[tuple[int, str, str]]:
    """For each free row the best free entry: of the same name, else of another word for it."""
    shape, linked = shapes()[kind], town.linked(kind)
    free = [value for value in in_order(newest, kind) if town.row_of(value.code) is None]
    said = {value.code: shape.alike(shape.read(value)) for value in free}
    given: set[str] = set()
    rows = [row for pk, row in town.rows[kind].items() if pk not in linked]
    for why in (Proposal.Why.NAME, Proposal.Why.SYNONYM):
        for row in rows:
            mine = shape.alike(row.values)
            if why == Proposal.Why.SYNONYM:
                others = [words.get(each, frozenset[str]()) for each in mine] if NAME in row.values else []
                mine = frozenset[str]().union(*others)
            for value in free:
                enough = len(mine & said[value.code]) >= min(shape.least, len(said[value.code]) or 1)
                if enough and value.code not in given and (value.code, row.pk) not in town.refused:
                    given.add(value.code)
                    rows = [each for each in rows if each is not row]
                    yield row.pk, value.code, why
                    break
