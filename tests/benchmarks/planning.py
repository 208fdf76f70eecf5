"""The evaluation over 20,000 offers with 120,000 dates, ten years of having been public and five million rows of daily
figures (limit 300 ms a page); and what counting a thousand searches a second takes."""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from core.garbage import set_aside
from portal.planning.models import DistrictSheet
from portal.planning.report import keeping
from portal.planning.report.chapters import PAGES as PAGES_OF_REPORT
from portal.planning.report.settings import Chosen, Settings
from portal.printing import making
from portal.printing.models import Paper
from portal.usage.counting import tally
from portal.usage.models import DailyFilter
from portal.usage.served import record
from tenants.models import Municipality
from tenants.running.context import inside
from tests.benchmarks.konto import database_seconds
from tests.benchmarks.planning_town import daily_rows, filled
from tests.benchmarks.table import Row
from tests.conftest import municipality

ROUNDS, LIMIT, STATEMENTS, ADDED = 20, 0.3, 60, 0.002
# The first look after a night: what is remembered is built then.
FIRST = 2.0
SEARCHES, SECONDS = 1000, 10
REPORT = 20.0
HOST = "ahausen.localhost"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_TEN_YEARS = "zeitraum=eigener&von={first}&bis={last}"
PAGES = {
    "overview, ten years by month": f"?{_TEN_YEARS}&je=monat",
    "overview, 90 days by week": "?zeitraum=90-tage&je=woche",
    "supply": "angebot/",
    "supply of a past day": "angebot/?von={past}&bis={past}",
    "matrix, district by age": "matrix/",
    "matrix, topic by weekday, a field": "matrix/?zeilen=thema&spalten=wochentag&zeile=ohne",
    "matrix, postcode by language, hours": "matrix/?zeilen=plz&spalten=sprache&mass=wochenstunden",
    "gaps": "luecken/",
    "a comparison of districts": "ortsteile/{sheet}/",
    "a map as PNG": "bilder/karte.png",
    "a table as Excel": "tabellen/matrix.xlsx",
    "demand": "nachfrage/",
    "demand, ten years": f"nachfrage/?{_TEN_YEARS}",
    "words": "nachfrage/woerter/",
    "words, ten years": f"nachfrage/woerter/?{_TEN_YEARS}",
    "not found, ten years": f"nachfrage/nicht-gefunden/?{_TEN_YEARS}",
    "topics and districts, ten years": f"nachfrage/themen/?{_TEN_YEARS}",
    "filters, ten years": f"nachfrage/filter/?{_TEN_YEARS}",
    "words of ten years as CSV": f"tabellen/suchwoerter.csv?{_TEN_YEARS}",
}


def rows() -> Iterator[Row]:
    """Each page often, how many statements it takes, and the first look at it."""
    town = municipality("ahausen")
    with inside(town):
        person = filled()
        number = daily_rows()
        sheet = DistrictSheet.objects.create(name="Vergleich", indicators=["angebote", "stunden", "stunden-je-1000"],
                                             axes=["angebote", "stunden"])  # fmt: skip
    yield Row("rows of daily figures", f"{number / 1e6:.2f} million", "at least 4.9 million", 4.9e6 / number, 1.0)
    client = Client(HTTP_HOST=HOST)
    with inside(town):
        client.force_login(person, backend=BACKEND)
    today = timezone.localdate()
    days = {"first": today - timedelta(days=3640), "last": today, "past": today - timedelta(days=1500),
            "sheet": sheet.pk}  # fmt: skip
    for name, path in PAGES.items():
        yield from _page(town, client, name, f"/auswertung/{path.format(**days)}")
    yield _report(town)
    yield from _counting(client)


def _report(town: Municipality) -> Row:
    """A report of all pages, as the job makes it: seconds of the clock, and of the processor for whoever disturbs."""
    with inside(town):
        settings = Settings([Chosen(path) for path in PAGES_OF_REPORT])
        paper = keeping.begin("Alles", settings, rhythm="", readers=[], key="bench", by=None).paper
        making.ask_for(paper, by="bench")
        paper.refresh_from_db()
        before, start = _processors(town), time.perf_counter()
        making.make(paper)
        lasted, spent = time.perf_counter() - start, _processors(town) - before
        paper.refresh_from_db()
    assert paper.state == Paper.State.READY, paper.trouble
    told = (f"{lasted:.1f} s, {paper.pages} p.", f"cpu {spent:.1f} s, limit {REPORT:.0f} s")
    return Row("a report of all pages as PDF", *told, lasted / REPORT, 1.0)


def _processors(town: Municipality) -> float:
    """Seconds of the processors so far: ours, of the ended processes of the press, and of the database."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system + database_seconds(town)


def _page(town: Municipality, client: Client, name: str, address: str) -> Iterator[Row]:
    first = _taken(client, address)
    statements = _statements(client, address)
    set_aside()
    before, start = database_seconds(town), time.process_time()
    taken = [_taken(client, address) for _round in range(ROUNDS)]
    cost = (time.process_time() - start + database_seconds(town) - before) / ROUNDS
    worst = statistics.quantiles(taken, n=20)[-1]
    told = f"p95 {worst * 1000:.0f} ms, {statements} st."
    against = f"cpu {cost * 1000:.0f} ms, limit {LIMIT * 1000:.0f} ms"
    yield Row(name, told, against, max(worst / LIMIT, statements / STATEMENTS), 1.0)
    yield Row(f"{name}, first", f"{first * 1000:.0f} ms", f"limit {FIRST * 1000:.0f} ms", first / FIRST, 1.0)


def _statements(client: Client, address: str) -> int:
    """How many the page asks, noted as they come: the next request empties the log of the connection."""
    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        client.get(address)
    return len(asked)


def _taken(client: Client, address: str) -> float:
    start = time.perf_counter()
    assert client.get(address).status_code == 200
    return time.perf_counter() - start


def _counting(client: Client) -> Iterator[Row]:
    """A thousand searches a second for ten seconds, each with other words: what counting one adds to its page, what it
    takes of the processor, and what a page of somebody else takes meanwhile."""
    town = municipality("ahausen")
    tally.write()
    with inside(town):
        before = _counted()
    quiet = [_cost(client) for _round in range(20)]
    each: list[float] = []
    busy: list[float] = []
    spent, start = time.process_time() + database_seconds(town), time.perf_counter()
    for number in range(SEARCHES * SECONDS):
        each.append(_time(lambda number=number: record("ahausen", _search(number), "3")))  # type: ignore[misc]  # of this round
        if number % 500 == 499:
            busy.append(_cost(client))
        time.sleep(max(0.0, start + number / SEARCHES - time.perf_counter()))
    tally.write()
    lasted = time.perf_counter() - start
    cost = time.process_time() + database_seconds(town) - spent - sum(busy)
    with inside(town):
        lost = SEARCHES * SECONDS - (_counted() - before)
    added = statistics.quantiles(each, n=20)[-1]
    yield Row("counting a search, p95", f"{added * 1000:.3f} ms", f"limit {ADDED * 1000:.0f} ms", added / ADDED, 1.0)
    told = f"{cost / lasted * 100:.0f} % of a core"
    yield Row(
        f"{SEARCHES * SECONDS / lasted:.0f} searches a second for {lasted:.0f} s",
        told,
        "limit 50 %",
        cost / lasted / 0.5,
        1.0,
    )
    yield Row("of these lost", str(lost), "limit 0", float(lost), 0.0)
    slower = statistics.median(busy) / statistics.median(quiet)
    yield Row(
        "a page meanwhile",
        f"{statistics.median(busy) * 1000:.0f} ms",
        f"quiet {statistics.median(quiet) * 1000:.0f} ms",
        slower,
        1.5,
    )


def _cost(client: Client) -> float:
    """Seconds of the processor that a page takes in this thread, whatever others do meanwhile."""
    start = time.thread_time()
    _taken(client, "/auswertung/worte/")
    return time.thread_time() - start


def _counted() -> int:
    return sum(DailyFilter.objects.filter(name="", day=timezone.localdate()).values_list("count", flat=True))


def _search(number: int) -> dict[str, Any]:
    words = f"wort{number % 4000} kurs"
    return {"PATH_INFO": "/angebote/", "QUERY_STRING": f"q={words.replace(' ', '+')}&ortsteil=1", "HTTP_HOST": HOST,
            "HTTP_USER_AGENT": FIREFOX}  # fmt: skip


def _time(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
