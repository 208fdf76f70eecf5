"""One cell at a time: what is understood, what is repaired, what is refused with which advice."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from portal.exchange.addresses import Address, address, with_leading_zero
from portal.exchange.excel import cells, commas, dates, texts
from portal.exchange.excel.cells import CellError
from portal.exchange.excel.columns import COLUMNS
from portal.exchange.excel.result import RefusedFileError
from portal.offers.choices import ScheduleKind

DAYS = st.dates(dt.date(1970, 1, 2), dt.date(2100, 12, 31))
MINUTES = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
PLAIN = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=80)


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@given(DAYS)
def test_a_day_is_understood_in_every_way_people_and_programs_write_it(day: dt.date) -> None:
    serial_1900, serial_1904 = (day - dt.date(1899, 12, 30)).days, (day - dt.date(1904, 1, 1)).days
    assert cells.date(day) == day
    assert cells.date(dt.datetime.combine(day, dt.time())) == day
    assert cells.date(f"{day:%d.%m.%Y}") == day
    assert cells.date(f" {day.day}. {day.month}. {day.year:04} ") == day
    assert cells.date(day.isoformat()) == day
    assert cells.date(f"{day.isoformat()} 00:00:00") == day
    assert cells.date(float(serial_1900)) == day
    assert cells.date(float(serial_1904), date_1904=True) == day


@pytest.mark.parametrize(
    ("raw", "advice"),
    [
        ("31.02.2026", "no such day"),
        ("29.02.2025", "no such day"),
        ("2026-02-31", "no such day"),
        ("19.03.26", "four digits"),
        ("19.3.", "year is missing"),
        ("3/4/2026", "which is the day"),
        ("bald", "no date"),
        (45000.5, "no date"),
        (-3.0, "no date"),
        (dt.date(1900, 1, 1), "1900"),
        (dt.datetime(2026, 3, 1, 10, 0), "Uhrzeit"),
        ("01.01.20260", "no date"),
    ],
)
def test_what_is_no_day_is_refused_with_advice(raw: Any, advice: str) -> None:
    with pytest.raises(CellError, match=advice):
        cells.date(raw)


@given(MINUTES)
def test_a_time_is_understood_in_every_way_people_and_programs_write_it(moment: dt.time) -> None:
    fraction = (moment.hour * 60 + moment.minute) / 1440
    span = dt.timedelta(hours=moment.hour, minutes=moment.minute)
    written = (f"{moment:%H:%M}", f"{moment.hour}:{moment:%M}", f"{moment.hour}.{moment:%M}", f"{moment:%H:%M} Uhr")
    for raw in (moment, fraction, span, *written, f"{moment:%H%M}", f"{moment:%H:%M}:00"):
        assert cells.time(raw).it == moment


def test_full_hours_and_midnight() -> None:
    assert cells.time("9 Uhr").it == dt.time(9)
    assert cells.time(18.0).it == dt.time(18)
    assert cells.time("").it is None
    assert cells.time("24:00", end=True) == cells.Value(dt.time(23, 59), "24:00 was taken as 23:59.")
    assert cells.time(dt.timedelta(days=1), end=True).it == dt.time(23, 59)
    with pytest.raises(CellError, match="midnight"):
        cells.time("24:00")


@pytest.mark.parametrize("raw", ["25:00", "9:75", "abends", dt.date(2026, 1, 1), -0.5, "10-12"])
def test_what_is_no_time_is_refused(raw: Any) -> None:
    with pytest.raises(CellError):
        cells.time(raw)


@pytest.mark.parametrize(("raw", "meant"), [(1067.0, "01067"), ("1067", "01067"), ("01067", "01067"), (33378, "33378")])
def test_a_postcode_gets_its_leading_zero_back(raw: Any, meant: str) -> None:
    found = cells.postcode(raw)
    assert found is not None
    assert found.it == meant
    assert bool(found.repaired) == (cells.shown(raw) != meant)


@pytest.mark.parametrize("raw", [106.0, "123456", 0.0, "0106"])
def test_a_postcode_that_may_be_several_is_refused(raw: Any) -> None:
    with pytest.raises(CellError, match="five digits"):
        cells.postcode(raw)


@pytest.mark.parametrize(
    ("raw", "euros"),
    [
        (100.0, ("100.00", "")),
        ("100,00", ("100.00", "")),
        ("12,50 €", ("12.50", "")),
        ("12.5", ("12.50", "")),
        ("1.234,56 EUR", ("1234.56", "")),
        ("5,- €", ("5.00", "")),
        ("5 € (ermäßigt 3 €)", ("5.00", "ermäßigt 3 €")),
    ],
)
def test_amounts_are_understood(raw: Any, euros: tuple[str, str]) -> None:
    assert cells.amount(raw) == (Decimal(euros[0]), euros[1])


@given(st.decimals(0, 99999, places=2))
def test_every_amount_survives_being_written(euros: Decimal) -> None:
    assert cells.amount(f"{euros:.2f} €".replace(".", ",")) == (euros, "")


@pytest.mark.parametrize("words", ["nach Einkommen", "5 bis 10 €", "ab 5 €", ""])
def test_words_on_costs_are_no_amount(words: str) -> None:
    assert cells.amount(words) is None


def test_what_excel_made_of_a_text_is_refused() -> None:
    with pytest.raises(CellError, match="as text"):
        cells.text(dt.date(2026, 12, 10))


def test_phone_numbers_links_and_truth() -> None:
    assert cells.phone(371227044.0).it == "0371227044"
    assert cells.phone("+49 371 1").repaired == ""
    assert cells.link("www.youtube.com/x").it == "https://www.youtube.com/x"
    assert [cells.truth(raw) for raw in ("Ja", " NEIN ", "", True, "x", 0.0)] == [True, False, False, True, True, False]
    with pytest.raises(CellError, match="ja"):
        cells.truth("vielleicht")


def test_line_breaks_of_excel_and_double_spaces() -> None:
    assert cells.lines("eins_x000D_\nzwei  drei\r\n\r\nvier\x00") == "eins\nzwei drei\n\nvier"


@example(["0", "\xad", "0"])
@given(st.lists(PLAIN.map(lambda line: " ".join(line.split())).filter(bool), max_size=6))
def test_plain_text_survives_becoming_html_and_back(lines: list[str]) -> None:
    plain = cells.lines("\n\n".join(lines))
    assert texts.to_plain(texts.to_html(plain)) == plain


def test_a_cell_cannot_bring_in_markup() -> None:
    markup = texts.to_html("<script>alert(1)</script>\nA & B\n\n<b>fett</b>")
    assert "<script" not in markup
    assert "<b>" not in markup
    assert texts.to_plain(markup) == "<script>alert(1)</script>\nA & B\n\n<b>fett</b>"


@given(st.text("ab ", min_size=1, max_size=60), st.integers(5, 30))
def test_cutting_keeps_within_the_length(text: str, length: int) -> None:
    short = texts.cut(text, length)
    assert len(short) <= length
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("33311 Gütersloh, Carl-Bertelsmann-Straße 256", Address("Carl-Bertelsmann-Straße 256", "33311", "Gütersloh")),
        ("Straße 1, 33378 Rheda-Wiedenbrück, Deutschland", Address("Straße 1", "33378", "Rheda-Wiedenbrück")),
        ("Haus A, Straße 1, D-33378 Ort", Address("Haus A, Straße 1", "33378", "Ort")),
        ("DE-33378 Ort, Straße 1", Address("Straße 1", "33378", "Ort")),
        ("Hauptstraße 5 01067 Dresden", Address("Hauptstraße 5", "01067", "Dresden")),
        ("33378", Address("", "33378", "")),
        ("Rathaus", None),
    ],
)
def test_addresses_are_taken_apart(written: str, meant: Address | None) -> None:
    assert address(written) == meant


def test_addresses_get_their_leading_zero_back() -> None:
    assert with_leading_zero("1067 Dresden, Hauptstraße 1") == "01067 Dresden, Hauptstraße 1"
    assert with_leading_zero("Hauptstraße 1, 1067 Dresden") == "Hauptstraße 1, 01067 Dresden"
    assert with_leading_zero("01067 Dresden, Weg 1000") == "01067 Dresden, Weg 1000"


@pytest.mark.parametrize(
    ("written", "kind", "rule"),
    [
        ("Ohne Termin", ScheduleKind.NONE, ""),
        ("konkrete  daten ", ScheduleKind.DATES, ""),
        ("Taeglich", ScheduleKind.DAILY, ""),
        ("4", ScheduleKind.WEEKLY, ""),
        ("Monatlich: am 2. Dienstag", ScheduleKind.MONTHLY, "FREQ=MONTHLY;BYDAY=2TU"),
        ("Monatlich: am letzten Freitag", ScheduleKind.MONTHLY, "FREQ=MONTHLY;BYDAY=-1FR"),
        ("Monatlich: am 15.", ScheduleKind.MONTHLY, "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("Wöchentlich: FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", ScheduleKind.WEEKLY, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
    ],
)
def test_kinds_of_dates(written: str, kind: ScheduleKind, rule: str) -> None:
    assert (dates.kind_of(written).kind, dates.kind_of(written).rule) == (kind, rule)


@pytest.mark.parametrize(
    "written",
    [
        "Manchmal",
        "Monatlich: am 32.",
        "Wöchentlich: FREQ=SECONDLY",
        "Täglich: FREQ=DAILY;COUNT=99999",
        "Täglich: FREQ=DAILY;INTERVAL=0",
    ],
)
def test_rules_that_cannot_be_are_refused(written: str) -> None:
    with pytest.raises(CellError):
        dates.kind_of(written)


def test_days_without_are_read() -> None:
    kind = dates.kind_of("Wöchentlich außer 24.12.2026, 31.12.2026")
    assert kind.exdates == (dt.date(2026, 12, 24), dt.date(2026, 12, 31))


@pytest.mark.parametrize(
    ("raw", "postcode", "kept", "said"),
    [
        # `+49 681 50600` typed into a cell: 04968 is an area code of its own, in East Frisia only.
        (4968150600.0, "66111", "+4968150600", "lost its plus"),
        (4968150600.0, "", "+4968150600", "lost its plus"),
        (4968150600.0, "26909", "4968150600", "not clear"),
        (49681905123, "66111", "+49681905123", "lost its plus"),
        (491701234567.0, "66111", "+491701234567", "lost its plus"),
        (681905123, "66111", "0681905123", "leading zero"),
        (1701234567, "66111", "01701234567", "leading zero"),
        (33387998877, "66111", "33387998877", "not clear"),
        (112, "66111", "112", ""),
        (116117.0, "66111", "116117", ""),
        (54.9, "66111", "", "calculated"),
        (-48776, "66111", "", "calculated"),
        ("4,96819E+10", "66111", "", "cut this phone number short"),
        (4.968190512345e15, "66111", "4968190512345000", "not clear"),
        ("+49 681 50600", "66111", "+49 681 50600", ""),
        ("0681 50600\n0681 50601", "66111", "0681 50600, 0681 50601", ""),
    ],
)
def test_a_phone_number_made_a_number_by_excel_comes_back_only_if_it_is_certain(raw, postcode, kept, said) -> None:
    with translation.override("en"):
        found = cells.phone(raw, postcode=postcode)
    assert found.it == kept
    assert said in found.repaired
    assert bool(said) == bool(found.repaired)


@pytest.mark.parametrize(
    ("raw", "euros"),
    [(999_999.99, "999999.99"), ("999.999,99 €", "999999.99"), (1_000_000, None), (1e30, None), ("9" * 40, None)],
)
def test_more_than_an_offer_can_cost_is_no_amount(raw, euros) -> None:
    found = cells.amount(raw)
    assert (found and str(found[0])) == euros


def test_digits_of_other_scripts_are_no_postcode() -> None:
    assert cells.postcode("\uff16\uff16\uff11\uff11\uff11") is None


@pytest.mark.parametrize(
    ("raw", "meant"),
    [("✓", True), ("✔", True), ("☑", True), ("✗", False), ("❌", False), ("–", False), ("-", False), (".", False)],
)
def test_signs_mean_yes_and_no(raw: str, meant: bool) -> None:
    assert cells.truth(raw) is meant


@pytest.mark.parametrize("raw", ["?", "k. A.", "€", "+", 2])
def test_what_is_neither_yes_nor_no_is_asked_for(raw: Any) -> None:
    with pytest.raises(CellError, match="ja"):
        cells.truth(raw)


def test_an_address_of_mail_is_no_web_page() -> None:
    with pytest.raises(CellError, match="address of mail"):
        cells.link("verein@example.org")


def as_csv(path: Path, encoding: str) -> Path:
    path.write_bytes("\t".join(column.heading for column in COLUMNS).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_letters_of_today_are_read(tmp_path: Path, encoding: str) -> None:
    assert commas.read(as_csv(tmp_path / "angebote.csv", encoding), "angebote.csv").remarks == []


@pytest.mark.parametrize(("encoding", "broken"), [("mac_roman", "“fŸr”"), ("cp850", "“f\ufffdr”")])
def test_letters_of_old_systems_are_refused_with_why(tmp_path: Path, encoding: str, broken: str) -> None:
    with pytest.raises(RefusedFileError, match=f"„Kooperationspartner für dieses Angebot“.*{broken}.*UTF-8"):
        commas.read(as_csv(tmp_path / "angebote.csv", encoding), "angebote.csv")
