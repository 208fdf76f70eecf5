"""The audit log is append-only and chained."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction

from audit.models import Entry
from audit.services import broken_links, misses_its_end, record
from portal.providers.models import Provider
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider


def test_entries_follow_one_another_and_the_chain_is_whole(ahausen):
    with inside(ahausen):
        provider = a_provider()
        entries = [record("change", provider, by="Test", changes={"name": ["alt", f"neu {n}"]}) for n in range(5)]
        assert broken_links() == []
        rows = list(Entry.objects.order_by("id"))
        assert [row.pk for row in rows][-5:] == sorted(row.pk for row in rows)[-5:]
        assert [later.previous_hash for later in rows[1:]] == [earlier.entry_hash for earlier in rows[:-1]]
        assert len(entries) == 5


@pytest.mark.parametrize("forbidden", ["UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"])
def test_nobody_rewrites_the_log(ahausen, forbidden):
    with inside(ahausen):
        record("change", a_provider(), by="Test")
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(forbidden)


def test_a_forged_row_is_found(own_database):
    with inside(municipality("ahausen")):
        provider = a_provider()
        for _n in range(3):
            record("change", provider, by="Test")
        first = Entry.objects.order_by("position").first().pk
        assert broken_links() == []
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_append_only")
            cursor.execute("UPDATE audit_entry SET actor = 'x' WHERE id = %s", [first])
        assert broken_links() == [first]


@pytest.mark.parametrize(
    "rewriting",
    [
        "DELETE FROM audit_entry WHERE position = 2",
        "DELETE FROM audit_entry WHERE position = 1",
        "UPDATE audit_entry SET position = 10 - position",
        "UPDATE audit_entry SET entry_hash = '' WHERE position = 2",
        'UPDATE audit_entry SET changes = \'{"name": ["alt", "anders"]}\' WHERE position = 2',
        "UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE position = 2",
    ],
)
def test_whatever_is_rewritten_behind_the_triggers_is_found(own_database, rewriting):
    with inside(municipality("ahausen")):
        provider = a_provider()
        for _n in range(3):
            record("change", provider, by="Test")
        assert list(Entry.objects.order_by("id").values_list("position", flat=True)) == [1, 2, 3]
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
            cursor.execute(rewriting)
        assert broken_links() != []


def test_entries_are_chained_in_the_order_their_transactions_end(own_database):
    """The first one to write is the last one to end: the second does not wait for it, and the chain is whole."""
    with inside(municipality("ahausen")):
        provider = a_provider()
        pk = provider.pk

    def quickly() -> None:
        with inside(municipality("ahausen")):
            record("second", Provider.objects.get(pk=pk), by="Test")
        connections.close_all()

    with inside(municipality("ahausen")), ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            record("first", provider, by="Test")
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
                assert cursor.fetchone() == (0,)
            other.submit(quickly).result(timeout=30)
            assert Entry.objects.filter(action="second", position=1).exists()
        assert list(Entry.objects.order_by("position").values_list("action", flat=True)) == ["second", "first"]
        assert broken_links() == []


def test_many_writers_at_once_make_one_chain(own_database):
    with inside(municipality("ahausen")):
        pk = a_provider().pk

    def write(number: int) -> None:
        with inside(municipality("ahausen")):
            provider = Provider.objects.get(pk=pk)
            for turn in range(10):
                with transaction.atomic():
                    record("change", provider, by=f"{number}")
                    record("change", provider, by=f"{number}", changes={"turn": [None, turn]})
        connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    with inside(municipality("ahausen")):
        assert Entry.objects.count() == 80
        assert Entry.objects.values("previous_hash").distinct().count() == 80
        assert broken_links() == []


def test_an_entry_of_a_rolled_back_change_leaves_no_gap(own_database):
    with inside(municipality("ahausen")):
        provider = a_provider()
        record("one", provider, by="Test")
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            record("lost", provider, by="Test")
            raise ZeroDivisionError
        record("two", provider, by="Test")
        assert list(Entry.objects.order_by("position").values_list("action", "position")) == [("one", 1), ("two", 2)]
        assert broken_links() == []


def test_nobody_brings_hashes_of_their_own(own_database):
    with inside(municipality("ahausen")):
        entry = Entry(action="x", actor="y", target_type="z", previous_hash="a" * 64, entry_hash="b" * 64, position=7)
        entry.save(force_insert=True)
        entry.refresh_from_db()
        assert (entry.position, entry.previous_hash) == (1, "")
        assert entry.entry_hash != "b" * 64
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE audit_entry SET entry_hash = ''")


def test_a_chain_of_before_goes_on(own_database):
    """As the release before wrote it: without positions, chained in the order of the ids."""
    with inside(municipality("ahausen")), connection.cursor() as cursor:
        provider = a_provider()
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        for number in range(1, 4):
            cursor.execute(
                "INSERT INTO audit_entry (id, at, actor, action, target_type, target_id, target, changes, "
                "previous_hash, entry_hash) SELECT %s, now(), 'alt', 'x', 'y', '1', 'z', '{}', p.hash, "
                "audit_entry_hash(p.hash, %s, now(), NULL, 'alt', 'x', 'y', '1', 'z', '{}') "
                "FROM (SELECT coalesce((SELECT entry_hash FROM audit_entry WHERE id = %s), '') AS hash) p",
                [number, number, number - 1],
            )
        cursor.execute("SELECT setval(pg_get_serial_sequence('audit_entry', 'id'), 3)")
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
        assert broken_links() == []
        record("neu", provider, by="Test")
        old, new = Entry.objects.get(pk=3), Entry.objects.get(action="neu")
        assert (new.position, new.previous_hash) == (1, old.entry_hash)
        assert broken_links() == []
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_entry SET actor = 'anders' WHERE id = 2")
        assert broken_links() == [2]


def test_the_command_names_the_first_broken_row(own_database, capsys):
    with inside(municipality("ahausen")), connection.cursor() as cursor:
        provider = a_provider()
        for _n in range(3):
            record("change", provider, by="Test")
        call_command("verify_audit", "ahausen")
        assert "ahausen: 3" in capsys.readouterr().out
        broken = Entry.objects.get(position=2).pk
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_entry SET actor = 'x' WHERE position >= 2")
    for arguments in (["ahausen"], []):
        with pytest.raises(CommandError, match=rf"ahausen: .*{broken} .*2") as refused:
            call_command("verify_audit", *arguments)
        assert refused.value.returncode == 1
    assert "bedorf" in capsys.readouterr().out
    call_command("verify_audit", "bedorf")
    with pytest.raises(CommandError, match="nirgends"):
        call_command("verify_audit", "nirgends")


CUT = {
    "the last": "DELETE FROM audit_entry WHERE position = 3",
    "all but one": "DELETE FROM audit_entry WHERE position > 1",
    "every one": "TRUNCATE audit_entry",
    "the last, with another in its place": (
        "UPDATE audit_entry SET actor = 'x' WHERE position = 3;"
        "UPDATE audit_entry SET entry_hash = audit_entry_hash(previous_hash, id, at, actor_id, actor, action, "
        "target_type, target_id, target, changes) WHERE position = 3"
    ),
}


@pytest.mark.parametrize("how", CUT)
@pytest.mark.parametrize("afterwards", [0, 1, 2, 5])
def test_a_cut_tail_is_noticed_also_when_the_log_is_written_on(own_database, how, afterwards):
    with inside(municipality("ahausen")), connection.cursor() as cursor:
        provider = a_provider()
        for _n in range(3):
            record("change", provider, by="Test")
        assert not misses_its_end()
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(CUT[how])
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
        for _n in range(afterwards):
            record("change", provider, by="Test")
        # What is left fits together: the chain alone does not notice.
        assert broken_links() == []
        assert misses_its_end()
        with pytest.raises(CommandError, match="ahausen: .*letzten"):
            call_command("verify_audit", "ahausen")


def test_a_cut_tail_of_one_town_is_not_anothers(own_database, capsys):
    for slug in ("ahausen", "bedorf"):
        with inside(municipality(slug)):
            record("change", a_provider(), by="Test")
    with inside(municipality("ahausen")), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_entry")
    with pytest.raises(CommandError, match="ahausen"):
        call_command("verify_audit")
    call_command("verify_audit", "bedorf")
    assert "bedorf: 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    "moving",
    ["UPDATE public.audit_head SET position = 1", "DELETE FROM public.audit_head"],
)
def test_nobody_moves_the_head_by_hand(ahausen, moving):
    with inside(ahausen):
        record("change", a_provider(), by="Test")
        assert broken_links() == []
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(moving)


def test_a_log_of_the_same_name_in_another_table_begins_anew(own_database):
    """As a municipality that is deleted and made again, or restored from a backup."""
    with inside(municipality("ahausen")), connection.cursor() as cursor:
        provider = a_provider()
        for _n in range(3):
            record("change", provider, by="Test")
        cursor.execute("ALTER TABLE audit_entry RENAME TO audit_before")
        cursor.execute("CREATE TABLE audit_entry (LIKE audit_before INCLUDING ALL)")
        assert not misses_its_end()
        cursor.execute("DROP TABLE audit_entry")
        cursor.execute("ALTER TABLE audit_before RENAME TO audit_entry")
        assert not misses_its_end()
