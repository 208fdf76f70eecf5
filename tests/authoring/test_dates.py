"""Dates between the form and the rules: both ways, and nothing is lost that the form cannot show."""

from datetime import date, time

import pytest
import time_machine
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import richtext
from portal.authoring.dates.coming import coming
from portal.authoring.dates.entering import UnclearError, day_of, time_of
from portal.authoring.dates.form import DatesForm
from portal.authoring.dates.making import answers_to_rules
from portal.authoring.dates.reading import answers_of, meaning
from portal.authoring.forms.base import Setting, changes_of
from tests.revisions.generated import rules


def said(kind, schedules):
    return {"schedule_kind": kind, "schedules": schedules, "schedule_note": ""}


def rule(rrule, first="2026-12-01", start="10:00", end="12:00", **more):
    given_ = {"first_date": first, "last_date": None, "start_time": start, "end_time": end, "exdates": []}
    return {**given_, "rrule": rrule, **more}


@pytest.mark.parametrize(
    ("kind", "schedules"),
    [
        ("dates", [rule(""), rule("", "2026-12-24", None, None)]),
        ("period", [rule("", last_date="2026-12-05")]),
        ("weekly", [rule("FREQ=WEEKLY;BYDAY=TU"), rule("FREQ=WEEKLY;BYDAY=TU", start="14:00", end="16:00")]),
        ("weekly", [rule("FREQ=WEEKLY;BYDAY=MO,WE,FR"), rule("FREQ=WEEKLY;BYDAY=MO", start="18:00", end=None)]),
        ("weekly", [rule("FREQ=WEEKLY;BYDAY=TU"), rule("FREQ=WEEKLY;BYDAY=TH", "2026-12-03")]),
        ("weekly", [rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270630", exdates=["2026-12-29"])]),
        ("monthly", [rule("FREQ=MONTHLY;BYDAY=-1FR"), rule("FREQ=MONTHLY;BYDAY=-1FR", start="18:00", end="20:00")]),
        ("monthly", [rule("FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU;UNTIL=20271231")]),
        ("monthly", [rule("FREQ=MONTHLY;BYMONTHDAY=13")]),
        ("monthly", [rule("FREQ=MONTHLY;BYMONTHDAY=-1"), rule("FREQ=MONTHLY;BYMONTHDAY=-1", start="18:00")]),
        ("weekly", [rule("FREQ=WEEKLY;BYDAY=TU", off=["public", "school"])]),
        ("weekly", [rule("FREQ=WEEKLY;BYDAY=TU", exdates=["2026-12-08"], reasons={"2026-12-08": "Ausflug"})]),
    ],
)
def test_the_form_shows_what_it_can_make(kind, schedules):
    answers = answers_of(said(kind, schedules))
    assert answers["kind"] == kind
    assert meaning(answers_to_rules(answers)) == meaning(schedules)


@pytest.mark.parametrize(
    ("kind", "schedules"),
    [
        ("weekly", [rule("FREQ=WEEKLY;BYDAY=TU;COUNT=4")]),
        ("weekly", [rule("FREQ=WEEKLY;BYDAY=TU"), rule("FREQ=WEEKLY;BYDAY=TH", "2027-05-01")]),
        ("weekly", [rule("FREQ=WEEKLY")]),
        ("monthly", [rule("FREQ=MONTHLY;BYMONTHDAY=13,20")]),
        ("monthly", [rule("FREQ=MONTHLY;BYMONTHDAY=-2")]),
        ("monthly", [rule("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR")]),
        ("weekly", [rule("FREQ=WEEKLY;BYDAY=TU", off=["public"]), rule("FREQ=WEEKLY;BYDAY=TH", "2026-12-03")]),
        ("monthly", [rule("FREQ=MONTHLY;BYDAY=1MO,3MO")]),
        ("daily", [rule("FREQ=DAILY")]),
        ("dates", [rule("FREQ=YEARLY")]),
        ("dates", [rule("", exdates=["2026-12-01"])]),
        ("period", [rule("", last_date="2026-12-05"), rule("", "2027-01-01", last_date="2027-01-02")]),
    ],
)
def test_what_it_cannot_show_stays(kind, schedules):
    assert answers_of(said(kind, schedules)) == {"kind": "so"}


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["none", "dates", "period", "daily", "weekly", "monthly"]), st.lists(rules, max_size=3))
def test_opening_and_sending_the_page_changes_nothing(kind, schedules):
    setting = Setting(None, said(kind, schedules), None)  # type: ignore[arg-type]
    data = DatesForm.data_of(setting)
    assert changes_of(DatesForm(data, setting), DatesForm(data, setting)) == {}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("1.12.2026", date(2026, 12, 1)),
        ("01.12.26", date(2026, 12, 1)),
        ("1. 12. 2026", date(2026, 12, 1)),
        ("1.12 ", date(2026, 12, 1)),
        ("1. Dezember 2026", date(2026, 12, 1)),
        ("3. März 27", date(2027, 3, 3)),
        ("24. Dez.", date(2026, 12, 24)),
        ("Di, 1.12.", date(2026, 12, 1)),
        ("Sonnabend 5.12.", date(2026, 12, 5)),
        ("Dienstag, den 1. Dezember", date(2026, 12, 1)),
        ("", None),
    ],
)
@time_machine.travel("2026-11-30 12:00+01:00", tick=False)
def test_days_as_people_write_them(written, day):
    assert day_of(written) == day


@pytest.mark.parametrize(
    ("today", "written", "day"),
    [
        ("2027-12-10", "29.2.", date(2028, 2, 29)),
        ("2028-02-29", "29.2.", date(2028, 2, 29)),
        ("2028-02-29", "28.2.", date(2029, 2, 28)),
        ("2026-12-31", "1.1.", date(2027, 1, 1)),
        ("2026-12-31", "31.12.", date(2026, 12, 31)),
        ("2026-12-10", "29.2.", None),
        ("2028-03-01", "29.2.", None),
        ("2026-12-10", "31.4.", None),
    ],
)
def test_a_day_without_a_year_is_the_next_of_its_name_also_where_this_year_has_none(today, written, day):
    with time_machine.travel(f"{today}T12:00:00+01:00", tick=False):
        if day is None:
            with pytest.raises(UnclearError):
                day_of(written)
        else:
            assert day_of(written) == day


@pytest.mark.parametrize("written", ["31.2.2026", "morgen", "2026-13-01", "1/2", "5. Sonntag", "Mi, 1.12.2026"])
def test_no_days(written):
    with pytest.raises(UnclearError):
        day_of(written)


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        *(
            (written, time(18, 30))
            for written in ("18:30", "18.30 Uhr", "18,30", "18 : 30", "18h30", "1830", "18:30:00")
        ),
        ("9", time(9)),
        ("9 Uhr", time(9)),
        ("9h", time(9)),
        ("24:00", time(0)),
    ],
)
def test_times_as_people_write_them(written, clock):
    assert time_of(written) == clock


@pytest.mark.parametrize("written", ["25:00", "abends", "18:60", "1830000", "183", "130", "1860"])
def test_no_times(written):
    with pytest.raises(UnclearError):
        time_of(written)


def test_the_next_dates_in_words():
    with override_settings(LANGUAGE_CODE="de"):
        found = coming([rule("FREQ=WEEKLY;BYDAY=TU;UNTIL=20991231".replace("2099", "2030"), exdates=[]),
                        rule("FREQ=WEEKLY;BYDAY=TU;UNTIL=20301231", start="14:00", end="16:00")])  # fmt: skip
    assert len(found.days) == 5
    assert not found.ends
    assert all("10:00–12:00" in day and "14:00–16:00" in day for day in found.days)


def test_nothing_left_to_come():
    found = coming([rule("", "2020-01-01")])
    assert (found.days, found.ends) == ((), True)


@pytest.mark.parametrize(
    ("typed", "markup"),
    [
        ("Eins\nzwei\n\nDrei", "<p>Eins<br>zwei</p><p>Drei</p>"),
        ("Mit:\n- Ball\n• Schuhe\nEnde", "<p>Mit:</p><ul><li>Ball</li><li>Schuhe</li></ul><p>Ende</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("\n\n", ""),
    ],
)
def test_typed_text_becomes_markup(typed, markup):
    assert richtext.to_html(typed) == markup
    assert richtext.to_html(richtext.to_text(markup)) == markup


def test_text_with_more_formats_says_so():
    assert richtext.holds_more("<p>Mit <b>Ton</b></p>")
    assert not richtext.holds_more("<p>Mit Ton</p><ul><li>a</li></ul>")
    assert richtext.to_text("<h2>Titel</h2><p>Mit <b>Ton</b></p>") == "Titel\n\nMit Ton"
