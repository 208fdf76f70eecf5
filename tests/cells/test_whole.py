"""A municipality with a row in every table moves to another cell and back; each shared table has its fate written down.

tests/cells/shared_tables.csv says of every shared table that holds something of a municipality what becomes of it in a
move: `carried` (tenants.carried), `taken along` (by the export or off a queue), `met again` (stays in the old cell and
is its own again when it comes back), `made anew`, `stays behind`, `refused` (the move is).
"""

import csv
import json
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from psycopg.rows import dict_row

from audit.services import broken_links, misses_its_end, record
from onboarding.models import Acceptance, Application
from tenants.lifecycle.making import create_municipality
from tenants.models import Domain, Move, Municipality
from tenants.registry import schema_exists
from tenants.running.context import inside, inside_public
from tests.cells.filling import NOW, fill, fill_shared
from tests.cells.two_cells import two_cells, url_of
from tests.conftest import municipality
from tests.tenants.town import files_of, rows_of
from tracker.tickets.models import Participant
from tracker.tickets.participating import participant_of

FATES = {
    row["table"]: row
    for row in csv.DictReader(Path(__file__).with_name("shared_tables.csv").read_text(encoding="utf-8").splitlines())
}
# What refers to a municipality by a key, or by its name in a column called so; and the queue, by what its jobs say.
_REFERRING = """
    WITH RECURSIVE found (id) AS (
        SELECT 'public.tenants_municipality'::regclass::oid
        UNION SELECT k.conrelid FROM pg_constraint k JOIN found ON k.confrelid = found.id
        WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace
    )
    SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND (
        c.oid IN (SELECT id FROM found) OR EXISTS (
            SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
            AND a.attname IN ('schema_name', 'slug', 'municipality', 'town')
        ))
"""
# What those rows need, which is nobody's own.
PARENTS = {
    "announcements_announcement", "channels_source", "comparison_group", "forum_option", "forum_poll",
    "forum_polldate", "forum_question", "onboarding_paperversion", "releases_release", "tenants_rollout",
}  # fmt: skip
QUEUE = {"procrastinate_jobs", "procrastinate_events", "jobs_failure", "jobs_receipt"}


def _with(fate):
    return {table for table, row in FATES.items() if row["fate"] == fate}


def test_the_fate_of_every_shared_table_is_written_down(db):
    with inside_public(), connection.cursor() as cursor:
        cursor.execute(_REFERRING)
        referring = {name for (name,) in cursor.fetchall()}
    assert referring | QUEUE == FATES.keys()
    assert {row["fate"] for row in FATES.values()} == {
        "carried", "taken along", "met again", "made anew", "stays behind", "refused",
    }  # fmt: skip
    assert [table for table, row in FATES.items() if row["fate"] != "carried" and not row["reason"]] == []


@pytest.fixture
def link(own_database):
    with psycopg.connect(url_of(connection.settings_dict["NAME"]), autocommit=True, row_factory=dict_row) as found:
        yield found


@pytest.fixture
def town(link):
    """It has a row in every table of its schema, and one in every shared table that does not keep it from moving."""
    made = create_municipality("umzug", name="Stadt Umzug", host="umzug.localhost")
    with inside_public():
        Municipality.objects.filter(pk=made.pk).update(created_at=NOW, wave="vorhut", state_reason="wert")
        domain = Domain.objects.get(tenant=made)
        participant = participant_of(made)
    with inside(made):
        record("create", made, by="test")
    with psycopg.connect(url_of(connection.settings_dict["NAME"]), autocommit=True) as plain:
        fill(plain, "umzug")
        tables = FATES.keys() - _with("refused") - _with("taken along") - QUEUE - {"audit_head", "tickets_participant"}
        fill_shared(
            plain,
            tables | PARENTS,
            {
                "tenants_municipality": made.pk, "tickets_participant": participant.pk, "tenants_domain": domain.pk,
                "schema_name": "umzug", "slug": "umzug", "municipality": "umzug",
            },
        )  # fmt: skip
        _queue(plain)
    with inside(made):
        default_storage.save("theme/logo.svg", ContentFile(b"<svg/>"))
    return municipality("umzug")


def _queue(link):
    for status in ("todo", "failed"):
        row = link.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args, attempts, priority) "
            "VALUES ('default', 'eine.arbeit', %s, %s, 3, -10) RETURNING id",
            [status, json.dumps({"schema_name": "umzug", "arguments": {"zahl": 1}})],
        ).fetchone()
    link.execute("INSERT INTO jobs_failure VALUES (%s, %s, 'KeyError (portal/x.py:1)')", [row[0], NOW])
    link.execute("INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'failed', %s)", [row[0], NOW])


def _rows(link, table, town):
    """Of a shared table, as they are in whatever cell."""
    column = "tenant_id" if table == "tenants_domain" else "municipality_id"
    found = link.execute(f"SELECT * FROM public.{table} WHERE {column} = %s", [town.pk]).fetchall()
    return [{name: value for name, value in row.items() if name not in {"id", column}} for row in found]


def _jobs(link):
    return link.execute(
        "SELECT task_name, j.status::text, attempts, priority, args, f.error, e.at FROM procrastinate_jobs j "
        "LEFT JOIN jobs_failure f ON f.job_id = j.id "
        "LEFT JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'failed' "
        "WHERE args ->> 'schema_name' = 'umzug' ORDER BY j.status"
    ).fetchall()


def _everything(link, town):
    with inside_public():
        itself = {
            name: value
            for name, value in Municipality.objects.values().get(pk=town.pk).items()
            if name not in {"id", "hold"}
        }
    carried = {table: _rows(link, table, town) for table in _with("carried") | {"tenants_domain"}}
    return {"itself": itself, "files": files_of("umzug"), "jobs": _jobs(link), **carried, **rows_of("umzug")}


def _pool(link, town):
    """All that stays in the tracker, the applications and the papers of a cell."""
    found = {}
    for table in sorted(_with("met again")):
        rows = link.execute(f"SELECT to_jsonb(t) AS row FROM public.{table} t ORDER BY t::text").fetchall()
        found[table] = [
            {**row["row"], **({"municipality_id": "ours"} if row["row"].get("municipality_id") == town.pk else {})}
            for row in rows
        ]
    return found


def test_there_and_back_nothing_is_lost_or_doubled(town, link, tmp_path):
    with two_cells(tmp_path) as cells:
        here, pool = _everything(link, town), _pool(link, town)
        assert [table for table in _with("carried") if not here[table]] == []
        assert [name for name, rows in rows_of("umzug").items() if not rows] == []
        _moved(cells, "nord", "sued")
        assert not schema_exists("umzug")
        assert _left_over(link) == []
        assert _jobs(link) == []
        with cells.at("sued"), psycopg.connect(cells.urls["sued"], autocommit=True, row_factory=dict_row) as there:
            assert _differences(_everything(there, municipality("umzug")), here) == {}
            with inside(municipality("umzug")):
                record("create", municipality("umzug"), by="test")
                assert (broken_links(), misses_its_end()) == ([], False)
            here = _everything(there, municipality("umzug"))
            with inside_public():
                assert participant_of(municipality("umzug")).town == "Stadt Umzug"
        _moved(cells, "sued", "nord")
        again = municipality("umzug")
        with inside_public():
            assert participant_of(again).pk == Participant.objects.get(slug="umzug").pk
        assert _differences(_everything(link, again), here) == {}
        assert _differences(_pool(link, again), pool) == {}
        with inside(again):
            record("create", again, by="test")
            assert (broken_links(), misses_its_end()) == ([], False)


def _differences(one, two):
    """By name, what stands in only one of the two; whole texts of everything would take pytest minutes to compare."""
    names = one.keys() | two.keys()
    return {
        name: sorted(_lines(one.get(name)) ^ _lines(two.get(name))) for name in names if one.get(name) != two.get(name)
    }


def _lines(part):
    return {str(row)[:400] for row in (part.items() if isinstance(part, dict) else part or [])}


def _moved(cells, old, new):
    done = cells.manage(old, "move_municipality", "umzug", new)
    assert done.returncode == 0, done.stderr


def _left_over(link):
    """Tables of the old cell in which rows are left that went along."""
    names = {"tenants_servererrors", "tenants_answertimes", "tenants_rolloutnote"}
    found = [table for table in names if link.execute(f"SELECT 1 FROM {table} WHERE schema_name = 'umzug'").fetchone()]
    return found + [table for table in _with("carried") if link.execute(f"SELECT 1 FROM {table}").fetchone()]


def test_a_namesake_gets_nothing_of_one_that_lives_elsewhere(db):
    """Somebody else's votes, texts and papers: it is told by when it was made."""
    made = create_municipality("umzug", name="Stadt Umzug", host="umzug.localhost")
    with inside_public():
        old = participant_of(made)
        Move.objects.create(
            slug="umzug", cell="sued", phase="done", by="test", ended_at=timezone.now(),
            town_made_at=made.created_at - timedelta(days=1),
        )  # fmt: skip
        Participant.objects.filter(pk=old.pk).update(municipality=None)
        new = participant_of(made)
        old.refresh_from_db()
        assert (new.pk == old.pk, old.slug, old.town == "Stadt Umzug") == (False, None, False)
        # The same one, back again.
        Move.objects.update(town_made_at=made.created_at)
        Participant.objects.filter(pk=new.pk).update(municipality=None)
        assert participant_of(made).pk == new.pk
    assert Application.objects.count() == Acceptance.objects.count() == 0
