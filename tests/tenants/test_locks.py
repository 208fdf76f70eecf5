"""Work on whole municipalities keeps out of each other's way."""

import time

import pytest
from django.db import connection

from tenants.refused import RefusedError
from tenants.running.locks import one_municipality, whole_platform
from tenants.transfer.leftovers import being_made
from tests.children import python
from tests.tenants.breaking_line import breaking_line

pytestmark = pytest.mark.usefixtures("own_database")


def test_the_platform_belongs_to_one_who_is_named_to_the_other():
    with whole_platform("rollout 12"):
        with pytest.raises(RefusedError, match="rollout 12"), whole_platform("rollout 13"):
            pytest.fail("two at once")
        with pytest.raises(RefusedError, match="rollout 12"), one_municipality("ahausen", "restore"):
            pytest.fail("a restore during a rollout")


def test_municipalities_are_worked_on_side_by_side_but_each_by_one_only():
    with one_municipality("ahausen", "export"), one_municipality("bedorf", "restore"):
        with pytest.raises(RefusedError, match="export ahausen"), one_municipality("ahausen", "delete"):
            pytest.fail("two at once")
        with pytest.raises(RefusedError, match="export ahausen, restore bedorf"), whole_platform("rollout 1"):
            pytest.fail("a rollout during an export")


def test_after_the_work_the_next_may_start():
    with pytest.raises(KeyError), whole_platform("rollout 1"):
        raise KeyError
    with one_municipality("ahausen", "export"):
        pass
    with whole_platform("rollout 2") as nothing:
        assert nothing is None


@pytest.mark.parametrize("lock", [lambda: whole_platform("rollout 1"), lambda: one_municipality("ahausen", "export")])
def test_the_next_may_start_although_the_server_has_not_noticed_the_closed_connection(lock, monkeypatch):
    params = connection.settings_dict
    with breaking_line("127.0.0.1", int(params["PORT"])) as line, monkeypatch.context() as changed:
        line.hides_closing = True
        changed.setitem(params, "PORT", str(line.port))
        with lock():
            pass
        with whole_platform("rollout 2") as nothing:
            assert nothing is None


def test_a_maker_lets_go_before_it_closes(monkeypatch):
    params = connection.settings_dict
    with connection.cursor() as cursor, breaking_line("127.0.0.1", int(params["PORT"])) as line:
        line.hides_closing = True
        with monkeypatch.context() as changed:
            changed.setitem(params, "PORT", str(line.port))
            with being_made():
                pass
        cursor.execute("SELECT pg_try_advisory_lock(7001)")
        assert cursor.fetchone() == (True,)


def test_a_lock_whose_connection_was_lost_hides_no_error(monkeypatch):
    params = connection.settings_dict
    with breaking_line("127.0.0.1", int(params["PORT"])) as line, monkeypatch.context() as changed:
        changed.setitem(params, "PORT", str(line.port))
        with pytest.raises(KeyError), whole_platform("rollout 1"):
            line.cut()
            raise KeyError


def test_a_killed_process_holds_nothing():
    code = (
        "from tenants.running.locks import whole_platform\n"
        "with whole_platform('rollout 1'):\n"
        "    print('held', flush=True); input()"
    )
    with python(code) as child:
        assert child.stdout.readline() == "held\n"
        with pytest.raises(RefusedError), whole_platform("rollout 2"):
            pytest.fail("two at once")
        child.kill()
        child.wait()
    for _attempt in range(100):
        try:
            with whole_platform("rollout 2"):
                return
        except RefusedError:
            time.sleep(0.05)
    pytest.fail("the lock outlived its process")
