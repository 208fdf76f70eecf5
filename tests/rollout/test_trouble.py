"""When a migration fails, a table is locked, a process is killed or a schema is not what it should be."""

import io
import sys
import threading
import time

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection
from procrastinate.contrib.django.utils import connector_params

from tenants.models import Municipality, Rollout, RolloutNote, RolloutStep
from tenants.refused import RefusedError
from tenants.rollout.fingerprint import digests, fingerprint
from tenants.rollout.groups import plan
from tenants.rollout.shared import migrate_public, public_is_behind
from tenants.running.context import inside_public
from tests.children import python
from tests.databases import clone, use
from tests.rollout.conftest import Silent, rows, towns
from tests.rollout.killing import ALL, TALLY

COLUMN = {"0002_note": 'migrations.AddField("dailysearch", "note", models.CharField(max_length=9, db_default=""))'}
ONCE = {
    "0002_note": COLUMN["0002_note"],
    "0003_once": """migrations.AddConstraint("dailysearch",
        models.UniqueConstraint(fields=["term"], name="search_once"))""",
}
TWICE = "INSERT INTO usage_dailysearch (day, count, source, term) SELECT now(), 1, n::text, 'x' FROM {} AS numbers (n)"


def columns(slug: str) -> bool:
    return "note" in {
        name
        for (name,) in rows(
            slug, f"SELECT attname FROM pg_attribute WHERE attrelid = '{slug}.usage_dailysearch'::regclass"
        )
    }


def test_a_failure_names_place_migration_statement_and_the_way_on_and_leaves_the_rest_alone(release, rolled_out):
    towns("cedorf", "dedorf")
    rows("cedorf", TWICE.format("generate_series(1, 2)"))
    before = fingerprint("cedorf")
    release(usage=ONCE)
    outcome = rolled_out(most_failures=50)
    (error,) = outcome.errors
    for part in ("cedorf", "usage.0003_once", 'ADD CONSTRAINT "search_once"', "manage rollout --resume"):
        assert part in error
    assert fingerprint("cedorf") == before
    assert (outcome.done, outcome.rollout.state) == (3, "failed")
    assert columns("dedorf")
    step = RolloutStep.objects.get(schema_name="cedorf")
    assert (step.state, step.failed_migration) == ("failed", "usage.0003_once")
    assert step.failed_statement.startswith("ALTER TABLE")
    rows("cedorf", "DELETE FROM usage_dailysearch WHERE source = '2'")
    outcome = rolled_out(resume=True)
    assert (outcome.done, outcome.errors, outcome.rollout.state) == (4, [], "done")
    assert Rollout.objects.count() == 1


def test_too_many_failures_stop_the_rollout_before_the_next_wave(release, rolled_out):
    towns("cedorf", "dedorf", wave="canary")
    rows("cedorf", TWICE.format("generate_series(1, 2)"))
    release(usage=ONCE)
    with pytest.raises(CommandError, match="cedorf|--resume"):
        call_command("rollout", jobs=1, stdout=io.StringIO())
    rollout = Rollout.objects.get()
    assert rollout.state == "stopped"
    assert rollout.steps.filter(state="waiting").count() >= 2
    assert not columns("ahausen")
    rows("cedorf", "DELETE FROM usage_dailysearch")
    assert rolled_out().done == 4 - rollout.steps.filter(state="done").count()
    rollout.refresh_from_db()
    assert rollout.state == "superseded"


def test_a_failing_data_migration_is_told_too(release, rolled_out):
    release(usage={"0002_fail": "migrations.RunPython(lambda apps, editor: {}['weg'])"})
    outcome = rolled_out(most_failures=100)
    assert len(outcome.errors) == 2
    assert "usage.0002_fail" in outcome.errors[0]
    assert "weg" in outcome.errors[0]


def test_a_rollout_gives_way_to_a_long_transaction_and_comes_back(release, rolled_out):
    towns("cedorf", "dedorf")
    release(usage=COLUMN)
    report = Silent()
    waited = []
    with psycopg.connect(**connector_params("default")) as reader:
        reader.execute("SELECT * FROM ahausen.usage_dailysearch")
        work = threading.Thread(target=lambda: rolled_out(report=report, jobs=1), daemon=True)
        work.start()
        deadline = time.monotonic() + 60
        while len(report.order) < 3 and time.monotonic() < deadline:
            # A reader that comes while the rollout waits for its lock queues up behind it.
            start = time.monotonic()
            assert rows("ahausen", "SELECT count(*) FROM usage_dailysearch") == [(0,)]
            rows("bedorf", "INSERT INTO usage_dailysearch (day, count, source, term) SELECT now(), 1, '', random()")
            waited.append(time.monotonic() - start)
        assert "ahausen" not in report.order
    work.join(60)
    assert report.order[-1] == "ahausen"
    assert columns("ahausen")
    assert RolloutStep.objects.get(schema_name="ahausen").gave_way >= 1
    assert waited


SHARED = {"0099_mood": 'migrations.AddField("domain", "mood", models.CharField(max_length=9, db_default=""))'}


def test_a_change_of_the_shared_schema_gives_way_too(release):
    release(tenants=SHARED)
    with psycopg.connect(**connector_params("default")) as reader:
        reader.execute("SELECT * FROM public.tenants_domain")
        with pytest.raises(RefusedError, match="tenants_domain|gesperrt|locked"):
            migrate_public(0)
        done = []
        work = threading.Thread(target=lambda: done.append(migrate_public(60)), daemon=True)
        work.start()
        until = time.monotonic() + 3
        while time.monotonic() < until:
            # Nobody queues up behind it for longer than it waits for its lock.
            rows("public", "SET lock_timeout = '1500ms'; SELECT count(*) FROM tenants_domain; RESET lock_timeout")
        assert not done
    work.join(60)
    assert done == [True]
    assert rows("public", "SELECT count(*) FROM pg_attribute WHERE attname = 'mood'") == [(1,)]
    assert not public_is_behind()


def test_an_index_of_the_shared_schema_is_built_beside_those_who_write(release):
    release(
        tenants={
            **SHARED,
            "0100_index": """atomic = False|
        AddIndexConcurrently("domain", models.Index(fields=["mood"], name="domain_mood"))""",
        }
    )
    assert migrate_public(60)
    assert rows("public", "SELECT indisvalid FROM pg_index WHERE indexrelid = 'domain_mood'::regclass") == [(True,)]
    assert not migrate_public(60)


def test_after_its_patience_it_tells_who_holds_the_lock(release, rolled_out):
    release(usage=COLUMN)
    with psycopg.connect(**{**connector_params("default"), "application_name": "langer-bericht"}) as reader:
        reader.execute("SELECT * FROM ahausen.usage_dailysearch")
        outcome = rolled_out(patience=0, most_failures=100)
    assert outcome.done == 1
    assert "langer-bericht" in outcome.errors[0]


def test_who_holds_a_table_of_a_copied_database_is_not_blamed(release, rolled_out, worker_id):
    """Its tables have the same numbers as ours."""
    release(usage=COLUMN)
    ours = connection.settings_dict["NAME"]
    with clone(f"test_twin_{worker_id}") as twin:
        use(ours)
        with (
            psycopg.connect(**{**connector_params("default"), "dbname": twin}) as elsewhere,
            psycopg.connect(**{**connector_params("default"), "application_name": "langer-bericht"}) as reader,
        ):
            for each in (elsewhere, reader):
                each.execute("SELECT * FROM ahausen.usage_dailysearch")
            outcome = rolled_out(patience=0, most_failures=100)
    assert "langer-bericht" in outcome.errors[0]


def test_a_schema_that_somebody_changed_is_reported_and_not_touched(release, rolled_out):
    towns("cedorf")
    rows("bedorf", "ALTER TABLE usage_dailysearch ADD von_hand text")
    release(usage=COLUMN)
    outcome = rolled_out(most_failures=100)
    assert outcome.done == 2
    assert "bedorf" in outcome.errors[0]
    assert "von_hand" in outcome.errors[0]
    assert not columns("bedorf")
    rows("bedorf", "ALTER TABLE usage_dailysearch DROP von_hand")
    assert rolled_out(resume=True).errors == []


def test_check_drift_tells_the_differences(own_database):
    out = io.StringIO()
    call_command("check_drift", stdout=out)
    assert "2" in out.getvalue()
    rows("bedorf", "DROP TRIGGER offers_offer_changed ON offers_offer")
    out = io.StringIO()
    with pytest.raises(CommandError, match="bedorf"):
        call_command("check_drift", stdout=out)
    assert "- trigger offers_offer offers_offer_changed" in out.getvalue()
    assert "ahausen" not in out.getvalue()


def test_an_index_left_unfinished_is_built_again(release, rolled_out):
    release(
        usage={
            "0002_index": """atomic = False|
        AddIndexConcurrently("dailysearch", models.Index(fields=["term"], name="search_term"))"""
        }
    )
    with inside_public():
        (group,) = plan()
        (unit,) = group.units
        RolloutNote.objects.create(
            schema_name="ahausen", migration="usage.0002_index", pieces=unit.digest, done=0, begun=True
        )
    rows("ahausen", "CREATE INDEX search_term ON usage_dailysearch (term)")
    rows("ahausen", "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ahausen.search_term'::regclass")
    assert rolled_out().errors == []
    assert rows("ahausen", "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ahausen.search_term'::regclass") == [
        (True,)
    ]
    assert not RolloutNote.objects.exists()


def test_killed_at_random_moments_no_statement_runs_twice(release, tmp_path):
    slugs = ["ahausen", "bedorf", *(f"ort-{number}" for number in range(8))]
    towns(*slugs[2:])
    release(usage=TALLY)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        f"from django.conf import settings; settings.MIGRATION_MODULES = {django_settings.MIGRATION_MODULES!r}\n"
        "from tests.rollout.killing import run\n"
        "print('killed', run(6, longest=0.8, seed=4))"
    )
    with python(code) as child:
        said, _nothing = child.communicate()
    assert int(said.rpartition("killed ")[2]) >= 2, said
    for slug in slugs:
        assert rows(slug, "SELECT n FROM usage_tally ORDER BY n") == ALL
    assert len(set(digests(slugs).values())) == 1
    with inside_public():
        assert not RolloutNote.objects.exists()
        assert Municipality.objects.count() == len(slugs)
        assert set(Rollout.objects.values_list("state", flat=True)) <= {"done", "superseded"}


def test_a_lost_database_is_told_and_resumed(release, rolled_out):
    towns(*(f"ort-{number}" for number in range(6)))
    release(usage=TALLY)
    code = (
        "import sys; sys.path[:0] = {!r}\n"
        "from django.conf import settings; settings.MIGRATION_MODULES = {!r}\n"
        "from django.core.management import call_command\n"
        "call_command('rollout', jobs=1)"
    )
    with python(
        code.format([path for path in sys.path if "pytest" in path], django_settings.MIGRATION_MODULES)
    ) as child:
        deadline = time.monotonic() + 60
        ended = False
        while not ended and time.monotonic() < deadline and child.poll() is None:
            ended = (
                rows(
                    "public",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE "
                    "'municipalities:rollout worker' AND datname = current_database() AND xact_start IS NOT NULL",
                )
                != []
            )
        said, _nothing = child.communicate()
    assert child.returncode == 1, said
    assert "--resume" in said
    assert rolled_out(resume=True).errors == []
    for slug in ("ahausen", "ort-5"):
        assert rows(slug, "SELECT n FROM usage_tally ORDER BY n") == ALL
