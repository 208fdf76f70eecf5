"""`/metrics`: closed without a token, right whoever answers, below 5,000 series at 1,000 municipalities."""

import sys
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from health import metrics
from operations.models import GivenUpMail
from tenants.models import AnswerTimes, Municipality, MunicipalityFigures, State
from tenants.running.answers import BOUNDS
from tenants.running.context import inside_public
from tests.health.places import many, measured, queued, saved

TOKEN = "ein-langes-geheimnis"
NOW = timezone.now()


@pytest.fixture(autouse=True)
def this_moment(monkeypatch):
    """Modules are read long before the last of their tests runs, and here minutes count."""
    monkeypatch.setattr(sys.modules[__name__], "NOW", timezone.now())


@pytest.fixture
def token(settings) -> str:
    settings.METRICS_TOKEN = TOKEN
    return TOKEN


def ask(host: str = "localhost", token: str = TOKEN, **given):
    return Client(HTTP_HOST=host).get("/metrics", headers={"Authorization": f"Bearer {token}"}, **given)


def series(answer) -> dict[tuple, float]:
    """By name and labels."""
    assert answer.status_code == 200
    return {
        (sample.name.removeprefix("chancenportal_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def test_without_a_token_of_ours_nobody_learns_that_it_is_there(db, ahausen):
    for host in ("localhost", "ahausen.localhost", "127.0.0.1"):
        assert ask(host).status_code == 404
        assert ask(host, "").status_code == 404


@pytest.mark.parametrize("shown", ["", "falsch", TOKEN[:-1], f"{TOKEN} ", "ä\N{SNOWMAN}"])
def test_with_a_wrong_one_neither(db, token, shown):
    answer = Client(HTTP_HOST="localhost").get("/metrics", headers={"Authorization": f"Bearer {shown}"})
    assert (answer.status_code, answer["WWW-Authenticate"], answer.content) == (401, "Bearer", b"")
    basic = Client(HTTP_HOST="localhost").get("/metrics", headers={"Authorization": f"Basic {TOKEN}"})
    assert basic.status_code == Client(HTTP_HOST="localhost").get("/metrics").status_code == 401


def test_it_is_read_only_and_asked_under_any_host(db, ahausen, token):
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    assert Client(HTTP_HOST="localhost").post("/metrics", headers=bearer).status_code == 405
    assert Client(HTTP_HOST="localhost").head("/metrics", headers=bearer).content == b""
    told = [series(ask(host)).keys() for host in ("localhost", "ahausen.localhost", "10.0.0.7")]
    assert told[0] == told[1] == told[2]
    answer = ask()
    assert answer["Content-Type"].startswith("text/plain; version=")
    assert answer["Cache-Control"] == "no-store"


def test_the_numbers_are_those_of_the_tables(db, ahausen, bedorf, token):
    measured(ahausen, schema_version="offers.0002_x")
    measured(bedorf, schema_version="offers.0001_y")
    saved(NOW - timedelta(hours=2))
    queued("failed", "ahausen", number=12)
    queued("todo", "bedorf", number=3)
    queued("failed", None, number=2)
    with inside_public():
        Municipality.objects.filter(slug="bedorf").update(state=State.SUSPENDED, created_at=NOW - timedelta(days=9))
        Municipality.objects.filter(slug="ahausen").update(created_at=NOW - timedelta(days=9))
        GivenUpMail.objects.create(schema_name="bedorf", number=4, since=NOW, counted_at=NOW)
    told = series(ask())
    assert told["municipalities", "live"] == told["municipalities", "suspended"] == 1
    assert told["municipalities", "archived"] == 0
    assert told["municipalities_health", "bad"] == told["municipalities_health", "watch"] == 1
    assert told["municipalities_troubled", "auftraege", "bad"] == 1
    assert told["municipalities_troubled", "auftraege", "watch"] == 0
    assert told["municipalities_troubled", "mails", "watch"] == 1
    assert told["municipalities_schema", "offers.0001_y"] == told["municipalities_schema", "offers.0002_x"] == 1
    assert (told["jobs_failed", "municipalities"], told["jobs_failed", "platform"]) == (12, 2)
    assert (told["jobs_waiting", "municipalities"], told["jobs_waiting", "platform"]) == (3, 0)
    assert (told["municipality_jobs_failed", "ahausen"], told["municipality_jobs_failed", "bedorf"]) == (12, 0)
    assert told["municipality_mails_given_up", "bedorf"] == 4
    assert (told["municipality_severity", "ahausen"], told["municipality_severity", "bedorf"]) == (2, 1)
    assert 7200 <= told["municipality_backup_age_seconds", "ahausen"] < 7200 + 600


def test_a_thousand_make_fewer_than_five_thousand_series_and_ask_no_schema(db, ahausen, token):
    ask()
    with CaptureQueriesContext(connection) as few:
        ask()
    many(998)
    with inside_public():
        # As bad as it gets: everybody has another version.
        for row in MunicipalityFigures.objects.order_by("-night")[:500]:
            MunicipalityFigures.objects.filter(pk=row.pk).update(schema_version=f"offers.{row.pk}")
        assert Municipality.objects.count() == 1000
        spread = {f"to_{bound}": 10 for bound in BOUNDS}
        AnswerTimes.objects.bulk_create(
            AnswerTimes(schema_name=slug, slot=timezone.now(), answers=75, errors=n % 70, milliseconds=9000, **spread)
            for n, slug in enumerate(Municipality.objects.order_by("slug").values_list("slug", flat=True))
        )
    with CaptureQueriesContext(connection) as asked:
        told = series(ask())
    assert 4200 < len(told) < 4400
    assert sum(name == "municipality_response_seconds" for name, *_labels in told) == metrics.MOST_TOLD
    ratios = [value for (name, *_labels), value in told.items() if name == "municipality_error_ratio"]
    assert (len(ratios), max(ratios)) == (metrics.MOST_TOLD, 69 / 75)
    assert (told["answers_within", "any"], told["answers_within", "100"]) == (75_000, 20_000)
    assert sum(name == "municipalities_schema" for name, *_labels in told) == metrics.MOST_VERSIONS + 1
    assert sum(value for (name, *_labels), value in told.items() if name == "municipalities_schema") == 998
    assert len(asked) == len(few) <= 16
    assert not [query["sql"] for query in asked if '"ahausen"' in query["sql"] or "ort-" in query["sql"]]


def test_nothing_of_it_lives_in_a_process(db, ahausen, token):
    """So it is right with any number of them: what one process is told, the next one knows."""
    before = series(ask())
    queued("failed", "ahausen")
    after = series(ask())
    assert after["jobs_failed", "municipalities"] == before["jobs_failed", "municipalities"] + 1
    assert before.keys() == after.keys()


def test_a_database_that_is_away_is_said_so(db, token, monkeypatch):
    def away():
        raise DatabaseError

    monkeypatch.setattr(metrics, "text", away)
    assert ask().status_code == 503
