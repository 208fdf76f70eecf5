"""Nightly figures: each municipality counts itself; overviews read what was counted."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from audit.services import record
from operations.tasks import defer_figures, measure_all, measure_municipality
from portal.offers.states import State
from tenants.lifecycle.overview import overview
from tenants.models import Municipality, MunicipalityFigures
from tenants.models import State as Life
from tenants.running import figures
from tenants.running.context import inside, inside_public
from tests.conftest import municipality
from tests.factories import a_provider, an_offer

NIGHT = date(2027, 3, 4)


def _at(hour, minute):
    return int(datetime(2027, 3, 4, hour, minute, tzinfo=ZoneInfo("Europe/Berlin")).timestamp())


@pytest.mark.both_stores
def test_a_municipality_counts_itself_into_the_shared_table(ahausen, bedorf):
    with inside(ahausen):
        provider = a_provider()
        an_offer(provider=provider)
        an_offer(provider=provider, state=State.DRAFT, published_at=None)
        User.objects.create_user("a@ahausen.example", "x" * 12)
        default_storage.save("bild.bin", ContentFile(b"x" * 1000))
        record("offer.published", provider, by="test")
        row = figures.measure(NIGHT)
    assert (row.municipality, row.night) == (ahausen, NIGHT)
    assert (row.offers, row.published_offers, row.providers, row.users, row.file_bytes) == (2, 1, 1, 1, 1000)
    assert row.database_bytes > 100_000
    assert row.last_activity is not None
    assert row.measured_at >= row.last_activity
    with inside_public():
        assert MunicipalityFigures.objects.count() == 1


def test_counting_again_in_the_same_night_replaces_the_row(ahausen):
    with inside(ahausen):
        figures.measure(NIGHT)
        an_offer()
        figures.measure(NIGHT)
    with inside_public():
        assert [row.offers for row in MunicipalityFigures.objects.all()] == [1]


def test_a_figure_is_counted_by_one_room_only():
    with pytest.raises(figures.UnknownFigureError, match="counted already"):
        figures.register(figures.Figure.OFFERS, lambda: 0)


def test_a_figure_that_nobody_counts_is_an_error_and_not_a_zero(ahausen, monkeypatch):
    monkeypatch.setattr(figures, "_counting", {})
    with inside(ahausen), pytest.raises(figures.UnknownFigureError, match="offers, providers"):
        figures.measure(NIGHT)


def test_each_municipality_gets_one_job_behind_all_others_whatever_its_state(ahausen, bedorf):
    with inside_public():
        Municipality.objects.filter(pk=bedorf.pk).update(state=Life.SUSPENDED)
        assert defer_figures(NIGHT) == 2
        assert defer_figures(NIGHT) == 0
        jobs = list(ProcrastinateJob.objects.filter(task_name=measure_municipality.name).order_by("id"))
    assert [job.args["schema_name"] for job in jobs] == ["ahausen", "bedorf"]
    assert all(job.priority < 0 for job in jobs)
    assert jobs[0].scheduled_at < jobs[1].scheduled_at


def test_a_missed_night_is_caught_up_and_a_measured_one_is_not_repeated(ahausen, bedorf):
    with inside(ahausen):
        figures.measure(NIGHT)
    with inside_public():
        measure_all(_at(1, 0))
        assert not ProcrastinateJob.objects.exists()
        measure_all(_at(14, 40))
        assert [job.args["schema_name"] for job in ProcrastinateJob.objects.all()] == ["bedorf"]


def test_the_worker_writes_the_figures_and_drops_the_job_of_a_municipality_that_is_gone(own_database):
    with inside_public():
        assert defer_figures(NIGHT) == 2
        Municipality.objects.get(slug="bedorf").delete()
        call_command("work", until_empty=True)
        _due_now()
        call_command("work", until_empty=True)
        assert [row.municipality.slug for row in MunicipalityFigures.objects.filter(night=NIGHT)] == ["ahausen"]
        assert set(ProcrastinateJob.objects.filter(task_name=measure_municipality.name)
                   .values_list("status", flat=True)) == {"succeeded"}  # fmt: skip


def _due_now():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")


def test_figures_go_with_their_municipality(own_database):
    with inside(municipality("bedorf")):
        figures.measure(NIGHT)
    with inside_public():
        Municipality.objects.get(slug="bedorf").delete()
        assert not MunicipalityFigures.objects.exists()


def test_the_list_shows_last_nights_numbers_and_their_time_unless_asked_for_live_ones(ahausen, bedorf, capsys):
    with inside(ahausen):
        an_offer()
        row = figures.measure(NIGHT)
        an_offer()
    with inside(bedorf):
        an_offer()

    def listed(*options):
        call_command("list_municipalities", "--json", *options)
        return {each["slug"]: each for each in json.loads(capsys.readouterr().out)}

    nightly, live = listed(), listed("--live")
    assert (nightly["ahausen"]["offers"], live["ahausen"]["offers"]) == (1, 2)
    assert nightly["ahausen"]["measured_at"] == row.measured_at.isoformat(timespec="seconds")
    assert (nightly["bedorf"]["offers"], nightly["bedorf"]["measured_at"]) == (1, None)
    assert nightly["ahausen"]["size_bytes"] > 100_000
    call_command("list_municipalities")
    assert "--live counts now" in capsys.readouterr().out


def test_the_list_asks_as_many_statements_for_one_municipality_as_for_many(
    ahausen, bedorf, django_assert_max_num_queries
):
    for where in (ahausen, bedorf):
        with inside(where):
            figures.measure(NIGHT)
    from tenants.lifecycle.overview import overview

    with django_assert_max_num_queries(6):
        assert len(overview()) == 2


def test_no_schema_is_asked_where_the_figures_know_and_a_rollout_need_not_wait_for_the_night(ahausen, bedorf):
    for place in (ahausen, bedorf):
        with inside(place):
            version = figures.measure(NIGHT).schema_version
    assert version == overview(live=True)[0]["schema_version"] != ""
    figures.note_versions([("bedorf", "usage.0099_new")])
    with CaptureQueriesContext(connection) as asked:
        rows = overview()
    # The municipalities, their domains and their figures.
    assert sum(query["sql"].startswith("SELECT") for query in asked) == len(asked) - 1 == 3
    assert [row["schema_version"] for row in rows] == [version, "usage.0099_new"]
    assert not any("ahausen" in query["sql"] for query in asked)


def test_a_start_lists_names_and_hosts_and_counts_nothing(ahausen, bedorf, capsys):
    with CaptureQueriesContext(connection) as asked:
        call_command("list_municipalities", "--json", "--addresses")
    assert json.loads(capsys.readouterr().out) == [
        {"slug": "ahausen", "name": "Stadt Ahausen", "domains": ["ahausen.localhost"], "state": "live"},
        {"slug": "bedorf", "name": "Gemeinde Bedorf", "domains": ["bedorf.localhost"], "state": "live"},
    ]
    # No night has counted yet; all the same only the municipalities and their domains are read.
    assert [query["sql"].split()[0] for query in asked if "SELECT" in query["sql"]] == ["SELECT", "SELECT"]
    call_command("list_municipalities", "--addresses")
    assert capsys.readouterr().out.splitlines()[1].split() == [
        "bedorf", "live", "Gemeinde", "Bedorf", "(bedorf.localhost)",
    ]  # fmt: skip
