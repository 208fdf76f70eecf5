"""Public holidays, school holidays and single days off: in the form, and the same everywhere else."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from gazetteer import free_days
from gazetteer.models import SchoolHoliday
from portal.authoring.dates.coming import coming
from portal.exchange.excel import dates as excel
from portal.offers import editing, snapshot
from portal.offers.choices import ScheduleKind
from portal.offers.ics import ics_for_offers
from portal.offers.models import Occurrence, Schedule
from portal.offers.schedule_words import schedule_sentences
from portal.offers.services import extend_occurrences
from portal.offers.structured import _without
from portal.preferences.models import Preferences
from tests.authoring.filling import form_of, send
from tests.authoring.test_dates import rule
from tests.authoring.test_story import member  # noqa: F401
from tests.revisions.conftest import Cast, cast  # noqa: F401

WEEKLY = {"kind": "weekly", "weekday": ["1"], "first": "2026-12-01", "w_1_0_from": "10:00", "w_1_0_to": "12:00"}


@pytest.fixture(autouse=True)
def _today(db):
    with time_machine.travel("2026-11-28T12:00:00+01:00", tick=True):
        free_days.forget()
        yield
        free_days.forget()


@pytest.fixture
def saarland(cast: Cast):  # noqa: F811
    """The municipality lies at Saarbrücken."""
    names = Preferences.load()
    names.latitude, names.longitude = 49.2326, 7.0098
    names.save()
    return names


def coming_days(rules) -> list[str]:
    return [day.split(", 10")[0] for day in coming(rules).days]


def test_the_state_follows_from_the_place_and_has_its_holidays(saarland):
    assert free_days.state_at(49.2326, 7.0098) == "SL"
    assert free_days.state_at(53.55, 10.0) == "HH"
    assert free_days.public_holidays("SL", 2027)[date(2027, 8, 15)] == "Mariä Himmelfahrt"
    assert date(2027, 8, 15) not in free_days.public_holidays("HH", 2027)


def test_all_sixteen_states_know_their_school_holidays_of_two_years():
    for state in free_days.STATES:
        known = free_days.school_holidays(state)
        for year in (2027, 2028):
            (summer,) = [each for each in known if each.name == "Sommerferien" and each.first.year == year]
            assert 39 <= (summer.last - summer.first).days <= 46, state
        assert sum(each.name == "Weihnachtsferien" for each in known) == 3
    assert free_days.school_holidays("SL")[0].first == date(2026, 12, 21)


def test_the_boxes_are_there_where_the_state_is_known(cast, member, saarland):  # noqa: F811
    offer = cast.draft()
    page = member.get(f"/konto/angebote/{offer.pk}/wann/").content.decode()
    assert "An Feiertagen (Saarland)" in page
    assert "In den Schulferien (Saarland)" in page
    assert "bis Januar 2029" in page
    # Public holidays are left out unless somebody says otherwise, school holidays only if.
    assert form_of(member, f"/konto/angebote/{offer.pk}/wann/")["off"] == ["public"]


def test_without_a_place_or_without_data_nothing_is_offered(cast, member):  # noqa: F811
    offer = cast.draft()
    page = member.get(f"/konto/angebote/{offer.pk}/wann/").content.decode()
    assert "An Feiertagen" not in page
    assert "Schulferien (" not in page
    names = Preferences.load()
    names.latitude, names.longitude = 49.2326, 7.0098
    names.save()
    SchoolHoliday.objects.filter(state="SL").delete()
    free_days.forget()
    page = member.get(f"/konto/angebote/{offer.pk}/wann/").content.decode()
    assert "An Feiertagen (Saarland)" in page
    assert "Schulferien (" not in page


def test_the_next_dates_say_what_falls_out_why_and_when_it_goes_on(saarland):
    found = coming([rule("FREQ=WEEKLY;BYDAY=TU", off=["public", "school"], exdates=["2026-12-08"],
                         reasons={"2026-12-08": "Betriebsausflug"})])  # fmt: skip
    assert [day[:27].rstrip(", 10") for day in found.days][:3] == [
        "Dienstag, 1. Dezember 2026",
        "Dienstag, 15. Dezember 2026",
        "Dienstag, 5. Januar 2027",
    ]
    assert found.skipped == (
        "Di., 8. Dezember 2026 (Betriebsausflug)",
        "Di., 22. Dezember 2026 bis Di., 29. Dezember 2026 (Weihnachtsferien)",
    )
    assert found.resumes == ""
    # The stretch behind the fifth date is told with the day on which it goes on.
    found = coming([rule("FREQ=WEEKLY;BYDAY=TU,TH", off=["school"], exdates=["2026-12-08"])])
    assert found.skipped == (
        "Di., 8. Dezember 2026 (von Ihnen eingetragen)",
        "Di., 22. Dezember 2026 bis Do., 31. Dezember 2026 (Weihnachtsferien)",
    )
    assert found.resumes == "Dienstag, 5. Januar 2027"


def test_a_public_holiday_has_its_name(saarland):
    found = coming([rule("FREQ=WEEKLY;BYDAY=FR", "2026-12-04", off=["public"])])
    assert found.skipped == ("Fr., 25. Dezember 2026 (Erster Weihnachtstag)", "Fr., 1. Januar 2027 (Neujahr)")


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ([rule("", "2026-11-02")], "Montag, 2. November 2026 ist schon vorbei. Stimmt das Jahr?"),
        ([rule("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260630", "2026-01-06")], "Dienstag, 30. Juni 2026 ist schon vorbei."),
        ([rule("FREQ=WEEKLY;BYDAY=FR", start="22:00", end="01:00")], "Es geht bis 01:00 Uhr am nächsten Tag."),
        ([rule("FREQ=WEEKLY;BYDAY=FR", start="16:00", end="14:00")], "bis 14:00 Uhr am nächsten Tag. Stimmt das?"),
        (
            [rule("FREQ=WEEKLY;BYDAY=FR;UNTIL=20270101", off=["public"])],
            "Der letzte Tag, Freitag, 1. Januar 2027, fällt aus (Neujahr). Zuletzt findet es am Freitag, 18. Dezember",
        ),
    ],
)
def test_what_may_be_a_mistake_is_asked(saarland, rules, sentence):
    assert any(sentence in each for each in coming(rules).asks), coming(rules).asks


def test_ordinary_dates_ask_nothing(saarland):
    assert coming([rule("FREQ=WEEKLY;BYDAY=TU", off=["public"])]).asks == ()


def test_holidays_that_cover_everything(saarland):
    found = coming([rule("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231", "2026-12-21", off=["school"])])
    assert (found.days, found.never) == ((), True)


def test_without_scripts_from_the_form_into_every_other_place(cast, member, saarland):  # noqa: F811
    offer = cast.public()
    address = f"/konto/angebote/{offer.pk}/wann/"
    send(member, address, "free_add", **WEEKLY, off=["public", "school"], free_new="2026-12-08", free_why="Ausflug")
    send(member, address)
    send(member, f"/konto/angebote/{offer.pk}/pruefen/", "abschicken")
    waiting = editing.waiting_for(offer)
    editing.approve(waiting, by=cast.editor, version=waiting.version)
    offer.refresh_from_db()
    (said,) = snapshot.take(offer)["schedules"]
    assert said["off"] == ["public", "school"]
    assert said["reasons"] == {"2026-12-08": "Ausflug"}

    days = list(Occurrence.objects.filter(offer=offer).order_by("starts_at").values_list("first_date", flat=True))
    assert days[:4] == [date(2026, 12, 1), date(2026, 12, 15), date(2027, 1, 5), date(2027, 1, 12)]
    assert date(2027, 7, 6) not in days, "summer holidays"
    out = {date(2026, 12, 8), date(2026, 12, 22), date(2026, 12, 29), date(2027, 2, 9), date(2027, 7, 6)}

    calendar = ics_for_offers([offer], host="a.example", now=timezone.now()).decode()
    exdates = {line.split(":")[1][:8] for line in calendar.splitlines() if line.startswith("EXDATE")}
    assert {f"{day:%Y%m%d}" for day in out} <= exdates
    assert "20261201" not in exdates

    (schedule,) = offer.schedules.all()
    (sentence,) = schedule_sentences([schedule], today=date(2026, 11, 28))
    assert "nicht an Feiertagen und nicht in den Schulferien" in sentence
    assert "08.12.2026 (Ausflug)" in sentence
    written = {"first_date": schedule.first_date, "last_date": None, "start_time": schedule.start_time,
               "end_time": schedule.end_time, "rrule": schedule.rrule, "exdates": schedule.exdates,
               "off": schedule.off, "reasons": schedule.reasons}  # fmt: skip
    (row,) = excel.rows_of(ScheduleKind.WEEKLY, [written])
    word = next(value for value in row.values() if isinstance(value, str) and "außer" in value)
    kind = excel.kind_of(word)
    assert word == "Wöchentlich außer an Feiertagen, in den Schulferien, 08.12.2026 (Ausflug)"
    assert (kind.off, kind.exdates, dict(kind.reasons)) == (
        ("public", "school"), (date(2026, 12, 8),), {"2026-12-08": "Ausflug"},
    )  # fmt: skip


def test_structured_data_leave_out_the_same_days(cast, saarland):  # noqa: F811
    schedule = Schedule(first_date=date(2026, 12, 1), rrule="FREQ=WEEKLY;BYDAY=TU", off=["school"], exdates=[])
    assert _without(schedule)[:2] == [date(2026, 12, 22), date(2026, 12, 29)]


def test_new_holidays_are_left_out_in_the_night_and_the_end_moves_with_them(cast, saarland):  # noqa: F811
    offer = cast.public()
    content = {"schedule_kind": "weekly", "schedules": [
        rule("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270119", off=["school"], last_date=None)]}  # fmt: skip
    snapshot.apply(offer, {**snapshot.take(offer), **content})
    offer.refresh_from_db()
    assert offer.ends_at.date() == date(2027, 1, 19)
    lines = ["state,first,last,name", "SL,2026-12-21,2026-12-31,Weihnachtsferien", "SL,2027-01-18,2027-01-22,Eisferien"]
    assert free_days.load(lines) == 2
    assert extend_occurrences() == []
    offer.refresh_from_db()
    days = set(Occurrence.objects.filter(offer=offer).values_list("first_date", flat=True))
    assert days == {date(2026, 12, d) for d in (1, 8, 15)} | {date(2027, 1, 5), date(2027, 1, 12)}
    assert offer.ends_at.date() == date(2027, 1, 12)
    # A correction the other way: the date is back the next night.
    free_days.load(["state,first,last,name", "SL,2027-01-11,2027-01-12,Eisferien", "SL,2027-01-25,2027-01-26,Nochmal"])
    extend_occurrences()
    days = set(Occurrence.objects.filter(offer=offer).values_list("first_date", flat=True))
    assert date(2027, 1, 19) in days
    assert date(2027, 1, 12) not in days


@pytest.mark.parametrize(
    "lines",
    [
        ["a,b"],
        ["state,first,last,name", "XX,2027-01-01,2027-01-02,Ferien"],
        ["state,first,last,name", "SL,2027-01-05,2027-01-02,Ferien"],
        ["state,first,last,name", "SL,2027-13-05,2027-01-02,Ferien"],
        ["state,first,last,name", "SL,2027-01-01,2027-01-09,A", "SL,2027-01-05,2027-01-12,B"],
        ["state,first,last,name", "SL,2027-01-01,2027-12-31,Immer"],
    ],
)
def test_a_file_that_cannot_be_right_changes_nothing(lines):
    before = SchoolHoliday.objects.count()
    with pytest.raises(free_days.FreeDaysError):
        free_days.load(lines)
    assert SchoolHoliday.objects.count() == before


def test_an_older_snapshot_still_applies_and_says_the_same(cast):  # noqa: F811
    offer = cast.public()
    old = {**snapshot.take(offer), "schedule_kind": "weekly", "schedules": [rule("FREQ=WEEKLY;BYDAY=TU")]}
    snapshot.apply(offer, old)
    (said,) = snapshot.take(offer)["schedules"]
    assert set(said) == {"first_date", "last_date", "start_time", "end_time", "rrule", "exdates"}


def test_a_day_of_the_month(cast, member):  # noqa: F811
    offer = cast.draft()
    address = f"/konto/angebote/{offer.pk}/wann/"
    send(member, address, kind="monthly", m_on="day", m_day="31", m_0_from="18:00", m_first="2026-12-01")
    (said,) = editing.begin(offer, by=cast.member).content["schedules"]
    assert said["rrule"] == "FREQ=MONTHLY;BYMONTHDAY=31"
    fields = form_of(member, address)
    assert (fields["m_on"], fields["m_day"], fields["m_0_from"]) == (["day"], ["31"], ["18:00"])
    assert [day[:26] for day in coming([said]).days][:3] == [
        "Donnerstag, 31. Dezember 2", "Sonntag, 31. Januar 2027, ", "Mittwoch, 31. März 2027, 1",
    ]  # fmt: skip
    send(member, address, m_on="weekday", m_which="-1", m_weekday="4")
    (said,) = editing.begin(offer, by=cast.member).content["schedules"]
    assert said["rrule"] == "FREQ=MONTHLY;BYDAY=-1FR"
