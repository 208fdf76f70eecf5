"""Alerts neither flap nor storm."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from core.access import Role
from health.alerts import ENDS_AFTER, OPENS_AFTER, SILENCE, News, measure, step
from health.models import Alert
from health.tasks import measure_health
from mail.models import OutboxMessage
from tenants.running.context import inside_public
from tests.health.places import many, queued

BEGIN = datetime(2027, 3, 4, 8, tzinfo=UTC)
# How many are disturbed at each measurement, and the minutes since the one before.
_measurements = st.lists(st.tuples(st.integers(0, 3), st.sampled_from([10, 10, 10, 70, 400])), max_size=40)


def _told(measurements) -> list[tuple[datetime, News]]:
    alert, now, news = Alert(cause="x"), BEGIN, []
    for number, minutes in measurements:
        now += timedelta(minutes=minutes)
        what = step(alert, number, now)
        if what is not None:
            news.append((now, what))
    return news


def _wanted(measurements) -> list[tuple[datetime, News]]:
    """The same from the whole history each time: which runs there were, and what was told before."""
    moments, news = [], []
    now = BEGIN
    for number, minutes in measurements:
        now += timedelta(minutes=minutes)
        moments.append((now, number))
        told = [(at, what) for at, what in news if what is not News.OVER]
        is_open = bool(news) and news[-1][1] is not News.OVER
        recent = bool(told) and now - told[-1][0] < SILENCE
        last = [number for _at, number in moments]
        if is_open and len(last) >= ENDS_AFTER and not any(last[-ENDS_AFTER:]):
            news.append((now, News.OVER))
        elif recent:
            continue
        elif not is_open and len(last) >= OPENS_AFTER and all(last[-OPENS_AFTER:]):
            news.append((now, News.OPENED))
        elif is_open and number > dict(moments)[told[-1][0]]:
            news.append((now, News.GREW))
    return news


@given(measurements=_measurements)
def test_what_is_told_is_what_the_whole_history_says(measurements):
    assert _told(measurements) == _wanted(measurements)


@given(measurements=_measurements)
def test_never_twice_within_six_hours_and_every_end_has_a_beginning(measurements):
    news = _told(measurements)
    began = [at for at, what in news if what is not News.OVER]
    assert all(later - earlier >= SILENCE for earlier, later in pairwise(began))
    kinds = [what for _at, what in news]
    assert all(before is not News.OVER for before, after in pairwise(kinds) if after is News.OVER)
    assert kinds[:1] != [News.OVER]


def test_what_comes_and_goes_every_ten_minutes_is_never_told():
    assert _told([(number % 2, 10) for number in range(500)]) == []


def test_what_stays_is_told_at_the_second_measurement_and_then_only_when_it_grows():
    assert _told([(1, 10)] * 500) == [(BEGIN + timedelta(minutes=20), News.OPENED)]
    news = _told([(1, 10)] * 3 + [(2, 10)] * 500)
    assert [what for _at, what in news] == [News.OPENED, News.GREW]
    assert news[1][0] - news[0][0] == SILENCE


@pytest.fixture
def operators(db, person):
    return [person(None, Role.OPERATOR, email=f"{name}@platform.example") for name in ("eva", "udo")]


def _mails() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind="health_alert").order_by("pk"))


def test_a_storm_is_one_mail_to_each_operator(operators, person, ahausen):
    person(None, email="niemand@platform.example")
    many(400)
    for number in range(400):
        queued("failed", f"ort-{number:04}", number=10)
    with inside_public():
        assert measure() == []
        assert _mails() == []
        assert measure() == [("auftraege", News.OPENED)]
        assert measure() == []
        assert [mail.to for mail in _mails()] == ["eva@platform.example", "udo@platform.example"]
        mail = _mails()[0]
        assert "400 Kommunen: Ort 0" in mail.body
        assert mail.body.count("Ort ") == 5
        assert "http://localhost:8000/betrieb/kommunen/" in mail.body
        assert "Vorbei" not in mail.body


def test_what_is_only_watched_wakes_nobody(operators, ahausen):
    queued("failed", "ahausen", number=9)
    with inside_public():
        assert measure() == measure() == measure() == []


def test_its_end_is_told_too_and_several_causes_share_a_mail(operators, ahausen):
    jobs = queued("failed", "ahausen", number=10)
    queued("todo", "ahausen", number=1000)
    with inside_public():
        measure()
        assert measure() == [("auftraege", News.OPENED), ("warteschlange", News.OPENED)]
        assert len(_mails()) == 2
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = ANY(%s)", [jobs])
        assert measure() == measure() == []
        measure_health(0)
        last = _mails()[-1]
        assert "Vorbei:\n– Fehlgeschlagene Aufträge" in last.body
        assert "Jetzt gestört" not in last.body
        assert Alert.objects.get(cause="warteschlange").is_open
        assert not Alert.objects.get(cause="auftraege").is_open
