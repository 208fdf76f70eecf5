"""A figure is one figure: the page, its files, its picture and the report say the same number under any filter, and
each says in a sentence what it counts."""

import csv
import re
from datetime import date, timedelta
from html.parser import HTMLParser
from io import BytesIO, StringIO
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.access import Role
from portal.planning import tables
from portal.planning.definitions import definitions
from portal.planning.drawing.registry import is_drawn
from portal.planning.models import AreaFigure, Source, TravelStart, TravelTime
from portal.planning.report import keeping, writer
from portal.planning.report.settings import Chosen, Settings
from portal.taxonomy.models import Category, District, TargetGroup
from portal.usage.few import sum_sought
from portal.usage.models import DailyCategorySearch, DailyFilter, DailyOfferView, DailySearch
from tenants.running.context import inside
from tests.factories import a_provider, an_offer
from tests.planning.test_gaps import held, square

AT = "/auswertung/"
# Which tables stand on which page, under which heading.
PAGES = {
    "": {"verlauf": "Angebote im Verlauf"},
    "angebot/": {
        "verlauf": "Angebote im Verlauf",
        "wann": "Wann etwas stattfindet",
        "ort": "Angebote nach Ortsteil",
        "thema": "Angebote nach Thema",
        "zielgruppe": "Angebote nach Zielgruppe",
        "alter": "Angebote nach Altersgruppe",
        "kosten": "Angebote nach Kosten",
        "sprache": "Angebote nach Sprache",
    },
    "matrix/": {"matrix": ""},
    "luecken/": {"luecken": "Zahlen der Ortsteile"},
}
# Above the tables by one characteristic stands once what they all count.
EACH = "Nach einzelnen Merkmalen"
SVG = "{http://www.w3.org/2000/svg}"


class Tables(HTMLParser):
    """Every table of a page under its heading: rows of texts, of the body and the foot. Fields that hold a bar alone
    are left out. `counts`: what stands under each heading in small print."""

    def __init__(self, html):
        super().__init__()
        self.found, self.counts, self._heading, self._rows = {}, {}, "", None
        self._text, self._skip, self._within, self._head = None, False, "", False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        classes = (dict(attrs).get("class") or "").split()
        if tag in ("h2", "h3"):
            self._within, self._text = "heading", ""
        elif tag == "table":
            self._rows = self.found[self._heading] = []
        elif tag in ("thead", "tbody"):
            self._head = tag == "thead"
        elif tag == "tr" and self._rows is not None and not self._head:
            self._rows.append([])
        elif tag in ("td", "th") and self._rows is not None and not self._head:
            self._within, self._text = "cell", ""
            self._skip = "bars__cell" in classes
        elif (tag == "p" and "counts" in classes) or tag == "dd":
            self._within, self._text = "counts", ""

    def handle_data(self, data):
        if self._text is not None:
            self._text += data

    def handle_endtag(self, tag):
        said = " ".join((self._text or "").split())
        if tag in ("h2", "h3") and self._within == "heading":
            self._heading, self._text = said, None
        elif tag in ("td", "th") and self._within == "cell":
            if not self._skip:
                self._rows[-1].append(said)
            self._text = None
        elif tag in ("p", "dd") and self._within == "counts":
            self.counts.setdefault(self._heading, []).append(said)
            self._text = None
        elif tag == "table":
            self._rows = None


def german(said):
    """A number as people read it; None is told as a dash."""
    if said in ("–", ""):
        return None
    if re.fullmatch(r"[\d.]+(,\d+)?", said):
        return float(said.replace(".", "").replace(",", "."))
    return said


def plain(said):
    """A cell of a CSV file."""
    try:
        return float(said) if said else None
    except ValueError:
        return said


@pytest.fixture
def town(ahausen):
    """Three districts with people, hours, travel times of two of them, and what was searched there."""
    with inside(ahausen):
        sport = Category.objects.create(name="Sport")
        ball, swim = (Category.objects.create(name=name, parent=sport) for name in ("Ball", "Schwimmen"))
        young = TargetGroup.objects.create(name="Jugend", min_age=10, max_age=17)
        source = Source.objects.create(name="Amt", as_of=date(2026, 1, 1), file_name="x.csv")
        names = ("Nord", "Süd", "West")
        places = [District.objects.create(name=name, position=at, outline=square(7.5 + at * 0.1, 49.2))
                  for at, name in enumerate(names)]  # fmt: skip
        for at, district in enumerate(places):
            for low, high, people in ((3, 9, 480 + 31 * at), (10, 17, 350)):
                AreaFigure.objects.create(source=source, district=district, indicator="Einwohner", unit="number",
                                          from_age=low, to_age=high, year=2025, value=people)  # fmt: skip
            held(district, 7 + 11 * at)
        for district in places[:2]:
            for name, people, minutes in (("Kirche", 310, 8), ("Bahnhof", 220, 21)):
                start = TravelStart.objects.create(source=source, district=district, name=name, people=people)
                TravelTime.objects.create(start=start, to_district=district, on_foot=minutes, by_bus=minutes // 2)
        club = a_provider(name="Verein")
        an_offer(provider=club, categories=[ball], cost_kind="free", languages=["de", "tr"], max_age=12,
                 places=[{"district": places[0]}, {"district": places[1]}])  # fmt: skip
        an_offer(provider=club, categories=[swim, ball]).target_groups.set([young])
        an_offer(categories=[sport], cost_kind="free", places=[{"district": places[2], "hide_exact_address": True}])
        _sought(places, ball)
    return ahausen, {"ort": [each.pk for each in places], "kategorie": [sport.pk, ball.pk], "zielgruppe": [young.pk],
                     "kosten": ["free", "unknown"]}  # fmt: skip


@pytest.fixture
def client(signed_in, town):
    return signed_in(town[0], Role.PLANNER)


def _sought(places, ball):
    for days in range(20, 80):
        day = timezone.localdate() - timedelta(days=days)
        DailySearch.objects.create(day=day, term="schwimmkurs", count=7, nothing=3)
        DailyCategorySearch.objects.create(day=day, category_id=ball.pk, count=6, nothing=2)
        DailyOfferView.objects.create(offer_id=1, day=day, count=9)
        for name, value in (("", ""), ("ortsteil", ""), ("ortsteil", str(places[0].pk)),
                            ("kategorie+ortsteil", f"{ball.pk}:{places[1].pk}")):  # fmt: skip
            DailyFilter.objects.create(day=day, name=name, value=value, count=5 + days % 4, nothing=1)
    sum_sought()


FILTERS = st.fixed_dictionaries(
    {"zeitraum": st.sampled_from(["12-monate", "90-tage", "30-tage"])},
    optional={
        "ort": st.integers(0, 2),
        "kategorie": st.integers(0, 1),
        "zielgruppe": st.just(0),
        "kosten": st.integers(0, 1),
        "altersgruppe": st.sampled_from(["3-9", "10-17"]),
        "mit": st.sampled_from(["fuss", "bus", "luftlinie"]),
        "minuten": st.sampled_from(["5", "10", "30"]),
        "umkreis": st.sampled_from(["1", "3"]),
        "mass": st.just("wochenstunden"),
        "spalten": st.sampled_from(["kosten", "thema", "wochentag"]),
    },
)


def query_of(drawn, values):
    chosen = {name: values[name][each] if name in values else each for name, each in drawn.items()}
    return "&".join(f"{name}={each}" for name, each in chosen.items())


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=FILTERS)
def test_page_files_picture_and_report_say_the_same(client, town, tmp_path, drawn):
    where, values = town
    query = query_of(drawn, values)
    with inside(where):
        report = Tables(_reported(query, tmp_path))
    for path, shown in PAGES.items():
        page = Tables(client.get(f"{AT}{path}?{query}").content.decode())
        for name, called in shown.items():
            heading = called or next(each for each in page.found if " nach " in each)
            rows = _csv(client, name, query)
            assert rows
            assert _said(page.found[heading], name) == rows, (path, name, query)
            assert _said(report.found[heading], "") == rows, (name, query)
            assert _xlsx(client, name, query) == rows
            assert page.counts.get(heading) or page.counts[EACH], f"{heading} says nothing of what it counts."
            if is_drawn(name):
                _same_in_the_picture(_svg(client, name, query), name, rows)
    for name, column in (("luecken-angebot", 5), ("luecken-weg", 6)):
        words = _words(_svg(client, name, query))
        rows = _csv(client, "luecken", query)
        for at, row in enumerate(rows[:3], start=1):
            assert german(words[words.index(f"{at} {row[0]}") + 1]) == row[column]


def _said(rows, name):
    """Rows as read, without the head; those of gaps are numbered as on the map."""
    if name == "luecken":
        rows = [[re.sub(r"^\d+ ", "", row[0]), *row[1:]] for row in rows]
    return [[row[0], *map(german, row[1:])] for row in rows]


def _csv(client, name, query):
    text = client.get(f"{AT}tabellen/{name}.csv?{query}").content.decode("utf-8-sig")
    return [[row[0], *map(plain, row[1:])] for row in csv.reader(StringIO(text), delimiter=";")][1:]


def _xlsx(client, name, query):
    book = load_workbook(BytesIO(client.get(f"{AT}tabellen/{name}.xlsx?{query}").content))
    said = {str(row[1].value) for row in book.worksheets[1].iter_rows()}
    about = {str(each.counts) for each in definitions() if str(each.counts) in said}
    assert about, f"The file of {name} has no definition."
    return [[row[0].value, *(float(each.value) if isinstance(each.value, int | float) else each.value
                             for each in row[1:])] for row in book.worksheets[0].iter_rows(min_row=2)]  # fmt: skip


def _svg(client, name, query):
    return ET.fromstring(client.get(f"{AT}bilder/{name}.svg?{query}").content)


def _words(svg):
    return [each.text for each in svg.iter(f"{SVG}text")]


def _same_in_the_picture(svg, name, rows):
    """Bars and fields have their numbers as words; a line is measured."""
    words = _words(svg)
    if name == "verlauf":
        levels = [float(re.search(r" ([\d.]+)H", each.get("d"))[1])
                  for each in svg.iter(f"{SVG}path") if "H" in each.get("d")][:3]  # fmt: skip
        top = max(german(each) for each in words if isinstance(german(each), float))
        line = list(svg.iter(f"{SVG}polyline"))[-1].get("points").split()
        heights = [float(point.split(",")[1]) for point in line]
        drawn = [top * (max(levels) - each) / (max(levels) - min(levels)) for each in heights]
        # What is not known is not drawn; of one month alone there is a short line.
        known = [row[1] for row in rows if row[1] is not None]
        assert drawn == pytest.approx(known if len(known) > 1 else 2 * known, abs=0.02 * top)
        return
    numbers = 7 if name == "wann" else len(rows[0]) - 2 if name == "matrix" else 1
    for row in rows if name == "wann" else rows[:-1] if name == "matrix" else rows[:-2]:
        # “keine Angabe” may be the name of a row and of a column.
        drawn = [[german(each) for each in words[at + 1 : at + 1 + numbers]]
                 for at, word in enumerate(words) if word == row[0]]  # fmt: skip
        assert row[1 : 1 + numbers] in drawn, (name, row)


def _reported(query, folder):
    """What goes to press, as one text."""
    pages = [Chosen(f"{AT}{path}", query) for path in PAGES]
    report = keeping.begin("Bericht", Settings(pages), rhythm="", readers=[], key=uuid4().hex, by=None)
    to = folder / str(report.pk)
    to.mkdir()
    written = writer.write(report.paper, to, timezone.localdate())
    return "\n".join((to / each).read_text("utf-8") for each in written.sheets.parts[1:])


def test_every_table_has_its_sentence(client):
    words = Tables(client.get(f"{AT}worte/").content.decode())
    sentences = {each for told in words.counts.values() for each in told}
    known = {each.name for each in definitions()}
    for name in tables.names():
        answer = client.get(f"{AT}tabellen/{name}.xlsx")
        said = {str(row[1].value) for row in load_workbook(BytesIO(answer.content)).worksheets[1].iter_rows()}
        assert said & sentences, f"The table {name} has no sentence that stands among the words."
    assert len(known) == len(definitions()) >= 20
    assert all(str(each.counts).endswith(".") for each in definitions())
