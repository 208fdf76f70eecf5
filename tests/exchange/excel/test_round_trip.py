"""Export and import into an empty provider give the same offers, in everything the template knows."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from portal.exchange.excel.columns import COLUMNS
from portal.exchange.excel.export import export_offers
from portal.exchange.excel.services import import_offers
from portal.offers.choices import ScheduleKind
from portal.offers.models import Offer, Schedule
from portal.offers.services import set_schedules
from portal.providers.models import Provider
from portal.taxonomy.models import Category, District, TargetGroup
from tests.factories import a_provider, an_offer

DAY = dt.date(2026, 9, 7)
NASTY = ("=1+1", "+49 1", "-5", "@SUM(A1)", "'=x", "_x0041_", "“Käse” & <Wurst> 🎈", "0123", "1.5.", "TRUE")
SCHEDULES: list[tuple[ScheduleKind, list[dict[str, Any]]]] = [
    (ScheduleKind.NONE, []),
    (ScheduleKind.DATES, [{}, {"first_date": DAY + dt.timedelta(days=3)}, {"start_time": None, "end_time": None}]),
    (ScheduleKind.DATES, [{"first_date": DAY, "last_date": DAY + dt.timedelta(days=1), "end_time": dt.time(9)}]),
    (ScheduleKind.PERIOD, [{"last_date": DAY + dt.timedelta(days=30), "start_time": None, "end_time": None}]),
    (ScheduleKind.DAILY, [{"rrule": "FREQ=DAILY;UNTIL=20261031"}, {"rrule": "FREQ=DAILY", "end_time": dt.time(14)}]),
    (ScheduleKind.WEEKLY, [{"rrule": "FREQ=WEEKLY;BYDAY=MO,WE,FR;UNTIL=20261231"}]),
    (ScheduleKind.WEEKLY, [{"rrule": "FREQ=WEEKLY;BYDAY=TU", "first_date": DAY + dt.timedelta(days=1)}]),
    (ScheduleKind.WEEKLY, [{"rrule": "FREQ=WEEKLY;BYDAY=MO", "exdates": [dt.date(2026, 12, 21)]}]),
    (ScheduleKind.WEEKLY, [{"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20261231"}]),
    (ScheduleKind.MONTHLY, [{"rrule": "FREQ=MONTHLY;BYDAY=2TU"}, {"rrule": "FREQ=MONTHLY;BYMONTHDAY=15"}]),
    (ScheduleKind.MONTHLY, [{"rrule": "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271231"}]),
    (ScheduleKind.MONTHLY, [{"rrule": "FREQ=MONTHLY"}]),
    (
        ScheduleKind.MONTHLY,
        [{"rrule": "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1;COUNT=5", "exdates": [dt.date(2026, 9, 29)]}],
    ),
]


def with_dates(offer: Offer, kind: ScheduleKind, rules: list[dict[str, Any]]) -> Offer:
    default = {"first_date": DAY, "start_time": dt.time(10), "end_time": dt.time(11, 30)}
    set_schedules(offer, kind, [Schedule(**{**default, **rule}) for rule in rules])
    return offer


def content(offer: Offer) -> dict[str, Any]:
    """All of an offer that the template knows."""
    names = [column.key for column in COLUMNS if hasattr(Offer, column.key)]
    names = [name for name in names if name not in ("id", "categories", "target_groups")]
    places = ("street", "postcode", "city", "note", "district_id")
    rule = ("first_date", "last_date", "start_time", "end_time", "rrule", "exdates")
    return {
        **{
            name: getattr(offer, name)
            for name in (*names, "venue", "schedule_kind", "cost_kind", "cost_amount", "ends_at")
        },
        "categories": sorted(each.pk for each in offer.categories.all()),
        "target_groups": sorted(each.pk for each in offer.target_groups.all()),
        "places": [[getattr(each, name) for name in places] for each in offer.locations.all()],
        "dates": [[getattr(each, name) for name in rule] for each in offer.schedules.all()],
        "occurrences": list(offer.occurrences.values_list("starts_at", "ends_at")),
    }


def there_and_back(provider: Provider, path: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    export_offers(path, provider=provider)
    other = a_provider(name="Leerer Verein")
    result = import_offers(path, provider=other, by="test")
    assert [str(problem) for problem in result.errors] == []
    return tuple(
        [content(offer) for offer in Offer.objects.filter(provider=each).order_by("pk")] for each in (provider, other)
    )  # type: ignore[return-value]


def test_every_field_the_template_knows_comes_back(provider: Provider, tmp_path: Path) -> None:
    courses = Category.objects.filter(name="Kurse")
    offer = an_offer(
        provider=provider,
        title="Töpfern",
        summary="Ein Kurs, zwei Hände.",
        description="<p>Erster Absatz<br>Zeile &amp; Zeile</p><p>Zweiter</p>",
        categories=[*courses, Category.objects.get(name="Kinder, Jugend und Familie")],
        places=[{"street": "Weg 1", "postcode": "33378", "city": "Rheda-Wiedenbrück", "note": "2. OG",
                 "district": District.objects.get(name="Altstadt")}],
        cost_kind="amount", cost_amount=Decimal("1234.50"), cost_text="ermäßigt 10 €", access="open",
        accessibility="partly", contact_salutation="ms", contact_name="M. Muster", contact_role="Leitung",
        contact_phone="0351 1", contact_email="m@example.org", speaker="Wer", format="Was", conditions="Wie",
        course_number="007", capacity="10-12", cooperation="Mit", volunteering=True,
        video_url="https://www.youtube.com/watch?v=d5sTnpZgsQA",
    )  # fmt: skip
    offer.target_groups.set(TargetGroup.objects.filter(name__in=["7-13 Jahre", "Senioren"]))
    an_offer(provider=provider, categories=courses[:1], venue="online", cost_kind="free", cost_text="Spende erbeten")
    an_offer(provider=provider, categories=courses[:1], cost_kind="text", cost_text="5 bis 10 €", access="members",
             places=[{"street": "Weg 2", "postcode": "33378"}])  # fmt: skip
    an_offer(provider=provider, categories=courses[:1], places=[{"postcode": "01067"}], accessibility="no")

    before, after = there_and_back(provider, tmp_path / "a.xlsx")

    assert len(after) == 4
    assert after == before


def test_all_kinds_of_dates_come_back(provider: Provider, tmp_path: Path) -> None:
    sport = Category.objects.get(name="Sport")
    for kind, rules in SCHEDULES:
        with_dates(an_offer(provider=provider, categories=[sport]), kind, rules)

    before, after = there_and_back(provider, tmp_path / "a.xlsx")

    assert len(after) == len(SCHEDULES)
    assert after == before


def test_an_export_corrected_and_imported_again_changes_those_offers(provider: Provider, tmp_path: Path) -> None:
    sport = Category.objects.get(name="Sport")
    ball = an_offer(provider=provider, categories=[sport], title="Ballspiele", description="<p>Text</p>")
    judo = an_offer(provider=provider, categories=[sport], title="Judo", description="<p><strong>Fett</strong></p>")
    path = tmp_path / "a.xlsx"
    export_offers(path)
    workbook = load_workbook(path)
    workbook.worksheets[0]["M3"] = workbook.worksheets[0]["M4"] = "Neuer Teaser"
    workbook.save(path)

    result = import_offers(path, provider=provider, by="test")

    assert (result.created, result.updated, result.conflicts) == (0, 2, 0)
    ball.refresh_from_db()
    judo.refresh_from_db()
    assert (ball.summary, judo.summary) == ("Neuer Teaser", "Neuer Teaser")
    assert "<strong>" in judo.description


def test_texts_that_look_like_formulas_stay_text_and_come_back(provider: Provider, tmp_path: Path) -> None:
    sport = Category.objects.get(name="Sport")
    for text in NASTY:
        an_offer(provider=provider, categories=[sport], title=text, summary=text, speaker=text, capacity=text)

    before, after = there_and_back(provider, tmp_path / "a.xlsx")

    assert after == before
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert {cell.data_type for line in sheet.iter_rows(min_row=3) for cell in line} <= {"s", "n"}
    assert sheet["B3"].value == "=1+1"
    assert sheet["B3"].quotePrefix


def test_the_export_offers_the_municipalitys_own_lists(provider: Provider, tmp_path: Path) -> None:
    an_offer(provider=provider, languages=["tr"], places=[{"city": "A"}, {"city": "B"}])
    result = export_offers(tmp_path / "a.xlsx")

    workbook = load_workbook(tmp_path / "a.xlsx")
    choices = workbook["Felder Einfachauswahl"]
    assert "Freizeit und Kultur > Kurse" in [cell.value for cell in choices["A"]]
    assert {str(each.sqref) for each in workbook.worksheets[0].data_validations.dataValidation} >= {
        "C3:C5000",
        "L3:L5000",
    }
    assert len(COLUMNS) == 32
    assert (result.offers, result.rows, sum(result.lost.values())) == (1, 1, 2)
