"""Every municipality gets the schema of the code's version, whatever the migrations are made of."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from audit.models import Entry
from tenants.models import Municipality, MunicipalityFigures, Rollout, RolloutNote, RolloutStep
from tenants.refused import RefusedError
from tenants.rollout.fingerprint import digests, fingerprint
from tenants.rollout.release import migrate_schema
from tenants.running import figures
from tenants.running.context import inside, inside_public
from tenants.running.locks import one_municipality, whole_platform
from tests.conftest import municipality
from tests.rollout.conftest import Silent, rows, towns

SHELF = """migrations.CreateModel("Shelf", [
    ("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=20, unique=True)),
    ("parent", models.ForeignKey("self", models.CASCADE, null=True)),
    ("height", models.IntegerField(db_default=7))])"""
FILL = """
from django.db import migrations
def fill(apps, schema_editor):
    shelf = apps.get_model("usage", "Shelf")
    shelf.objects.bulk_create([shelf(name="unten"), shelf(name="oben")])
class Migration(migrations.Migration):
    dependencies = [("usage", "0002_shelf")]
    operations = [migrations.RunPython(fill)]
"""
EVERYTHING = {
    "0002_shelf": SHELF,
    "0003_fill": FILL,
    "0004_more": """
        migrations.AddField("shelf", "color", models.CharField(max_length=9, db_default="rot", default="rot")),
        migrations.RunSQL([("INSERT INTO usage_shelf (name) VALUES (%s)", ["100%"]), "SELECT 1 -- ja"]),
        migrations.RunSQL("UPDATE usage_shelf SET color = 'blau;rot' WHERE name LIKE '100%'"),
        watch("usage_shelf")""",
    "0005_unique": """migrations.AlterUniqueTogether("shelf", {("name", "color")})""",
    "0006_index": """atomic = False|
        AddIndexConcurrently("shelf", models.Index(fields=["height"], name="shelf_height")),
        migrations.RunSQL("INSERT INTO usage_shelf (name) VALUES ('einmal')"),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL("ALTER TABLE usage_shelf ADD extra int")],
            state_operations=[migrations.AddField("shelf", "extra", models.IntegerField(null=True))])""",
    "0007_less": """
        migrations.AlterUniqueTogether("shelf", set()),
        migrations.RemoveField("shelf", "parent"),
        migrations.AlterField("shelf", "name", models.CharField(max_length=30))""",
}

SOME = {
    "0002_shelf": SHELF,
    "0003_fill": FILL,
    "0004_index": """atomic = False|
    AddIndexConcurrently("shelf", models.Index(fields=["height"], name="shelf_height"))""",
}


def test_all_kinds_of_migrations_make_the_same_schema_as_djangos_own_way(release, rolled_out):
    towns("cedorf")
    release(usage=EVERYTHING)
    outcome = rolled_out()
    assert (outcome.done, outcome.unchanged, outcome.errors) == (3, 0, [])
    migrate_schema("by-django")
    wanted = fingerprint("by-django")
    for slug in ("ahausen", "bedorf", "cedorf"):
        assert fingerprint(slug) == wanted
        assert rows(slug, "SELECT name, color, height, extra FROM usage_shelf ORDER BY id") == [
            ("unten", "rot", 7, None),
            ("oben", "rot", 7, None),
            ("100%", "blau;rot", 7, None),
            ("einmal", "rot", 7, None),
        ]
    assert len(set(digests(["ahausen", "bedorf", "cedorf", "by-django"]).values())) == 1
    assert not RolloutNote.objects.exists()


def test_the_record_tells_from_where_to_where_when_and_how_long(release, rolled_out):
    release(usage=SOME)
    rollout = rolled_out(jobs=1).rollout
    assert (rollout.state, rollout.by, rollout.jobs) == ("done", "test", 1)
    assert rollout.ended_at >= rollout.started_at
    step = RolloutStep.objects.get(schema_name="bedorf")
    assert step.to_version == "usage.0004_index"
    assert step.from_version.count(".") == 1
    assert step.migrations == [f"usage.{name}" for name in SOME]
    assert (step.state, step.error) == ("done", "")
    assert step.ended_at >= step.started_at
    assert 0 < step.seconds < 60


def test_nothing_to_do_leaves_no_record(release, rolled_out):
    release()
    outcome = rolled_out()
    assert (outcome.rollout, outcome.done, outcome.unchanged) == (None, 0, 2)
    assert not Rollout.objects.exists()


def test_schemas_in_different_states_meet(release, rolled_out):
    towns("cedorf")
    release(usage={"0002_shelf": SHELF})
    with inside_public():
        Municipality.objects.filter(slug="cedorf").update(wave="canary")
    assert rolled_out(wave="canary").done == 1
    assert rows("ahausen", "SELECT to_regclass('ahausen.usage_shelf')") == [(None,)]
    release(usage=EVERYTHING)
    assert rolled_out().done == 3
    assert len(set(digests(["ahausen", "bedorf", "cedorf"]).values())) == 1


def test_canaries_come_first_the_rest_last_and_archived_ones_too(release, rolled_out):
    towns("cedorf", wave="canary")
    towns("dedorf", "edorf", wave="berlin")
    with inside_public():
        Municipality.objects.filter(slug="edorf").update(state="archived")
    release(usage={"0002_shelf": SHELF})
    report = Silent()
    rolled_out(report=report)
    assert report.waves == ["canary 1", "berlin 2", "rest 2"]
    assert report.order[0] == "cedorf"
    assert set(report.order[1:3]) == {"dedorf", "edorf"}


def test_an_unknown_wave_is_refused_and_the_known_ones_are_named(release, rolled_out):
    with pytest.raises(RefusedError, match="rest"):
        rolled_out(wave="kanarie")


def test_a_municipality_is_put_into_a_wave_or_refused(own_database):
    out = io.StringIO()
    call_command("set_wave", "canary", "ahausen", stdout=out)
    call_command("set_wave", "canary", "ahausen", stdout=out)
    with inside_public():
        assert Municipality.objects.get(slug="ahausen").wave == "canary"
        assert Entry.objects.get(action="municipality.wave").changes == {"wave": ["rest", "canary"]}
    for wave, slugs in (("Kanarie!", ["ahausen"]), ("", ["ahausen"]), ("west", ["ahausen", "zedorf"])):
        with pytest.raises(CommandError, match="zedorf|1–40"):
            call_command("set_wave", wave, *slugs, stdout=out)
    with inside_public():
        assert not Municipality.objects.filter(wave="west").exists()


def test_the_dry_run_shows_the_statements_and_changes_nothing(release):
    release(usage=SOME)
    before = fingerprint("ahausen")
    out = io.StringIO()
    call_command("rollout", dry_run=True, stdout=out)
    text = out.getvalue()
    assert "ahausen, bedorf" in text
    assert 'CREATE TABLE "usage_shelf"' in text
    assert "CREATE INDEX CONCURRENTLY" in text
    assert "Python: usage.0003_fill" in text
    assert fingerprint("ahausen") == before
    assert not Rollout.objects.exists()
    assert rows("public", "SELECT 1 FROM pg_namespace WHERE nspname LIKE 'zz%'") == []


def test_a_second_start_and_other_work_are_refused_meanwhile(release, rolled_out):
    release(usage={"0002_shelf": SHELF})
    with whole_platform("rollout 7"), pytest.raises(RefusedError, match="rollout 7"):
        rolled_out()
    with one_municipality("ahausen", "restore"), pytest.raises(RefusedError, match="restore ahausen"):
        rolled_out()
    assert rows("ahausen", "SELECT to_regclass('ahausen.usage_shelf')") == [(None,)]
    with one_municipality("ahausen", "restore"), pytest.raises(CommandError, match="restore ahausen"):
        call_command("prepare", stdout=io.StringIO())


def test_prepare_rolls_out_and_is_not_kept_from_starting_by_an_export(release):
    release(usage={"0002_shelf": SHELF})
    out = io.StringIO()
    call_command("prepare", stdout=out)
    assert rows("bedorf", "SELECT count(*) FROM usage_shelf") == [(0,)]
    with one_municipality("ahausen", "export"):
        call_command("prepare", stdout=out)
    assert out.getvalue().count("prepared: 2") == 2


def test_prepare_lets_the_service_start_when_few_municipalities_of_many_failed_and_says_so(release):
    towns(*(f"dorf-{number}" for number in range(18)))
    rows("dorf-7", "CREATE TABLE usage_shelf (id int)")
    release(usage={"0002_shelf": SHELF})
    out, err = io.StringIO(), io.StringIO()
    call_command("prepare", stdout=out, stderr=err)
    assert "prepared: 20" in out.getvalue()
    assert "manage rollout --resume" in err.getvalue()
    assert rows("dorf-8", "SELECT count(*) FROM usage_shelf") == [(0,)]
    rows("dorf-9", "DELETE FROM django_migrations WHERE app = 'usage'")
    with pytest.raises(CommandError, match="stopped|angehalten"):
        call_command("prepare", stdout=out, stderr=err)


def test_the_newest_figures_get_the_version_a_rollout_brought(release, rolled_out):
    with inside(municipality("ahausen")):
        figures.measure(date(2027, 3, 4))
    release(usage={"0002_shelf": SHELF})
    rolled_out()
    with inside_public():
        assert MunicipalityFigures.objects.get().schema_version == "usage.0002_shelf"


def test_a_half_applied_history_is_refused_by_name(release, rolled_out):
    release(usage=SOME)
    rolled_out()
    rows("bedorf", "DELETE FROM django_migrations WHERE app = 'usage' AND name IN ('0003_fill')")
    outcome = rolled_out()
    assert len(outcome.errors) == 1
    assert "usage.0003_fill" in outcome.errors[0]
    assert "bedorf" in outcome.errors[0]


def test_a_schema_of_a_later_release_is_left_alone(release, rolled_out):
    release(usage=SOME)
    rolled_out()
    release(theming={"0003_more": 'migrations.RunSQL("CREATE TABLE theming_more ()")'})
    outcome = rolled_out()
    assert outcome.done == 0
    assert "usage.0004_index" in outcome.errors[0]
    release()
    assert rolled_out().unchanged == 2
