"""`/metrics` for Prometheus: counted from shared tables when it is asked for, so it is the same from every process.

Closed unless `METRICS_TOKEN` is set; whoever asks shows it as a bearer token. Answered on every host, before any
municipality is looked for, as probes are. Four series per municipality, two more for the hundred slowest and the
hundred with most errors, and a few dozen of all together: at 1,000 municipalities below 5,000 (a test counts). Nothing
but short names and numbers is told.
"""

from collections.abc import Callable, Iterator
from hmac import compare_digest
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

from core import clock
from core.lazy import lazy
from health.limits import CAUSES, TONES, Judged, Tone, judged
from health.listing import by_tone, versions
from health.rows import Queue, all_rows, queues
from jobs.services import workers_alive
from tenants.models import State
from tenants.running.answers import BOUNDS
from tenants.running.context import PUBLIC, inside_public

if TYPE_CHECKING:
    import prometheus_client as prometheus
    from prometheus_client import core as families
else:
    prometheus = lazy("prometheus_client")
    families = lazy("prometheus_client.core")

PATH = "/metrics"
# So many schema versions are told apart; further ones count as “other”.
MOST_VERSIONS = 20
# Of so many municipalities response times and errors are told, those who have most of it.
MOST_TOLD = 100
_PREFIX = "chancenportal"


class _Collector:
    """Reads everything once and tells it as gauges."""

    def collect(self) -> Iterator[Any]:
        with inside_public():
            everybody = [judged(row) for row in all_rows()]
            jobs, workers, ahead = queues(), workers_alive(), clock.seconds_ahead()
        yield from _of_the_machines(workers, ahead)
        yield from _of_all(everybody, jobs)
        yield from _of_each(everybody)
        yield from _of_answers(everybody)


def _gauge(name: str, sentence: str, labels: tuple[str, ...] = ()) -> Any:
    return families.GaugeMetricFamily(f"{_PREFIX}_{name}", sentence, labels=labels)


def _of_the_machines(workers: int, ahead: float) -> Iterator[Any]:
    """The one thing here that another process may say otherwise is the clock: it is that of whoever answers."""
    alive = _gauge("workers", "Workers that said within half a minute that they live.")
    alive.add_metric([], workers)
    yield alive
    ours = _gauge("clock_ahead_seconds", "Clock of the machine that answers, less the database's.")
    ours.add_metric([], ahead)
    yield ours


def _of_all(everybody: list[Judged], jobs: dict[str, Queue]) -> Iterator[Any]:
    states = _gauge("municipalities", "Municipalities by state.", ("state",))
    for state in State:
        states.add_metric([state.value], sum(each.row.state == state for each in everybody))
    yield states
    health = _gauge("municipalities_health", "Municipalities by how they are.", ("health",))
    numbers = by_tone(everybody)
    for tone in TONES:
        health.add_metric([tone.value], numbers[tone])
    yield health
    causes = _gauge("municipalities_troubled", "Municipalities by what is wrong.", ("cause", "severity"))
    for cause in CAUSES:
        for tone in (Tone.WATCH, Tone.BAD):
            having = sum(each.wrong.get(cause.key) is tone for each in everybody)
            causes.add_metric([cause.key, tone.value], having)
    yield causes
    yield _versions(everybody)
    for status, total, own in (
        ("waiting", sum(queue.waiting for queue in jobs.values()), jobs.get(PUBLIC, Queue()).waiting),
        ("failed", sum(queue.failed for queue in jobs.values()), jobs.get(PUBLIC, Queue()).failed),
    ):
        gauge = _gauge(f"jobs_{status}", f"Jobs that are {status}, by whose they are.", ("of",))
        gauge.add_metric(["platform"], own)
        gauge.add_metric(["municipalities"], total - own)
        yield gauge


def _versions(everybody: list[Judged]) -> Any:
    gauge = _gauge("municipalities_schema", "Municipalities by the last migration of their schema.", ("version",))
    known = versions(everybody)
    for name, number in known[:MOST_VERSIONS]:
        gauge.add_metric([name], number)
    gauge.add_metric(["other"], sum(number for _name, number in known[MOST_VERSIONS:]))
    return gauge


def _of_each(everybody: list[Judged]) -> Iterator[Any]:
    told: tuple[tuple[str, str, Callable[[Judged], float]], ...] = (
        ("municipality_jobs_failed", "Failed jobs of a municipality.", lambda each: each.row.queue.failed),
        ("municipality_mails_given_up", "Mails of a municipality that were given up.", lambda each: each.row.given_up),
        (
            "municipality_backup_age_seconds",
            "Seconds since the last good backup of a municipality began (or since it was made).",
            lambda each: each.row.backup_age.total_seconds(),
        ),
        (
            "municipality_severity",
            "How a municipality is: 0 well, 1 to be watched, 2 disturbed.",
            lambda each: {Tone.BAD: 2, Tone.WATCH: 1}.get(each.tone, 0),
        ),
    )
    for name, sentence, value in told:
        gauge = _gauge(name, sentence, ("municipality",))
        for each in everybody:
            gauge.add_metric([each.row.slug], value(each))
        yield gauge


def _of_answers(everybody: list[Judged]) -> Iterator[Any]:
    """Response times of all together as a histogram, and the worst of municipalities; all of the last hour."""
    # Added up by hand, for each process has counted some of them; gauges, because the hour moves on.
    spread = _gauge("answers_within", "Answers of the last hour that came within so many milliseconds.", ("ms",))
    within = 0
    for place, bound in enumerate(BOUNDS):
        within += sum(each.row.answers.spread[place] for each in everybody)
        spread.add_metric([str(bound)], within)
    spread.add_metric(["any"], sum(each.row.answers.number for each in everybody))
    yield spread
    errors = _gauge("answers_errors", "Answers of the last hour that were errors of ours.")
    errors.add_metric([], sum(each.row.answers.errors for each in everybody))
    yield errors
    worst: tuple[tuple[str, str, Callable[[Judged], float | None]], ...] = (
        (
            "municipality_response_seconds",
            "Seconds within which 95 of 100 answers of the last hour came, of the slowest municipalities.",
            lambda each: None if each.row.response_ms is None else each.row.response_ms / 1000,
        ),
        (
            "municipality_error_ratio",
            "Share of answers of the last hour that were errors, of the municipalities with most of them.",
            lambda each: each.row.error_percent / 100 if each.row.error_percent else None,
        ),
    )
    for name, sentence, value in worst:
        gauge = _gauge(name, sentence, ("municipality",))
        known = [(value(each), each.row.slug) for each in everybody]
        found = sorted(((number, slug) for number, slug in known if number is not None), reverse=True)
        for number, slug in found[:MOST_TOLD]:
            gauge.add_metric([slug], number)
        yield gauge


def text() -> bytes:
    """All of it, as Prometheus reads it."""
    registry = prometheus.CollectorRegistry(auto_describe=False)
    registry.register(_Collector())
    return bytes(prometheus.generate_latest(registry))


class MetricsMiddleware:
    """Answers `/metrics` to whoever shows the token, and leaves everything else alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return _answer(request) if request.path == PATH else self.get_response(request)


def _answer(request: HttpRequest) -> HttpResponse:
    if not settings.METRICS_TOKEN:
        return HttpResponseNotFound(content_type="text/plain")
    shown = request.headers.get("Authorization", "")
    if not compare_digest(shown.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"}, content_type="text/plain")
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"}, content_type="text/plain")
    try:
        body = text()
    except DatabaseError:
        return HttpResponse(status=503, content_type="text/plain")
    return HttpResponse(body, content_type=prometheus.CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})
