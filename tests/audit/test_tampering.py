"""Any row that was changed, removed, inserted or moved is found, and a cut tail: whatever somebody thinks of."""

from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.checkpoints import Log, keep, known_of
from audit.models import Entry
from audit.services import broken_links, misses_its_end, record
from audit.verifying import Finding, verify, write_checkpoint
from tenants.running.context import inside
from tests.audit.forging import a_log, chain_anew, move_the_head, rows, run, without_triggers
from tests.factories import a_provider

LENGTH = 6
LOG = Log("ahausen", 1)
WORDS = st.sampled_from(["", "x", "-", "eva@ahausen.example", "a\x1fb", "\x1f", "1", "change"])
PLACES = st.integers(0, LENGTH - 1)
VALUES = {
    "id": st.sampled_from([-1, 0, 10**9]),
    "at": st.sampled_from(["2020-01-01T00:00:00Z", "2026-11-30T01:02:03.000001Z"]),
    "actor_id": st.none() | st.integers(1, 3),
    **dict.fromkeys(("actor", "action", "target_type", "target_id", "target"), WORDS),
    "changes": st.sampled_from(['{"name": ["alt 0", null]}', '{"name": ["alt 0", "x"]}', "{}", "null", "1.0", "1.00"]),
    "previous_hash": st.sampled_from(["", "a" * 64]),
    "entry_hash": st.sampled_from(["", "a" * 64]),
    "position": st.none() | st.sampled_from([-1, 0, 99]),
}
CONTENT = "at, actor_id, actor, action, target_type, target_id, target, changes"


def _setting(column):
    return st.tuples(st.just("set"), PLACES, st.just(column), VALUES[column])


FORGERIES = st.one_of(
    st.sampled_from(sorted(VALUES)).flatmap(_setting),
    st.tuples(st.just("remove"), PLACES),
    st.tuples(st.just("cut"), st.integers(0, LENGTH)),
    st.tuples(st.just("swap places"), PLACES, PLACES),
    st.tuples(st.just("swap words"), PLACES, PLACES),
    st.tuples(st.just("insert"), st.sampled_from([None, 0, LENGTH + 1, LENGTH + 2]), st.booleans()),
    st.tuples(st.just("no places")),
    st.tuples(st.just("chain anew")),
)


def _forge(deed):
    what, *how = deed
    DEEDS[what](_keys(), *how)


def _keys():
    return list(Entry.objects.order_by("position", "id").values_list("pk", flat=True))


def _at(keys, *places):
    """The entries there; none where none is left."""
    return [keys[each % len(keys)] for each in places] if keys else [0] * len(places)


DEEDS = {
    "set": lambda keys, place, column, value: _set(_at(keys, place)[0], column, value),
    "remove": lambda keys, place: run("DELETE FROM audit_entry WHERE id = %s", *_at(keys, place)),
    "cut": lambda keys, number: run("DELETE FROM audit_entry WHERE id = ANY(%s)", keys[max(0, len(keys) - number) :]),
    "swap places": lambda keys, *places: _swap(_at(keys, *places), "position"),
    "swap words": lambda keys, *places: _swap(_at(keys, *places), CONTENT),
    "insert": lambda _keys, place, is_chained: _insert(place, is_chained),
    "no places": lambda _keys: run("UPDATE audit_entry SET position = NULL"),
    "chain anew": lambda _keys: chain_anew(),
}


def _set(key, column, value):
    # Two rows of one number the table cannot hold.
    if column != "id" or not Entry.objects.filter(pk=value).exists():
        run(f"UPDATE audit_entry SET {column} = %s WHERE id = %s", value, key)


def _swap(keys, columns):
    other = ", ".join(f"o.{each}" for each in columns.split(", "))
    run(
        f"UPDATE audit_entry e SET ({columns}) = (SELECT {other} FROM audit_entry o WHERE o.id = %s + %s - e.id) "
        "WHERE e.id IN (%s, %s)",
        *keys, *keys,
    )  # fmt: skip


def _insert(place, is_chained):
    run(
        "INSERT INTO audit_entry (at, actor, action, target_type, target_id, target, changes, position, previous_hash, "
        "entry_hash) VALUES (now(), 'x', 'x', 'x', '', '', '{}', %s, '', '')",
        None if Entry.objects.filter(position=place).exists() else place,
    )
    if is_chained:
        run(
            "UPDATE audit_entry SET previous_hash = coalesce((SELECT o.entry_hash FROM audit_entry o "
            "WHERE o.position IS NOT NULL AND o.entry_hash <> '' ORDER BY o.position DESC LIMIT 1), '') "
            "WHERE entry_hash = ''"
        )
        run(
            "UPDATE audit_entry SET entry_hash = audit_entry_hash(previous_hash, id, at, actor_id, actor, action, "
            "target_type, target_id, target, changes) WHERE entry_hash = ''"
        )


PATIENT = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])


@PATIENT
@given(deeds=st.lists(FORGERIES, max_size=3))
def test_whatever_is_done_to_the_rows_is_found_and_nothing_else(ahausen, deeds):
    """The slow reference: the rows, word by word, before and after."""
    with inside(ahausen), transaction.atomic():
        a_log(a_provider(), LENGTH)
        before = rows()
        assert (broken_links(), misses_its_end()) == ([], False)
        without_triggers()
        for deed in deeds:
            _forge(deed)
        found = bool(broken_links()) or misses_its_end()
        assert found == (rows() != before)
        transaction.set_rollback(True)


@PATIENT
@given(deeds=st.lists(FORGERIES, max_size=3), known=st.integers(1, LENGTH))
def test_a_checkpoint_outside_finds_what_a_whole_forged_log_and_head_hide(ahausen, deeds, known):
    """Up to the checkpoint nothing can be hidden; what was written after it and forged with the head is not found."""
    with inside(ahausen), transaction.atomic():
        a_log(a_provider(), LENGTH)
        place = Entry.objects.order_by("position")[known - 1]
        keep(LOG, position=place.position, entry_hash=place.entry_hash)
        before = rows()[:known]
        without_triggers()
        for deed in deeds:
            _forge(deed)
        chain_anew()
        move_the_head()
        assert (broken_links(), misses_its_end()) == ([], False)
        expected = Finding.WHOLE if rows()[:known] == before else Finding.REPLACED
        assert verify(LOG).finding is expected
        transaction.set_rollback(True)


def test_a_log_that_was_replaced_gets_no_new_checkpoint_until_it_fits_again(ahausen):
    with inside(ahausen):
        provider = a_provider()
        a_log(provider)
        assert write_checkpoint(LOG, verify(LOG))
        first = known_of(LOG).newest
        with transaction.atomic():
            without_triggers()
            run("UPDATE audit_entry SET actor = 'x' WHERE position = 2")
            chain_anew()
            move_the_head()
            assert not write_checkpoint(LOG, verify(LOG))
            assert known_of(LOG).newest == first
            transaction.set_rollback(True)
        record("later", provider, by="Test")
        assert verify(LOG).is_whole
        connection.cursor().execute("SET CONSTRAINTS audit_chain IMMEDIATE")
        assert write_checkpoint(LOG, verify(LOG))
        assert known_of(LOG).newest.position == first.position + 1
