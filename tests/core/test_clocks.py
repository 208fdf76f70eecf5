"""Two machines of ours whose clocks are five minutes apart: what one signs the other takes, as docs/RUNBOOK.md says.

A code of a telephone and what `/readyz` says: tests/deploy/test_starting.py. The S3 server: tests/stores.
"""

from datetime import timedelta

import pytest
import time_machine
from django.core.signing import BadSignature, TimestampSigner
from django.utils import timezone

from core.access import Role
from core.signed_age import is_too_quick
from onboarding import limits
from portal.feedback import spam
from portal.feedback.spam import Age
from tenants.lifecycle.operator_visits import link_to
from tenants.lifecycle.states import suspend_municipality
from tenants.running.context import inside

NOW = timezone.now().replace(microsecond=0)
FIVE = timedelta(minutes=5)


def at(moment):
    return time_machine.travel(moment, tick=False)


@pytest.mark.parametrize("off", [-FIVE, FIVE], ids=["behind", "ahead"])
def test_a_form_shown_by_the_other_machine_is_taken(ahausen, off):
    with inside(ahausen):
        with at(NOW + off):
            told, applying = spam.new_token(), limits.new_token()
        with at(NOW + timedelta(seconds=20)):
            assert spam.age_of(told) is Age.GOOD
            assert limits.is_human(applying, "")


def test_by_one_clock_too_quick_and_too_old_are_told_apart_still(ahausen):
    with inside(ahausen):
        with at(NOW):
            told, applying = spam.new_token(), limits.new_token()
        for seconds, age in ((-1, Age.TOO_QUICK), (2, Age.TOO_QUICK), (4, Age.GOOD), (25 * 3600, Age.TOO_OLD)):
            with at(NOW + timedelta(seconds=seconds)):
                assert spam.age_of(told) is age
                assert limits.is_human(applying, "") is (age is Age.GOOD)
        assert spam.age_of(told[:-1] + "x") in {Age.FORGED}
    with pytest.raises(BadSignature):
        is_too_quick(TimestampSigner(salt="another"), told, spam.QUICKEST)


@pytest.mark.parametrize("off", [-FIVE, FIVE], ids=["behind", "ahead"])
def test_sessions_go_on_and_links_of_days_too(ahausen, signed_in, visitor, off):
    client = signed_in(ahausen, Role.EDITOR)
    with at(timezone.now() + off):
        assert client.get("/redaktion/").status_code == 200


@pytest.mark.parametrize("off", [-5, 0, 5])
def test_a_link_of_ten_minutes_lives_longer_or_shorter_by_as_much(own_database, visitor, off):
    suspend_municipality("ahausen", reason="Umbau")
    with at(NOW + timedelta(minutes=off)):
        path = link_to("ahausen", by="x").partition("8000")[2]
    opened = {}
    for minutes in (10 + off - 1, 10 + off + 1):
        with at(NOW + timedelta(minutes=minutes)):
            client = visitor("ahausen")
            client.get(path)
            opened[minutes] = bool(client.cookies)
    assert list(opened.values()) == [True, False]
