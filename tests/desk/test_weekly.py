"""The weekly mail of what waits."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection

from core.access import Role
from mail.models import OutboxMessage
from portal.editorial.desk.weekly import write_weekly_mails
from portal.editorial.models import Habits
from portal.editorial.tasks import write_weekly_mails_here
from tenants.running.context import inside
from tests.desk.conftest import a_case, one_of_each

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY, TUESDAY, WEDNESDAY = (datetime(2026, 11, day, 7, tzinfo=BERLIN) for day in (23, 24, 25))
NEXT_MONDAY = datetime(2026, 11, 30, 7, tzinfo=BERLIN)


@pytest.fixture
def town(ahausen):
    with inside(ahausen):
        yield ahausen


@pytest.fixture
def wish(town, person):
    """`wish(0, Role.EDITOR)`: somebody who wants the mail on Mondays."""

    def made(day, role=Role.EDITOR, email=""):
        who = person(town, role, email=email)
        return Habits.objects.create(user=who, mail_day=day)

    return made


def mails():
    return OutboxMessage.objects.filter(subject__contains="auf Sie")


def written(moment):
    with time_machine.travel(moment, tick=False):
        return write_weekly_mails()


def test_it_says_what_waits_the_oldest_first_in_ten_lines(wish):
    wish(0)
    with time_machine.travel(MONDAY, tick=False):
        one_of_each()
        for n in range(5):
            a_case(f"Frage {n}")

    assert written(MONDAY) == 1

    mail = mails().get()
    assert mail.to == "editor@ahausen.example"
    assert mail.subject.endswith("12 Aufgaben warten auf Sie")
    found = [line for line in mail.body.splitlines() if line.startswith("- ")]
    assert len(found) == 10
    assert found[0] == "- Neues Angebot: Offenes Singen, seit 10 Tagen"
    assert "Und 2 weitere:" in mail.body
    assert "http://ahausen.localhost" in mail.body
    assert "/redaktion/einstellungen/schreibtisch/" in mail.body
    # What a resident wrote does not travel.
    assert "Die Nummer stimmt nicht" not in mail.body
    assert "Hinweis aus dem Portal: Sprachkurs, seit 7 Tagen" in mail.body


def test_once_a_week_however_often_it_is_begun(wish):
    wish(0)
    a_case("Wann?")
    assert [written(moment) for moment in (MONDAY, MONDAY, TUESDAY, WEDNESDAY, NEXT_MONDAY, NEXT_MONDAY)] == [
        1, 0, 0, 0, 1, 0,
    ]  # fmt: skip
    assert mails().count() == 2


def test_a_day_on_which_nothing_ran_is_made_up_for(wish):
    wish(1)
    a_case("Wann?")
    assert written(MONDAY) == 0
    assert written(WEDNESDAY) == 1


def test_killed_before_its_end_nothing_of_it_stays_and_it_is_written_once(wish, monkeypatch):
    wish(0)
    wish(0, Role.ADMIN)
    a_case("Wann?")
    seen = []

    def dies(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and "editorial_habits" in sql:
            seen.append(sql)
            if len(seen) == 2:
                raise SystemExit
        return execute(sql, params, many, context)

    with connection.execute_wrapper(dies), pytest.raises(SystemExit), time_machine.travel(MONDAY, tick=False):
        write_weekly_mails()
    assert mails().count() == 1
    assert written(MONDAY) == 1
    assert sorted(mails().values_list("to", flat=True)) == ["admin@ahausen.example", "editor@ahausen.example"]


def test_nobody_gets_one_where_nothing_waits_or_who_left_or_has_no_desk(wish):
    gone, planner = wish(0, email="weg@ahausen.example"), wish(0, Role.PLANNER)
    kept = wish(0, Role.ADMIN)
    assert written(MONDAY) == 0
    Habits.objects.update(mailed_for=None)
    a_case("Wann?")
    gone.user.is_active = False
    gone.user.save()
    assert written(MONDAY) == 1
    assert mails().get().to == kept.user.email != planner.user.email


def test_the_job_writes_where_the_town_is_served(wish):
    wish(0)
    a_case("Wann?")
    with time_machine.travel(MONDAY, tick=False):
        write_weekly_mails_here()
        write_weekly_mails_here()
    assert mails().count() == 1


def test_one_chooses_the_day_and_unsubscribes_at_the_desk(town, editors):
    address = "/redaktion/einstellungen/schreibtisch/"
    a_case("Wann?")
    with time_machine.travel(WEDNESDAY, tick=False):
        assert editors.post(address, {"keys": "on", "mail_day": "0"}).status_code == 302
        # Monday is over: the first one comes next week.
        assert write_weekly_mails() == 0
    assert written(NEXT_MONDAY) == 1
    assert "Tag ändern oder abbestellen" in editors.get("/redaktion/").content.decode()
    assert editors.post(address, {"keys": "off", "mail_day": "keine"}).status_code == 302
    assert Habits.objects.get().mail_day is None
    assert written(datetime(2026, 12, 7, 7, tzinfo=BERLIN)) == 0
    for junk in (
        {"keys": "x", "mail_day": "keine"},
        {"keys": "on", "mail_day": "7"},
        {"mail_day": "1"},
        {"keys": "on", "mail_day": ""},
        {},
    ):
        assert editors.post(address, junk).status_code == 400, junk
    assert Habits.objects.get().keys == "off"
