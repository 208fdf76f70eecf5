"""The audit log of an export: whole although it names no operator, and no better than it was."""

import json
import zipfile
from itertools import accumulate, count

from django.db import connection
from django.db.models import JSONField, Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from audit.chaining import Rechaining, hash_of, said_sql
from audit.models import Entry
from audit.services import broken_links, misses_its_end, record
from tenants.running.context import inside, inside_public
from tenants.transfer.exporting import export_municipality
from tenants.transfer.manifest import read
from tenants.transfer.restoring import restore_municipality
from tests.audit.forging import chain_now
from tests.conftest import municipality
from tests.factories import a_provider
from tests.tenants.town import AWKWARD

OPERATOR = "olga.operator@platform.example"
EVA = "eva@ahausen.example"
BOTH = "both@platform.example"
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
CHANGES = st.dictionaries(WORDS, st.none() | st.integers() | st.floats(allow_nan=False) | WORDS, max_size=3)
ENTRIES = st.lists(st.tuples(st.sampled_from([EVA, OPERATOR, BOTH, "Befehl"]), WORDS, CHANGES), max_size=8)
COPIES = count(1)
PATIENT = settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _people():
    with inside_public():
        for email in (OPERATOR, BOTH):
            User.objects.create_user(email, "x" * 12, roles=["operator"])
    with inside(municipality("ahausen")):
        User.objects.create_user(BOTH, "x" * 12, roles=["editor"])
        return a_provider()


def _lines_of(path):
    with zipfile.ZipFile(path) as zipped:
        lines = [json.loads(line) for line in zipped.read("tables/audit_entry.jsonl").splitlines()]
        return lines, read(zipped.read("manifest.json"))


@PATIENT
@given(entries=ENTRIES)
def test_what_was_exported_and_restored_is_whole_and_says_the_same_without_operators(own_database, tmp_path, entries):
    # Each example goes on with the log of the last.
    with inside(municipality("ahausen")):
        provider = a_provider() if User.objects.filter(email=BOTH).exists() else _people()
        for by, name, changes in entries:
            provider.name = name
            record("change", provider, by=by, changes=changes)
        original = list(Entry.objects.order_by("position").values())
    path = tmp_path / "a.zip"
    export_municipality("ahausen", path)
    lines, manifest = _lines_of(path)
    slug = f"kopie{next(COPIES)}"
    restore_municipality(path, slug=slug, host=f"{slug}.localhost")
    with inside(municipality(slug)):
        copy = list(Entry.objects.order_by("position").values())
        assert (broken_links(), misses_its_end()) == ([], False)
        record("later", a_provider(), by="Test")
        assert (broken_links(), misses_its_end()) == ([], False)
    hidden = [row for row in original if row["actor"] == OPERATOR]
    assert manifest.redacted == len(hidden)
    assert manifest.audit == (
        {
            "rechained_from": hidden[0]["id"],
            "original_head": original[-1]["entry_hash"],
            "head": copy[-1]["entry_hash"],
        }
        if hidden
        else {}
    )
    told = [_hidden(row) for row in original]
    hashes = ("previous_hash", "entry_hash")
    assert [{k: v for k, v in row.items() if k not in hashes} for row in copy] == [
        {k: v for k, v in row.items() if k not in hashes} for row in told
    ]
    # What stands before the first operator is as it was, hashes too.
    first = original.index(hidden[0]) if hidden else len(original)
    assert copy[:first] == original[:first]
    assert len(lines) == len(original)


def _hidden(row):
    return {**row, "actor": "operator", "actor_id": None} if row["actor"] == OPERATOR else row


def test_a_log_that_was_forged_is_not_made_whole_by_the_export(own_database, tmp_path):
    with inside(municipality("ahausen")):
        provider = _people()
        for number in range(6):
            record("change", provider, by=[OPERATOR, EVA][number % 2], changes={"n": number})
        keys = list(Entry.objects.order_by("position").values_list("pk", flat=True))
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
            cursor.execute("UPDATE audit_entry SET action = 'x' WHERE id = %s", [keys[1]])
            cursor.execute("UPDATE audit_entry SET changes = '{}' WHERE id = %s", [keys[4]])
            cursor.execute("DELETE FROM audit_entry WHERE id = %s", [keys[2]])
            cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
        broken = broken_links()
        assert broken == [keys[1], keys[3], keys[4]]
    export_municipality("ahausen", tmp_path / "a.zip")
    restore_municipality(tmp_path / "a.zip", slug="kopie", host="kopie.localhost")
    with inside(municipality("kopie")):
        assert broken_links() == broken


def test_the_platforms_log_says_that_a_log_was_chained_anew(own_database, tmp_path):
    with inside(municipality("ahausen")):
        provider = _people()
        record("change", provider, by=OPERATOR)
        head = Entry.objects.get(position=1).entry_hash
    export_municipality("ahausen", tmp_path / "a.zip")
    restore_municipality(tmp_path / "a.zip", slug="kopie", host="kopie.localhost")
    with inside(municipality("kopie")):
        now = Entry.objects.get(position=1).entry_hash
    with inside_public():
        assert Entry.objects.filter(action="restore").latest("id").changes["audit_head"] == [head, now]
    assert head != now


def test_what_is_hashed_is_what_the_database_hashes(ahausen):
    """Rechaining must hash as the triggers do: the same text, whatever stands in it."""
    with inside(ahausen):
        provider = a_provider()
        provider.name = AWKWARD
        for by, changes in (("x", {}), (EVA, {"a": [1.50, "\\ ü", None]}), ("", [1e300, {"b": -0.0}])):
            record("change", provider, by=by, changes=changes)
        Entry.objects.create(actor="a", actor_id=-5, action="b", target_type="c", changes=Value(None, JSONField()))
        chain_now()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT previous_hash, entry_hash, {said_sql()} FROM audit_entry ORDER BY position")
            rows = cursor.fetchall()
        assert len(rows) == 4
        assert [hash_of(previous, said) for previous, _own, said in rows] == [own for _previous, own, _said in rows]


CHAINS = st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=8)
TOUCHED = st.dictionaries(st.integers(0, 7), st.sampled_from(["said", "previous", "own"]), max_size=3)


@given(chain=CHAINS, touched=TOUCHED)
def test_what_fits_afterwards_is_what_fitted_before(chain, touched):
    """The reference looks at every link of the chain before and after, one by one."""
    said = [words for words, _hidden in chain]
    own = list(accumulate(said, hash_of, initial=""))
    rows = [[previous, head, words] for previous, head, words in zip(own, own[1:], said, strict=False)]
    for place, part in touched.items():
        if place < len(rows):
            row = rows[place]
            row[{"previous": 0, "own": 1, "said": 2}[part]] += "!"
    told = [
        "operator" + words if hidden else words for (_words, hidden), (_p, _o, words) in zip(chain, rows, strict=True)
    ]
    following = Rechaining()
    anew = [
        (*following.follow(previous, head, said=words, told=other), other)
        for (previous, head, words), other in zip(rows, told, strict=True)
    ]
    assert _fitting(anew) == _fitting(rows)
    assert following.original_head == rows[-1][1]
    assert following.head == anew[-1][1]
    if not any(hidden for _words, hidden in chain):
        assert [list(each) for each in anew] == rows


def _fitting(rows):
    """For each entry whether its predecessor and its own hash are right."""
    heads = ["", *(own for _previous, own, _said in rows)]
    return [
        (previous == before, own == hash_of(previous, said))
        for before, (previous, own, said) in zip(heads, rows, strict=False)
    ]
