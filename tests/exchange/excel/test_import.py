"""What an import makes of rows, and what it says about rows it cannot take."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from openpyxl import load_workbook

from audit.models import Entry
from portal.exchange.excel.marked import write_marked_copy
from portal.exchange.excel.result import ImportResult
from portal.exchange.excel.services import import_offers
from portal.exchange.models import ImportedRecord
from portal.offers.models import Occurrence, Offer
from portal.offers.states import State
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from tests.exchange.excel.workbooks import row, save

Load = Callable[..., ImportResult]
WEEKLY = {"kind": "Wöchentlich", "start_time": "10:00", "end_time": "11:30", "end_date": "31.12.2026"}


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def load(provider: Provider, tmp_path: Path) -> Load:
    """`load(row(…), row(…))`: import a workbook of these rows."""

    def run(*rows: dict[str, Any], by: Any = "test", **options: Any) -> ImportResult:
        keep = {key: options.pop(key) for key in ("dry_run", "skip_invalid") if key in options}
        return import_offers(save(tmp_path / "a.xlsx", *rows, **options), provider=provider, by=by, **keep)

    return run


def errors(result: ImportResult) -> list[str]:
    assert not result.written
    assert not Offer.objects.exists()
    return [str(problem) for problem in result.errors]


def warnings(result: ImportResult) -> str:
    assert result.written
    return "\n".join(str(problem) for problem in result.warnings)


def test_all_fields_of_a_row_arrive(load: Load, provider: Provider) -> None:
    result = load(
        row(
            categories="sport, Kinder,  jugend und Familie",
            target_groups="kinder, Eltern",
            place_note="Raum 3",
            district="Altstadt",
            description="Erste Zeile\nzweite\n\nAbsatz <b>",
            speaker="Frau Dr. Muster",
            format="Kurs",
            video_url="www.youtube.com/watch?v=d5sTnpZgsQA",
            conditions="Anmelden",
            course_number=123,
            capacity=10,
            cost_text="12,50 €",
            free="nein",
            access="Offen ",
            accessibility="ja",
            cooperation="VHS",
            contact_salutation="frau",
            contact_name="Maria Muster",
            contact_role="Leitung",
            contact_phone=351123,
            contact_email="m@example.org",
            volunteering="Ja",
        )
    )
    assert result.written, errors(result)
    offer = Offer.objects.get()
    place = offer.locations.get()
    assert (offer.state, offer.provider_id, offer.slug) == (State.DRAFT, provider.pk, "kinderturnen")
    assert {each.name for each in offer.categories.all()} == {"Sport", "Kinder, Jugend und Familie"}
    assert {each.name for each in offer.target_groups.all()} == {"Kinder", "Eltern"}
    assert (place.street, place.postcode, place.city, place.note) == ("Hauptstraße 1", "01067", "Dresden", "Raum 3")
    assert place.district is not None
    assert (place.district.name, place.precision, round(place.latitude or 0)) == ("Altstadt", "postcode", 51)
    assert offer.description == "<p>Erste Zeile<br>zweite</p><p>Absatz &lt;b&gt;</p>"
    assert (offer.cost_kind, offer.cost_amount) == ("amount", Decimal("12.50"))
    assert (offer.access, offer.accessibility, offer.volunteering) == ("open", "yes", True)
    assert (offer.course_number, offer.capacity, offer.contact_phone) == ("123", "10", "0351123")
    assert (offer.contact_salutation, offer.video_url[:8]) == ("ms", "https://")
    assert "Kinderturnen" in offer.document.words


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"title": ""}, "Row 3, column B “Name des Angebots*”: The name of the offer is missing."),
        ({"categories": "Spport"}, "column C “Angebotskategorie/n*”: “Spport” is not known. Is it „Sport“?"),
        ({"categories": "Kurse"}, "Please write which is meant: „Bildung > Kurse“, „Freizeit und Kultur > Kurse“."),
        ({"categories": "Raumfahrt"}, "Known are: „Bildung“, „Bildung > Kurse“, „Freizeit und Kultur“"),
        ({"categories": ""}, "The category is missing."),
        ({"target_groups": "Kinder, Marsmenschen"}, "“Marsmenschen” is not known"),
        ({"district": "Altstatt"}, "Is it „Altstadt“?"),
        (
            {"kind": "Konkrete Daten", "start_date": "31.02.2026"},
            "Row 3, column E “Start-Datum*”: „31.02.2026“ – There is no such day",
        ),
        ({"kind": "Konkrete Daten"}, "The start date is missing."),
        ({"kind": "Manchmal"}, "Please choose one of: „Ohne Termin“"),
        ({"kind": "", "start_date": "01.03.2026"}, "Please choose the kind of dates"),
        ({"start_date": "01.03.2026"}, "The offer is “Ohne Termin”, but a date or time is given."),
        ({**WEEKLY, "start_date": "01.01.2027"}, "The end date is before the start date."),
        ({**WEEKLY, "start_date": "01.03.2026", "end_time": "09:00"}, "The end is before the beginning."),
        ({**WEEKLY, "start_date": "01.03.2026", "start_time": ""}, "There is an end, but no beginning."),
        ({"cost_text": "10 €", "free": "ja"}, "There is an amount, but “kostenfrei” says “ja”."),
        ({"cost_text": "0", "free": "nein"}, "This costs nothing, but “kostenfrei” says “nein”."),
        ({"free": "vielleicht"}, "Please write “ja” or “nein”."),
        ({"access": "geheim"}, "Please choose one of „Offen“"),
        ({"contact_email": "keine"}, "column AD “E-Mail”: „keine“"),
        ({"conditions": "x" * 501}, "column R “Spezf. Teilnahmebedingungen"),
        ({"district": "33378"}, "The address has another postcode (01067)."),
        ({"address": "1000 Berlin, Weg 1", "district": ""}, "1000 is no postcode, and 01000 does not exist either"),
        ({"district": "106"}, "A postcode has five digits."),
        ({"id": None}, "Row 3, column A “ID”: The ID is missing."),
        ({"capacity": dt.date(2026, 12, 10)}, "Excel has made a date or time of this cell."),
        ({"title": "Beispielangebot (vor Import bitte löschen)"}, "This is the example of the template."),
    ],
)
def test_an_error_names_row_column_value_and_what_to_do(load: Load, cells: dict[str, Any], said: str) -> None:
    found = errors(load(row(**cells)))
    assert len(found) == 1
    assert said in found[0]


def test_all_errors_are_listed_and_nothing_is_written(load: Load) -> None:
    result = load(row(), row(id=2, title="", categories="X"), row(id=3, kind="Konkrete Daten", start_date="31.02.2026"))
    assert [problem.row for problem in result.errors] == [4, 4, 5]
    assert (result.read, result.failed, result.created) == (3, 2, 0)
    assert errors(result)
    assert not ImportedRecord.objects.exists()


def test_the_valid_ones_are_imported_where_asked(load: Load) -> None:
    result = load(row(), row(id=2, title=""), skip_invalid=True)
    assert (result.created, result.failed, result.written) == (1, 1, True)
    assert Offer.objects.get().title == "Kinderturnen"


def test_two_offers_with_one_id_are_named_with_both_rows(load: Load) -> None:
    found = errors(load(row(), row(id=2), row(title="Seniorentanz")))
    assert len(found) == 1
    assert "Row 5, column B" in found[0]
    assert "Rows 3 and 5 have the same ID “1”" in found[0]


def test_a_dry_run_writes_nothing(load: Load) -> None:
    result = load(row(), dry_run=True)
    assert (result.created, result.written) == (1, False)
    assert not Offer.objects.exists()
    assert not Entry.objects.filter(action="import_offers").exists()


def test_an_import_is_one_audit_entry(load: Load) -> None:
    load(row(), row(id=2))
    entry = Entry.objects.get(action="import_offers")
    assert (entry.changes["created"], entry.changes["file"]) == (2, "a.xlsx")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"address": "1067 Dresden, Weg 1"}, "1067 was read as 01067"),
        ({"address": "", "district": 1067}, "1067 was read as 01067"),
        ({"address": "Am Rathaus"}, "No postcode was found"),
        ({"address": ""}, "Without an address"),
        ({"address": "00001 Nirgends, Weg 1"}, "The postcode 00001 is not known"),
        ({"kind": ""}, "taken as “Ohne Termin”"),
        ({"target_groups": ""}, "Without a target group"),
        ({"provider_url": "www.example.org"}, "“URL Anbieter” is filled in 1 row. It is not part of the offers"),
        ({"summary": "Wort " * 70}, "the full text became the description"),
        ({"kind": "Täglich", "start_date": "01.03.2026"}, "every day without end"),
        ({**WEEKLY, "start_date": "01.03.2026", "start_time": "22:00", "end_time": "02:00"}, "the following day"),
        ({**WEEKLY, "start_date": "01.03.2026", "end_time": "24:00"}, "24:00 was taken as 23:59"),
    ],
)
def test_a_repair_is_reported(load: Load, cells: dict[str, Any], said: str) -> None:
    assert said in warnings(load(row(**cells)))


def test_a_long_teaser_is_cut_and_kept_whole(load: Load) -> None:
    long = "Ein Satz mit Wörtern. " * 20
    load(row(summary=long), row(id=2, summary=long, description="Da steht schon etwas."))
    first, second = Offer.objects.order_by("pk")
    assert len(first.summary) <= 300
    assert first.summary.endswith("…")
    assert first.description == f"<p>{long.strip()}</p>"
    assert second.description == "<p>Da steht schon etwas.</p>"


def test_offers_without_address_are_refused_where_the_municipality_says_so(load: Load) -> None:
    preferences = Preferences.load()
    preferences.offers_without_address = False
    preferences.save()
    assert "The address is missing" in errors(load(row(address="")))[0]


def test_online_offers_have_no_place(load: Load) -> None:
    load(row(address="Online"))
    offer = Offer.objects.get()
    assert (offer.venue, offer.locations.count()) == ("online", 0)


def rules(offer: Offer) -> list[tuple[Any, ...]]:
    return [
        (each.first_date, each.last_date, each.start_time and f"{each.start_time:%H:%M}", each.rrule, each.exdates)
        for each in offer.schedules.all()
    ]


@pytest.mark.parametrize(
    ("dates", "meant"),
    [
        (
            [
                {"kind": "Konkrete Daten", "start_date": dt.date(2026, 3, 19), "start_time": dt.time(10)},
                {"start_date": "21.03.2026"},
            ],
            [(dt.date(2026, 3, 19), None, "10:00", "", []), (dt.date(2026, 3, 21), None, None, "", [])],
        ),
        (
            [{"kind": "Zeitraum", "start_date": "01.03.2026", "end_date": "05.03.2026"}],
            [(dt.date(2026, 3, 1), dt.date(2026, 3, 5), None, "", [])],
        ),
        (
            [{"kind": "Täglich", "start_date": 46082, "end_date": "31.03.2026"}],
            [(dt.date(2026, 3, 1), None, None, "FREQ=DAILY;UNTIL=20260331", [])],
        ),
        (
            [{**WEEKLY, "start_date": "02.03.2026"}, {**WEEKLY, "kind": "", "start_date": "04.03.2026"}],
            [(dt.date(2026, 3, 2), None, "10:00", "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261231", [])],
        ),
        (
            [{"kind": "Monatlich: am 2. Dienstag außer 14.04.2026", "start_date": "10.03.2026"}],
            [(dt.date(2026, 3, 10), None, None, "FREQ=MONTHLY;BYDAY=2TU", [dt.date(2026, 4, 14)])],
        ),
    ],
)
def test_dates_become_rules(load: Load, dates: list[dict[str, Any]], meant: list[tuple[Any, ...]]) -> None:
    result = load(row(**dates[0]), *({"id": 1, **each} for each in dates[1:]))
    assert result.written, errors(result)
    assert rules(Offer.objects.get()) == meant


def test_occurrences_are_there_for_searching(load: Load) -> None:
    start = dt.date.today() + dt.timedelta(days=1)
    load(row(kind="Täglich", start_date=start, end_date=start + dt.timedelta(days=9)))
    assert Occurrence.objects.count() == 10
    assert Offer.objects.get().ends_at is not None


def test_a_repeated_date_is_taken_once(load: Load) -> None:
    date = {"start_date": "19.03.2026"}
    result = load(row(kind="Konkrete Daten", **date), {"id": 1, **date})
    assert "The same date as in row 3" in warnings(result)
    assert Offer.objects.get().schedules.count() == 1


def test_workbooks_that_count_from_1904_mean_the_same_days(load: Load) -> None:
    load(row(kind="Konkrete Daten", start_date=dt.date(2026, 3, 19)), epoch_1904=True)
    assert rules(Offer.objects.get())[0][0] == dt.date(2026, 3, 19)


def test_the_second_import_updates_what_changed_in_the_file(load: Load) -> None:
    load(row(), row(id=2, title="Judo"))
    place = Offer.objects.get(title="Judo").locations.get()

    result = load(
        row(), row(id=2, title="Judo für Kinder", categories="Bildung", **{**WEEKLY, "start_date": "02.03.2026"})
    )

    judo = Offer.objects.get(title="Judo für Kinder")
    assert (result.created, result.updated, result.unchanged) == (0, 1, 1)
    assert Offer.objects.count() == 2
    assert [each.name for each in judo.categories.all()] == ["Bildung"]
    assert (judo.slug, judo.schedules.count()) == ("judo-fuer-kinder", 1)
    assert judo.locations.get() == place
    assert (
        load(
            row(), row(id=2, title="Judo für Kinder", categories="Bildung", **{**WEEKLY, "start_date": "02.03.2026"})
        ).unchanged
        == 2
    )


def test_the_same_changed_here_and_in_the_file_is_a_conflict_and_what_is_not_the_same_is_none(load: Load) -> None:
    load(row())
    Offer.objects.update(conditions="Hier geändert")

    assert load(row()).unchanged == 1
    result = load(row(summary="Dort geändert"))
    offer = Offer.objects.get()
    assert (result.conflicts, result.updated) == (0, 1)
    assert (offer.summary, offer.conditions) == ("Dort geändert", "Hier geändert")

    Offer.objects.update(summary="Hier anders")
    assert load(row(summary="Dort geändert")).unchanged == 1
    result = load(row(summary="Dort noch anders"))
    assert (result.conflicts, result.updated) == (1, 0)
    assert "both changed" in str(result.problems[0])
    assert Offer.objects.get().summary == "Hier anders"


def test_an_offer_deleted_here_is_made_anew(load: Load) -> None:
    load(row())
    Offer.objects.all().delete()
    result = load(row())
    assert result.created == 1
    assert "deleted here since" in warnings(result)


def test_an_id_used_for_another_offer_before_does_not_overwrite_it(load: Load) -> None:
    load(row())
    result = load(row(title="Sprachcafé am Abend"))
    assert not result.written
    assert "was used in an earlier import for “Kinderturnen”" in str(result.errors[0])
    assert Offer.objects.get().title == "Kinderturnen"


def test_the_marked_copy_has_each_remark_at_its_cell(load: Load, tmp_path: Path) -> None:
    result = load(row(categories="Spport", target_groups=""), row(id=2))
    write_marked_copy(tmp_path / "a.xlsx", result, tmp_path / "marked.xlsx")

    sheet = load_workbook(tmp_path / "marked.xlsx").worksheets[0]
    assert "Is it „Sport“?" in sheet["C3"].comment.text
    assert sheet["C3"].fill.fgColor.rgb == "00FFC7CE"
    assert sheet["L3"].fill.fgColor.rgb == "00FFEB9C"
    assert sheet["C4"].comment is None
