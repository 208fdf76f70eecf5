"""Work on whole municipalities keeps out of each other's way."""

import time

import pytest

from tenants.refused import RefusedError
from tenants.running.locks import one_municipality, whole_platform
from tests.children import python

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
