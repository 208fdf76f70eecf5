"""What the worker does with what the pages put in line, killed in the middle of it too."""

import os
import signal
import sys
import time

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from operations.rollouts import services
from operations.rollouts.models import DriftLook, Plan
from tenants.models import DriftCheck, Municipality, Rollout, RolloutNote, RolloutStep
from tenants.rollout.wish import Wish
from tenants.running.context import inside_public
from tenants.running.locks import one_municipality
from tests.architecture.test_access import session_of
from tests.children import half_a_minute_later, python
from tests.people.cast import an_account
from tests.rollout.conftest import release, rows, towns  # noqa: F401
from tests.rollout.killing import ALL, TALLY
from tests.rollout.test_trouble import COLUMN, columns

pytestmark = pytest.mark.xdist_group("rollouts")
WHO = "olga@example.org"
HOME = "/betrieb/rollouts/"


def work() -> None:
    call_command("work", until_empty=True, queue="rollouts", concurrency=1)


def the_plan() -> Plan:
    asked = services.ask_for_plan(by=WHO)
    work()
    with inside_public():
        return Plan.objects.get(pk=asked.pk)


def the_rollout() -> Rollout:
    with inside_public():
        return Rollout.objects.latest("pk")


@pytest.fixture
def operator(own_database):
    with inside_public():
        session = session_of(an_account("betrieb@platform.example", "operator"))
    client = Client(HTTP_HOST="localhost")
    client.cookies["sessionid"] = session
    return client


def test_from_the_plan_to_the_end(release, operator):  # noqa: F811
    towns("cedorf", wave="canary")
    release(usage=COLUMN)
    address = operator.post(f"{HOME}plan/").url
    work()
    page = operator.get(address).content.decode()
    assert "ALTER TABLE &quot;usage_dailysearch&quot; ADD COLUMN" in page
    assert "canary: 1, rest: 2" in page
    assert not columns("cedorf")
    started = operator.post(
        f"{address}starten/", {"wave": "canary", "watch": "0", "most_failures": "0", "release": ""}
    ).url
    assert "wartet auf den Beginn" in operator.get(started).content.decode()
    work()
    assert (columns("cedorf"), columns("ahausen")) == (True, False)
    page = operator.get(started).content.decode()
    assert "1 von 1 Kommunen sind aktualisiert, 0 fehlgeschlagen, 0 warten." in page
    assert "cedorf" in page
    # The plan does not know of it; what is left is rolled out.
    operator.post(f"{address}starten/", {"wave": "", "watch": "0", "most_failures": "0", "release": ""})
    work()
    assert (the_rollout().state, columns("ahausen"), columns("bedorf")) == ("done", True, True)
    with inside_public():
        assert Rollout.objects.count() == 2


def test_while_others_work_a_plan_says_so_and_a_rollout_waits(release):  # noqa: F811
    release(usage=COLUMN)
    plan = the_plan()
    with one_municipality("ahausen", "restore"):
        refused = the_plan()
        assert (refused.state, "restore ahausen" in refused.error) == ("failed", True)
        services.start(plan, wish=Wish(), by=WHO)
        work()
        assert the_rollout().state == "waiting"
        with inside_public():
            assert services.is_attended(the_rollout())
    rows("public", "UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
    work()
    assert the_rollout().state == "done"


def test_drift_is_found_by_a_job(own_database):
    rows("bedorf", "DROP TRIGGER offers_offer_changed ON offers_offer")
    services.ask_for_drift(by=WHO)
    work()
    with inside_public():
        check, look = DriftCheck.objects.get(), DriftLook.objects.get()
    assert (look.state, check.compared) == ("done", 2)
    assert check.found == {"bedorf": ["- trigger offers_offer offers_offer_changed"]} or list(check.found) == ["bedorf"]


def test_a_worker_killed_in_the_middle_goes_on_elsewhere_and_nothing_is_done_twice(release):  # noqa: F811
    slugs = ["ahausen", "bedorf", *(f"ort-{number}" for number in range(8))]
    towns(*slugs[2:])
    release(usage=TALLY)
    services.start(the_plan(), wish=Wish(jobs=1), by=WHO)
    paths = [path for path in sys.path if "pytest" in path]
    code = (
        f"import sys; sys.path[:0] = {paths!r}\n"
        f"from django.conf import settings; settings.MIGRATION_MODULES = {settings.MIGRATION_MODULES!r}\n"
        "from django.core.management import call_command\n"
        "call_command('work', queue='rollouts', concurrency=1)"
    )
    for _kill in range(2):
        before = _done()
        with python(code) as worker:
            deadline = time.monotonic() + 120
            while _done() <= before:
                assert worker.poll() is None, worker.communicate()
                assert time.monotonic() < deadline
                time.sleep(0.02)
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
        assert the_rollout().state == "running"
        half_a_minute_later()
    assert _done() < len(slugs)
    work()
    assert the_rollout().state == "done"
    for slug in slugs:
        assert rows(slug, "SELECT n FROM usage_tally ORDER BY n") == ALL
    with inside_public():
        assert Rollout.objects.count() == 1
        assert not RolloutNote.objects.exists()
        assert RolloutStep.objects.filter(state="done").count() == len(slugs) == Municipality.objects.count()


def _done() -> int:
    return int(rows("public", "SELECT count(*) FROM tenants_rolloutstep WHERE state = 'done'")[0][0])
