"""Invented figures of districts and an invented past of offers, always the same, so that the evaluation has something
to show. No number is any town's."""

from datetime import date, timedelta
from hashlib import sha256

from django.db import connection
from django.utils import timezone

from portal.planning.models import INHABITANTS, AreaFigure, FigureNote, Source, Span, TravelStart, TravelTime, Unit
from portal.taxonomy.models import District

# From, to, and how many of 1,000 people are so old.
AGES = ((0, 2, 26), (3, 5, 27), (6, 9, 36), (10, 13, 37), (14, 17, 37), (18, 26, 98), (27, 64, 512), (65, 120, 227))
SOURCE = "Erfundene Zahlen (Vorführung)"
NEED = "Leistungsbezug"
NOTE = (
    "Erfundenes Beispiel: Am Wochenende und freitags ab 17 Uhr gibt es fast nichts. Mit den Sportvereinen besprechen."
)


def _luck(*words: object) -> float:
    """Between 0 and 1, always the same for the same words."""
    return int.from_bytes(sha256(repr(words).encode()).digest()[:4], "big") / 2**32


def bring_figures(today: date) -> None:
    """Inhabitants by age and the share in benefit receipt of two years."""
    last = today.year - 1
    source = Source.objects.create(name=SOURCE, as_of=date(last, 12, 31), file_name="erfundene-zahlen.xlsx")
    made = []
    for name, pk in District.objects.values_list("name", "pk"):
        size = 1200 + 9000 * _luck(name, "size") ** 2
        for year in (last - 1, last):
            for low, high, share in AGES:
                people = round(size * share / 1000 * (0.85 + 0.3 * _luck(name, low, year)))
                made.append(_figure(source, pk, INHABITANTS, Unit.NUMBER, (low, high), year, people))
                percent = round(4 + 24 * _luck(name, "need") * (0.8 + 0.4 * _luck(name, low, year, "need")), 1)
                made.append(_figure(source, pk, NEED, Unit.PERCENT, (low, high), year, percent))
    AreaFigure.objects.bulk_create(made)
    _bring_travel_times(date(last, 12, 31))
    FigureNote.objects.create(figure="angebot", text=NOTE)


def _bring_travel_times(as_of: date) -> None:
    """From two of three districts to all others; the larger ones are divided into a near and a far half."""
    source = Source.objects.create(name=SOURCE, as_of=as_of, file_name="erfundene-wegezeiten.xlsx")
    districts = list(District.objects.values_list("name", "pk"))
    starts, times = [], []
    for at, (name, pk) in enumerate(districts):
        if at % 3 == 2:
            continue
        halves = (("Mitte", 0), ("Rand", 12)) if _luck(name, "size") > 0.4 else (("", 0),)
        for half, farther in halves:
            start = TravelStart(source=source, district_id=pk, name=half, people=round(500 + 3000 * _luck(name, half)))
            starts.append(start)
            for place, (other, to) in enumerate(districts):
                on_foot = round(6 + farther + (0 if to == pk else 16 + 14 * abs(place - at) * _luck(name, other)))
                times.append(TravelTime(start=start, to_district_id=to, on_foot=on_foot, by_bus=5 + on_foot // 3))
    TravelStart.objects.bulk_create(starts)
    TravelTime.objects.bulk_create([each for each in times if (each.on_foot or 0) <= 240])


def _figure(
    source: Source, district: int, indicator: str, unit: Unit, ages: tuple[int, int], year: int, value: float
) -> AreaFigure:
    return AreaFigure(source=source, district_id=district, indicator=indicator, unit=unit, from_age=ages[0],
                      to_age=ages[1], year=year, value=value)  # fmt: skip


def invent_a_past() -> None:
    """Most offers were public before, for some months, with a pause in between."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Span._meta.db_table} (offer_id, provider_id, since, until) "  # noqa: S608 (the name of our own table, no value)
            "SELECT offer_id, provider_id, min(since) - make_interval(days => (300 + offer_id * 37 %% 400)::int), "
            f"min(since) - make_interval(days => (5 + offer_id * 13 %% 60)::int) FROM {Span._meta.db_table} "
            "WHERE offer_id %% 4 <> 0 GROUP BY 1, 2 HAVING min(since) > %s",
            [timezone.now() - timedelta(days=900)],
        )
