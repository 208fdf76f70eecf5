"""The same request twice does something once; another one under the same key is refused."""

import threading
from datetime import timedelta

import psycopg
import pytest
import time_machine
from django.db import connection, connections
from django.utils import timezone

from portal.machine_access import keeping
from portal.machine_access.models import KeptAnswer
from portal.machine_access.tasks import forget
from portal.offers.models import Offer
from tenants.running.context import inside
from tests.conftest import municipality

KEY = {"Idempotency_Key": "heute-1"}


def number_of_offers(town):
    with inside(town):
        return Offer.objects.count()


def test_the_same_once_more_is_the_same_answer(ahausen, program):
    first, again = (program.post(program.said(), **KEY) for _n in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert ("Idempotency-Replayed" in first, again["Idempotency-Replayed"]) == (False, "true")
    assert number_of_offers(ahausen) == 1
    assert program.post(program.said()).status_code == 201
    assert number_of_offers(ahausen) == 2


def test_a_refusal_is_kept_too(ahausen, program):
    first, again = (program.post(program.said(title=""), **KEY) for _n in range(2))
    assert (first.status_code, again.status_code) == (422, 422)
    assert (first.content, again["Content-Type"]) == (again.content, "application/problem+json")


def test_another_request_under_the_same_key_is_refused(ahausen, program):
    pk = program.post(program.said(), **KEY).json()["id"]
    for answer in (program.post(program.said(title="Anders"), **KEY), program.patch(pk, program.said(), **KEY),
                   program.delete(pk, **KEY)):  # fmt: skip
        assert answer.status_code == 409, answer.content
        assert "Idempotency-Key" in answer.json()["detail"]
    assert number_of_offers(ahausen) == 1


def test_a_key_is_one_of_its_token(ahausen, program, make_program):
    other = make_program(ahausen, program.provider)
    assert program.post(program.said(), **KEY).status_code == 201
    assert "Idempotency-Replayed" not in other.post(other.said(), **KEY)
    assert number_of_offers(ahausen) == 2


@pytest.mark.parametrize("key", ["x" * 256, "ä", "a\tb"])
def test_impossible_keys_are_refused(ahausen, program, key):
    assert program.post(program.said(), Idempotency_Key=key).status_code == 400


def test_a_key_is_kept_for_a_day_and_then_forgotten(ahausen, program):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        assert program.post(program.said(), **KEY).status_code == 201
    with time_machine.travel(now + timedelta(hours=23, minutes=59), tick=False):
        forget(timestamp=0)
        assert program.post(program.said(), **KEY)["Idempotency-Replayed"] == "true"
    with time_machine.travel(now + timedelta(hours=24, minutes=1), tick=False):
        assert "Idempotency-Replayed" not in program.post(program.said(), **KEY)
    with time_machine.travel(now + timedelta(hours=72), tick=False):
        forget(timestamp=0)
    with inside(ahausen):
        assert not KeptAnswer.objects.exists()


def test_while_one_is_under_way_the_other_waits_its_turn_elsewhere(own_database, make_program):
    """Two at the same moment: one does it, the other is told to ask again, and then gets the first one's answer."""
    program = make_program(municipality("ahausen"))
    held, free, told = threading.Event(), threading.Event(), []
    original = keeping.earlier

    def slowly(*args):
        found = original(*args)
        if threading.current_thread().name == "first":
            held.set()
            assert free.wait(30)
        return found

    def first():
        told.append(program.post(program.said(external_id="1"), **KEY).status_code)
        connections.close_all()

    keeping.earlier = slowly
    try:
        thread = threading.Thread(target=first, name="first")
        thread.start()
        assert held.wait(30)
        assert program.post(program.said(external_id="1"), **KEY).status_code == 409
        free.set()
        thread.join(30)
    finally:
        free.set()
        keeping.earlier = original
    assert told == [201]
    assert program.post(program.said(external_id="1"), **KEY)["Idempotency-Replayed"] == "true"
    assert number_of_offers(municipality("ahausen")) == 1
    # Another key, the same number, at the same moment: what says “ask again” is not what is said for a day.
    name = "\x1f".join(("machine_access", "ahausen", "external", str(program.provider.pk), "2"))
    given = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    other = {"Idempotency_Key": "another"}
    with psycopg.connect(**{to: connection.settings_dict[key] for to, key in given.items()}) as elsewhere:
        elsewhere.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        refused = program.post(program.said(external_id="2"), **other)
        assert (refused.status_code, refused["Retry-After"]) == (409, "1")
    assert program.post(program.said(external_id="2"), **other).status_code == 201
    connection.close()
