"""Rows of real dumps that went wrong once: numbers on several lines, the missing hour, an end in a far future."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import translation

from portal.exchange.typo3.context import Line
from portal.exchange.typo3.dump import Dump
from portal.exchange.typo3.places import phones, place
from portal.exchange.typo3.report import Report
from portal.exchange.typo3.takeover import take_over
from portal.offers.models import Occurrence, Offer, Schedule
from portal.providers.models import Provider
from tests.exchange.typo3.tools import OFFER, edited

LONG = "+49 681 905123 (Geschäftsstelle, vormittags)"


@pytest.mark.parametrize(
    ("phone", "phone2", "kept", "said"),
    [
        ("0681 905123\n0170 1234567", "", ["0681 905123", "0170 1234567"], "told apart"),
        ("0681 905123\r\n0170 1234567", "", ["0681 905123", "0170 1234567"], "told apart"),
        ("0681 905123 / 0170 1234567", "", ["0681 905123", "0170 1234567"], "told apart"),
        ("0681 905123\n0170 1234567", "0681 905124", ["0681 905123", "0170 1234567, 0681 905124"], "told apart"),
        ("0681 905123", "0681/905123", ["0681/905123", ""], ""),
        ("0681 905123", "0170 1234567", ["0681 905123", "0170 1234567"], ""),
        ("0681 905-12 oder -15", "", ["0681 905-12 oder -15", ""], ""),
        ("", "0170 1234567", ["0170 1234567", ""], ""),
        ("", "", ["", ""], ""),
        (f"0681 905120\n{LONG}\n+49 681 905124 (Kasse)", "", ["0681 905120", LONG], "more telephone numbers"),
    ],
)
def test_numbers_of_a_provider_are_told_apart_and_none_is_cut(phone, phone2, kept, said):
    report = Report()
    line = Line("provider", {"uid": 1, "phone": phone, "phone2": phone2}, report)
    with translation.override("en"):
        assert phones(line, "phone", "phone2", fields=2) == kept
        reasons = " ".join(note.reason for note in report.notes)
    assert said in reasons
    assert bool(said) == bool(reasons)


@pytest.mark.parametrize(
    ("lat", "lng", "kept", "said"),
    [
        ("51.85", "8.3", (51.85, 8.3), False),
        # Somalia, as it stands there.
        ("8.3", "51.85", (51.85, 8.3), True),
        ("48.85", "2.35", (48.85, 2.35), False),
        ("0", "0", (None, None), False),
    ],
)
def test_coordinates_that_changed_places_are_put_right(lat, lng, kept, said):
    report = Report()
    fields = place(Line("provider", {"uid": 1, "lat": lat, "lng": lng}, report)).fields
    assert (fields["latitude"], fields["longitude"]) == kept
    assert bool(report.notes) is said


GAP = "(1,1,'2027-03-01','36000','2027-03-01','39600',0,1)", "(1,1,'2027-03-28','9900','2027-03-28','11700',0,1)"


def test_a_date_in_the_missing_hour_takes_no_other_with_it(here, tmp_path):
    take_over(here, Dump(edited(tmp_path, GAP)))
    found = Occurrence.objects.get(first_date=dt.date(2027, 3, 28))
    assert (found.start_time, found.end_time) == (dt.time(3, 45), dt.time(4, 15))
    assert Offer.objects.count() > 4


def test_an_end_in_a_far_future_is_none(here, tmp_path):
    path = edited(
        tmp_path, ("NULL,4,'2026-11-03','0000-00-00','dienstag'", "NULL,4,'2026-11-03','2099-12-31','dienstag'")
    )
    report = take_over(here, Dump(path))
    assert {rule.rrule for rule in Schedule.objects.filter(offer__title="Jeden Dienstag")} == {
        "FREQ=WEEKLY;BYDAY=TU",
        "FREQ=WEEKLY;BYDAY=TH",
    }
    assert any("ohne Ende" in note.reason for note in report.notes)


def test_what_the_database_refuses_is_skipped_and_told(here, tmp_path):
    """No row known today is refused only there; a constraint more stands for the next one we do not think of."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE offers_offer ADD CHECK (title <> 'Offener Treff')")
        cursor.execute("ALTER TABLE providers_provider ADD CHECK (name <> 'Versteckter')")
    report = take_over(here, Dump(edited(tmp_path)))
    assert not report.unaccounted
    skipped = {(note.table, uid) for note, uids in report.notes.items() for uid in uids if "Datenbank" in note.reason}
    assert (OFFER, 2) in skipped
    titles = set(Offer.objects.values_list("title", flat=True))
    assert {"Töpfern mit O'Neill", "Jeden Dienstag"} <= titles
    assert "Offener Treff" not in titles
    assert set(Provider.objects.values_list("name", flat=True)) >= {"Wartender Verein"}
    again = take_over(here, Dump(edited(tmp_path)))
    assert sum(count.imported for count in again.tables.values()) == 0


def test_decomposed_letters_are_the_same_letters(here, tmp_path):
    take_over(here, Dump(edited(tmp_path, ("'Töpfern mit O", "'To\u0308p\u00adfern mit O"))))
    assert Offer.objects.filter(title="Töpfern mit O'Neill", slug="toepfern-mit-oneill").exists()
