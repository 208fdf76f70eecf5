"""The page of one municipality: what is known, what is wrong, what to do next."""

import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.access import Role
from jobs.models import Failure
from operations.models import GivenUpMail
from tenants.models import DriftCheck, Drill, Municipality, Rollout, RolloutStep, State
from tenants.running.context import inside_public
from tests.health.places import many, measured, queued, saved

NOW = timezone.now()


@pytest.fixture(autouse=True)
def this_moment(monkeypatch):
    """Modules are read long before the last of their tests runs, and here minutes count."""
    monkeypatch.setattr(sys.modules[__name__], "NOW", timezone.now())


HERE = "/betrieb/kommunen/ahausen/"


@pytest.fixture
def operator(db, signed_in):
    return signed_in(None, Role.OPERATOR)


def _read(client, address=HERE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_nothing_is_wrong_and_nothing_was_counted_yet(operator, ahausen):
    page = _read(operator)
    assert "Hier ist alles in Ordnung." in page
    assert "Sie wurde noch nicht gezählt" in page
    assert "Sie wurde noch nicht gesichert." in page
    assert "noch nicht geprüft" in page
    assert 'href="http://ahausen.localhost:8000/"' in page
    assert operator.get("/betrieb/kommunen/nirgends/").status_code == 404


def test_all_that_is_known_stands_there(operator, ahausen):
    measured(ahausen, NOW - timedelta(days=1), offers=40)
    measured(ahausen, offers=46, published_offers=41, providers=12, users=3, database_bytes=90 * 10**6,
             file_bytes=1210 * 10**6, mails_sent=200, mails_bounced=30)  # fmt: skip
    saved(NOW - timedelta(hours=31), bytes=84 * 10**6, verified_at=NOW)
    failed = queued("failed", "ahausen", task="mail.tasks.deliver_later", number=3)
    queued("failed", "bedorf", task="fremd.tasks.nichts_davon")
    (again,) = queued("todo", "ahausen", task="operations.tasks.measure_municipality", attempts=2,
                      scheduled_at=NOW + timedelta(minutes=5))  # fmt: skip
    with inside_public():
        Failure.objects.create(job_id=failed[0], at=NOW, error="ConnectionRefusedError (platform/mail/handing.py:45)")
        Failure.objects.create(job_id=again, at=NOW, error="OSError")
        GivenUpMail.objects.create(schema_name="ahausen", number=2, since=NOW, counted_at=NOW)
        DriftCheck.objects.create(compared=2, found={"ahausen": ["- index offers_x"], "bedorf": ["- fremdes"]})
        Municipality.objects.filter(slug="ahausen").update(created_at=NOW - timedelta(days=90))
        saved_drill = saved(NOW - timedelta(hours=40))
        Drill.objects.create(backup=saved_drill, slug="ahausen", passed=False, seconds=3)
        rollout = Rollout.objects.create(by="test", jobs=1, code="x")
        RolloutStep.objects.create(
            rollout=rollout, schema_name="ahausen", state="failed", to_version="offers.0099_mehr", error="Spalte fehlt"
        )
    page = _read(operator)
    for text in (
        "46, davon 41 öffentlich", "1,3\xa0GB: 90\xa0MB Datenbank, 1,2\xa0GB Dateien",
        "200 gesendet in 30 Tagen, 30 kamen zurück (15,0\xa0%)", "Es warten: 0. Endgültig fehlgeschlagen: 3.",
        "ConnectionRefusedError (platform/mail/handing.py:45)", "operations.tasks.measure_municipality",
        "2-mal versucht", "OSError", "- index offers_x", "offers.0099_mehr", "Spalte fehlt", "84\xa0MB",
        "nicht bestanden", "manage backup ahausen", "manage suspend_municipality ahausen",
        "manage resend_mail ahausen --failed", "steht im Protokoll des Arbeiters",
    ):  # fmt: skip
        assert text in page, text
    assert "fremd" not in page
    # What jobs are about is somebody's: it is not shown.
    assert "geheim" not in page
    # The worst first: the failed update, with the way on.
    assert "rollout --resume" in page.partition('id="tun"')[0]
    causes = page.partition('id="tun"')[2].partition("</ul>")[0]
    assert causes.count("<li>") == 6
    assert "Die letzte Sicherung ist alt." in causes


def test_it_asks_no_schema_and_as_few_among_a_thousand(operator, ahausen):
    measured(ahausen)
    operator.get(HERE)
    with CaptureQueriesContext(connection) as few:
        _read(operator)
    many(1000)
    with CaptureQueriesContext(connection) as asked:
        _read(operator)
        # Its schema does not exist.
        _read(operator, "/betrieb/kommunen/ort-0500/")
    assert len(asked) == 2 * len(few)
    assert len(few) <= 28
    paths = {query["sql"] for query in asked if "search_path" in query["sql"]}
    assert paths <= {'SET search_path = "public"'}
    assert not [query["sql"] for query in asked if '"ahausen".' in query["sql"] or '"ort-0500".' in query["sql"]]


def test_what_can_be_done_depends_on_its_state(operator, ahausen):
    for state, offered, not_offered in (
        (State.SUSPENDED, "resume_municipality ahausen", "manage suspend_municipality"),
        (State.ARCHIVED, "suspend_municipality ahausen", "resume_municipality"),
    ):
        with inside_public():
            Municipality.objects.filter(slug="ahausen").update(state=state, state_reason="Umbau")
        page = _read(operator)
        assert offered in page
        assert not_offered not in page
        assert "Umbau" in page
        assert ("/betrieb/kommunen/ahausen/ansehen/" in page) == (state == State.SUSPENDED)
        assert 'href="http://ahausen.localhost:8000/"' not in page
