"""Export → import → export gives the same cells, over offers that hypothesis makes: into an empty provider and into the
one they came from, where nothing may change at all."""

import datetime as dt
from decimal import Decimal
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.html import escape
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.exchange.excel.columns import BASE_COLUMN, COLUMNS
from portal.exchange.excel.export import export_offers, write_template
from portal.exchange.excel.services import import_offers
from portal.offers import snapshot
from portal.offers.choices import ScheduleKind
from portal.offers.models import Location, Offer, Schedule
from portal.offers.services import set_schedules
from portal.providers.models import Provider
from portal.taxonomy.models import Category, District, TargetGroup
from tests.exchange.excel.conftest import provider  # noqa: F401 - a fixture
from tests.factories import a_provider, an_offer

# What spreadsheets, CSV and XML trip over, and what people write.
PIECES = st.sampled_from(
    ["=1+1", "+49", "-5", "@SUM(A1)", "Käse", "ß", "🎈", "👨‍👩‍👧", "&", "<b>", "„so“", "'", '"', ";", ",", "_x0041_",
     "1.5.", "0123", "TRUE", "Ça", "naïve", "Straße", "١٢", "中文", "a\u0301"]
)  # fmt: skip
LINE = st.lists(PIECES, min_size=1, max_size=4).map(" ".join)
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
SHORT = st.one_of(st.just(""), LINE)
DAY = st.dates(dt.date(2026, 12, 1), dt.date(2027, 12, 31))
TIMES = st.one_of(
    st.just((None, None)),
    st.tuples(st.times(dt.time(6), dt.time(12)), st.one_of(st.none(), st.times(dt.time(13), dt.time(22)))).map(
        lambda pair: tuple(each and each.replace(second=0, microsecond=0) for each in pair)
    ),
)


@st.composite
def dates(draw: Any) -> tuple[ScheduleKind, list[dict[str, Any]]]:
    """One of all kinds of dates with rules that fit it."""
    kind = draw(st.sampled_from(list(ScheduleKind)))
    if kind == ScheduleKind.NONE:
        return kind, []
    rules = []
    for _number in range(draw(st.integers(1, 3))):
        first, (start, end) = draw(DAY), draw(TIMES)
        rule = {"first_date": first, "start_time": start, "end_time": end, "rrule": "", "last_date": None}
        until = draw(
            st.one_of(st.just(""), st.integers(70, 300).map(lambda n, d=first: f";UNTIL={d + dt.timedelta(n):%Y%m%d}"))
        )
        weekday = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[first.weekday()]
        if kind == ScheduleKind.PERIOD:
            rule["last_date"] = first + dt.timedelta(days=draw(st.integers(0, 60)))
        elif kind == ScheduleKind.DAILY:
            rule["rrule"] = "FREQ=DAILY" + until
        elif kind == ScheduleKind.WEEKLY:
            rule["rrule"] = (
                draw(st.sampled_from(["FREQ=WEEKLY;BYDAY=", "FREQ=WEEKLY;INTERVAL=2;BYDAY="])) + weekday + until
            )
        elif kind == ScheduleKind.MONTHLY:
            day = f"BYMONTHDAY={first.day}" if draw(st.booleans()) else f"BYDAY=-1{weekday}"
            rule["rrule"] = f"FREQ=MONTHLY;{day}" + until
        rules.append(rule)
    # Weekdays that begin within one week are one rule, told in the order of their days.
    return kind, sorted(rules, key=lambda rule: rule["first_date"])


@st.composite
def offers(draw: Any) -> dict[str, Any]:
    """The fields of an offer, and what hangs on it."""
    cost = draw(st.sampled_from(["unknown", "free", "text", "amount"]))
    return {
        "fields": {
            "title": draw(LINE), "summary": draw(SHORT), "speaker": draw(SHORT), "format": draw(SHORT),
            "conditions": draw(SHORT), "course_number": draw(SHORT), "capacity": draw(SHORT),
            "cooperation": draw(SHORT), "contact_name": draw(SHORT), "contact_role": draw(SHORT),
            "contact_salutation": draw(st.sampled_from(["", "mr", "ms"])), "volunteering": draw(st.booleans()),
            "access": draw(st.sampled_from(["unknown", "open", "members"])),
            "accessibility": draw(st.sampled_from(["unknown", "yes", "no", "partly"])),
            "cost_kind": cost,
            "cost_amount": Decimal(draw(st.integers(1, 999_999))) / 100 if cost == "amount" else None,
            "cost_text": "ermäßigt" if cost == "text" or (cost == "amount" and draw(st.booleans())) else "",
            "venue": draw(st.sampled_from(["on_site", "online", "both"])),
            # What no column says and nothing may take away.
            "languages": draw(st.sampled_from([[], ["tr"]])), "schedule_note": draw(SHORT),
            "registration_url": draw(st.sampled_from(["", "https://a.example/"])),
        },
        "description": draw(st.sampled_from(["", "p", "markup"])),
        "text": draw(TEXT),
        "places": draw(st.lists(st.sampled_from([
            {"postcode": "33378", "city": "Rheda-Wiedenbrück", "street": "Weg 1", "note": "2. OG"},
            {"postcode": "01067", "city": "Dresden"}, {"city": "Nirgends", "hide_exact_address": True},
            {"street": "Am Markt", "name": "Rathaus"}]), max_size=2)),
        "dates": draw(dates()),
        "lists": draw(st.integers(0, 3)),
    }  # fmt: skip


def make(provider: Provider, made: dict[str, Any]) -> Offer:  # noqa: F811 - not the fixture
    """Write it."""
    markup = {
        "": "",
        "p": "".join(f"<p>{escape(line)}</p>" for line in made["text"].split("\n")),
        "markup": f"<h3>{escape(made['text'])}</h3><ul><li><strong>a</strong></li></ul>",
    }
    courses = Category.objects.filter(name="Kurse")
    offer = an_offer(
        provider=provider, description=markup[made["description"]], state="draft", published_at=None, **made["fields"],
        categories=[*courses, Category.objects.get(name="Kinder, Jugend und Familie")][: made["lists"]],
    )  # fmt: skip
    offer.target_groups.set(TargetGroup.objects.order_by("pk")[: made["lists"]])
    district = District.objects.get(name="Altstadt")
    Location.objects.bulk_create(
        Location(offer=offer, **place, district=district if made["lists"] == 1 else None) for place in made["places"]
    )
    kind, rules = made["dates"]
    set_schedules(offer, kind, [Schedule(**rule) for rule in rules])
    return offer


def cells(content: BytesIO) -> list[list[Any]]:
    """Everything in the template's columns but the ID, which counts on."""
    sheet = load_workbook(content).worksheets[0]
    return [[cell.value for cell in row[1 : len(COLUMNS)]] for row in sheet.iter_rows(min_row=3)]


def differing(one: BytesIO, other: BytesIO) -> list[str]:
    """What differs, cell by cell."""
    rows = list(zip_longest(cells(one), cells(other), fillvalue=[None] * (len(COLUMNS) - 1)))
    return [
        f"{column.heading}: {a!r} / {b!r}"
        for pair in rows
        for column, a, b in zip(COLUMNS[1:], *pair, strict=True)
        if a != b
    ]


def exported(offers: Any) -> BytesIO:
    content = BytesIO()
    export_offers(content, offers=offers)
    content.seek(0)
    return content


@settings(
    max_examples=20,
    # A counterexample is small enough as it is, and finding a smaller one takes minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(made=st.lists(offers(), min_size=1, max_size=3))
def test_a_table_comes_back_as_it_went(provider: Provider, tmp_path: Path, made: list[dict[str, Any]]) -> None:  # noqa: F811
    with transaction.atomic():
        _there_and_back(provider, tmp_path / "a.xlsx", made)
        transaction.set_rollback(True)


def _there_and_back(provider: Provider, path: Path, made: list[dict[str, Any]]) -> None:  # noqa: F811
    for each in made:
        make(provider, each)
    before = {offer.pk: snapshot.take(offer) for offer in Offer.objects.all()}
    first = exported(Offer.objects.filter(provider=provider))
    path.write_bytes(first.getvalue())

    # Where it came from nothing changes, whatever no column can say.
    result = import_offers(path, provider=provider, by="test")
    assert (result.unchanged, result.updated, result.created, result.conflicts) == (len(made), 0, 0, 0)
    assert [str(problem) for problem in result.errors] == []
    assert {offer.pk: snapshot.take(offer) for offer in Offer.objects.all()} == before

    # Elsewhere the offers are made anew, those that are complete, and say the same.
    other = a_provider()
    result = import_offers(path, provider=other, by="test", skip_invalid=True)
    without_topic = sum(each["lists"] == 0 for each in made)
    assert result.created == len(made) - without_topic
    complete = Offer.objects.filter(provider=provider, categories__isnull=False).distinct()
    assert "\n".join(differing(exported(Offer.objects.filter(provider=other)), exported(complete))) == ""


def test_a_date_that_an_offer_says_twice_is_told_once(provider: Provider, tmp_path: Path) -> None:  # noqa: F811
    day = {
        "first_date": dt.date(2027, 3, 6),
        "last_date": None,
        "start_time": dt.time(9),
        "end_time": None,
        "rrule": "",
    }
    later = {**day, "first_date": dt.date(2027, 3, 13)}
    made = {"fields": {"title": "Zweimal"}, "description": "", "text": "", "places": [], "lists": 1,
            "dates": (ScheduleKind.DATES, [day, dict(day), later])}  # fmt: skip
    _there_and_back(provider, tmp_path / "a.xlsx", [made])
    told = [row[3] for row in cells(exported(Offer.objects.filter(provider=provider)))]
    assert [each.date() for each in told] == [day["first_date"], later["first_date"]]


def test_the_hidden_column_is_hidden_and_drop_downs_have_a_hidden_sheet(provider: Provider) -> None:  # noqa: F811
    for number in range(400):
        Category.objects.create(name=f"Thema {number:03}")
    content = BytesIO()
    write_template(content)
    content.seek(0)
    workbook = load_workbook(content)
    sheet, choices = workbook.worksheets
    assert choices.sheet_state == "hidden"
    assert sheet["AG1"].value == BASE_COLUMN.heading
    assert sheet.column_dimensions["AG"].hidden
    rule = next(each for each in sheet.data_validations.dataValidation if str(each.sqref).startswith("C3"))
    # Six of the fixture's and 400; a reference, because a list in the cell may have 255 signs.
    assert rule.formula1 == "'Felder Einfachauswahl'!$A$2:$A$407"
    names = [cell.value for cell in choices["A"]][1:]
    assert len(names) == 406
    assert {"Thema 000", "Thema 399"} <= set(names)
    assert all(len(str(each.formula1)) < 255 for each in sheet.data_validations.dataValidation)
