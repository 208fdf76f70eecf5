"""Every known way to get at another municipality's rows, each with what stops it and a way to take that away.

A hazard's work is done by many threads at once, for two municipalities by turns. It returns whose data were meant and
whose were seen; None for “refused”.
"""

import asyncio
import contextvars
import copy
import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.wsgi import get_wsgi_application
from django.db import ProgrammingError, connection, transaction
from django.db.models import QuerySet, prefetch_related_objects
from django.db.models.signals import post_save
from django.http import HttpRequest, StreamingHttpResponse
from django.test import RequestFactory
from procrastinate import JobContext

from jobs.declare import job
from portal.offers.models import Offer
from portal.providers.models import Provider
from tenants.models import Municipality
from tenants.running import changes, middleware
from tenants.running.context import WrongMunicipalityError, current_schema, inside
from tenants.running.hosts import Site
from tenants.running.page_cache import PageCache
from tests.tenants import taking_away as away

Towns = dict[str, Municipality]
Seen = tuple[str, str | None]
SLUGS = ("ahausen", "bedorf")
PAUSE = 0.001
numbers = count(1)


@dataclass(frozen=True)
class Hazard:
    """`work(towns, slug)` tells (meant, seen); `take_away(monkeypatch)` removes what stops it."""

    name: str
    work: Callable[[Towns, str], Seen]
    take_away: Callable[[pytest.MonkeyPatch], None]


def other(slug: str) -> str:
    return SLUGS[1 - SLUGS.index(slug)]


def slug_of(name: str) -> str:
    """Which municipality a row belongs to: its name ends with it."""
    return name.rpartition(" ")[2]


def refused(work: Callable[[], str]) -> str | None:
    """The slug of the row that came back, None where the guard stood in the way."""
    try:
        with transaction.atomic():
            return slug_of(work())
    except (WrongMunicipalityError, RuntimeError):
        return None


def present() -> str:
    return Provider.objects.get(pk=1).name


# --- the hazards ----------------------------------------------------------------------------------------------------


def threads_and_the_door(towns: Towns, slug: str) -> Seen:
    with away.doors["door"](towns[slug]):
        with away.doors["door"](towns[other(slug)]):
            time.sleep(PAUSE)
        try:
            return slug, slug_of(present())
        except (ProgrammingError, Provider.DoesNotExist):
            return slug, "the operator's side"


def cache_entries(towns: Towns, slug: str) -> Seen:
    with inside(towns[slug]):
        cache.set("name", slug)
        time.sleep(PAUSE)
        return slug, cache.get("name", slug)


def cache_entries_of_tasks(towns: Towns, slug: str) -> Seen:
    """Two tasks of one event loop take turns inside two municipalities."""

    async def task(own: str) -> str:
        with inside(towns[own]):
            cache.set("task", own)
            await asyncio.sleep(PAUSE)
            return str(cache.get("task"))

    async def both() -> list[str]:
        return await asyncio.gather(task(slug), task(other(slug)))

    mine, theirs = asyncio.run(both())
    return slug, mine if mine != slug or theirs == other(slug) else theirs


def stored_files(towns: Towns, slug: str) -> Seen:
    with inside(towns[slug]):
        path = Path(default_storage.path("notiz.txt"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(slug)
        time.sleep(PAUSE)
        try:
            with default_storage.open("notiz.txt") as stored:
                return slug, stored.read().decode() or slug
        except FileNotFoundError:
            return slug, "a folder without our file"


def remembered_values(towns: Towns, slug: str) -> Seen:
    with inside(towns[slug]):
        return slug, slug_of(changes.remembered("hazard", present, rooms=("providers",)))


def signals(towns: Towns, slug: str) -> Seen:
    heard: list[str] = []
    number = next(numbers)
    name = f"{number} {slug}"

    def receiver(sender: object, instance: Provider, **kwargs: Any) -> None:
        if instance.name == name:
            time.sleep(PAUSE)
            heard.append(current_schema())

    post_save.connect(receiver, sender=Provider)
    try:
        with inside(towns[slug]):
            Provider.objects.create(pk=1000 + number, name=name)
    finally:
        post_save.disconnect(receiver, sender=Provider)
    return slug, heard[0]


def lazy(use: Callable[[Any], str], make: Callable[[], Any]) -> Callable[[Towns, str], Seen]:
    """Something made in the other municipality and used in this one: whatever comes back must be the other's."""

    def work(towns: Towns, slug: str) -> Seen:
        with inside(towns[other(slug)]):
            made = make()
        with inside(towns[slug]):
            return other(slug), refused(lambda: use(made))

    return work


def kept(use: Callable[[Any], Any], make: Callable[[], Any] = lambda: Provider.objects.get(pk=1)) -> Any:
    """Something of the other municipality written in this one: this one's row must stay as it was."""

    def work(towns: Towns, slug: str) -> Seen:
        with inside(towns[other(slug)]):
            made = make()

        def write() -> str:
            use(made)
            return present()

        with inside(towns[slug]):
            seen = refused(write)
            return slug, seen or slug_of(present())

    return work


def created(use: Callable[[Any], Any]) -> Callable[[Towns, str], Seen]:
    """A new row with the other municipality's content must not arrive here."""

    def work(towns: Towns, slug: str) -> Seen:
        with inside(towns[other(slug)]):
            made = Provider(pk=1000 + next(numbers), name=f"Import {other(slug)}")
        with inside(towns[slug]):
            refused(lambda: [use(made), "x"][1])
            foreign = Provider.objects.filter(name=f"Import {other(slug)}").first()
            return slug, slug_of(foreign.name) if foreign else None

    return work


def search_path_by_hand(towns: Towns, slug: str) -> Seen:
    with inside(towns[slug]):
        with connection.cursor() as cursor:
            cursor.execute(f'SET search_path = "{other(slug)}", public')
        return slug, refused(present)


def the_drivers_own_cursor(towns: Towns, slug: str) -> Seen:
    with inside(towns[other(slug)]):
        present()
    with inside(towns[slug]):
        driver = connection.connection
        return slug, refused(lambda: driver.execute("SELECT name FROM providers_provider WHERE id = 1").fetchone()[0])


def a_connection_of_the_pool(towns: Towns, slug: str) -> Seen:
    """Who takes a connection from the pool by himself must find nobody's tables."""
    with inside(towns[other(slug)]):
        present()
    connection.close()
    with connection.pool.connection(timeout=20) as driver:
        found = driver.execute("SELECT to_regclass('providers_provider') IS NOT NULL").fetchone()[0]
    return "nobody", "somebody" if found else None


def temporary_tables(towns: Towns, slug: str) -> Seen:
    """What a session kept for one municipality, the next one must not find."""
    with inside(towns[slug]), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS kept AS SELECT name FROM providers_provider WHERE id = 1")
        cursor.execute("SELECT name FROM kept")
        seen = slug_of(cursor.fetchone()[0])
    connection.close()
    return slug, seen


def a_copied_context(towns: Towns, slug: str) -> Seen:
    """`asyncio.to_thread` copies the context variable, but the other thread's connection is its own."""

    def look() -> str:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_schema()")
                return str(cursor.fetchone()[0])
        finally:
            connection.close()

    async def there() -> str | None:
        try:
            return await asyncio.to_thread(look)
        except WrongMunicipalityError:
            return None

    with inside(towns[slug]):
        return slug, contextvars.copy_context().run(asyncio.run, there())


def callbacks_on_commit(towns: Towns, slug: str) -> Seen:
    """The job's way: the transaction is around the municipality and commits after it was left."""
    seen: list[str] = []
    with inside(towns[other(slug)]), transaction.atomic(), inside(towns[slug]):
        transaction.on_commit(lambda: seen.append(slug_of(present())))
    return slug, seen[0]


def streamed_answers(towns: Towns, slug: str) -> Seen:
    """The server reads the body when the middleware has left; another request may have begun on the thread."""

    def view(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(provider.name.encode() for provider in Provider.objects.filter(pk=1))

    def late(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(present().encode() for _once in "1")

    host = f"{slug}.localhost"
    site = Site(1, slug, slug, slug, "live", "", host)
    doors = [middleware.MunicipalityMiddleware(made) for made in (view, late)]
    answers = [door._municipality(HttpRequest(), site, host) for door in doors]
    with inside(towns[other(slug)]):
        seen = [slug_of(b"".join(answer.streaming_content).decode()) for answer in answers]
    return slug, next((name for name in seen if name != slug), slug)


def open_generators(towns: Towns, slug: str) -> Seen:
    """A generator that is inside the other municipality takes its reader along: leaving then says so."""

    def rows() -> Any:
        with inside(towns[other(slug)]):
            yield from Provider.objects.filter(pk=1)

    reading = rows()
    seen: str | None = None
    try:
        with inside(towns[slug]):
            next(reading)
            seen = slug_of(present())
    except WrongMunicipalityError:
        seen = None
    finally:
        reading.close()
        connection.set_schema_to_public()
    return slug, seen


LAZY: dict[str, tuple[Callable[[Any], str], Callable[[], Any]]] = {
    "a lazy queryset": (lambda q: q.get().name, lambda: Provider.objects.filter(pk=1)),
    "raw()": (lambda q: q[0].name, lambda: Provider.objects.raw("SELECT * FROM providers_provider WHERE id = 1")),
    "a pickled query": (
        lambda data: _restored(data).get().name, lambda: pickle.dumps(Provider.objects.filter(pk=1).query)),
    "a deep copy": (lambda q: q.get().name, lambda: copy.deepcopy(Provider.objects.filter(pk=1))),
    "a union": (lambda q: Provider.objects.none().union(q)[0].name, lambda: Provider.objects.filter(pk=1)),
    "a subquery": (lambda q: Provider.objects.filter(pk__in=q.values("pk")).get().name, Provider.objects.all),
    "a row refreshed": (lambda row: [row.refresh_from_db(), row.name][1], lambda: Provider.objects.get(pk=1)),
    "a deferred field": (lambda row: row.name, lambda: Provider.objects.defer("name").get(pk=1)),
    "a related row": (lambda row: row.provider.name, lambda: Offer.objects.get(pk=1)),
    "related rows": (lambda row: row.offers.get().title, lambda: Provider.objects.get(pk=1)),
    "prefetched rows": (lambda row: _prefetched(row).title, lambda: Provider.objects.get(pk=1)),
    "a pickled row": (lambda d: pickle.loads(d).offers.get().title, lambda: pickle.dumps(Provider.objects.get(pk=1))),
}  # fmt: skip
KEPT: dict[str, Callable[[Any], Any]] = {
    "a row saved": lambda row: row.save(),
    "rows updated in bulk": lambda row: Provider.objects.bulk_update([row], ["name"]),
    "a pickled row saved": lambda row: pickle.loads(pickle.dumps(row)).save(),
    "a deep copy saved": lambda row: copy.deepcopy(row).save(),
}
CREATED: dict[str, Callable[[Any], Any]] = {
    "a new row saved": lambda row: row.save(),
    "new rows in bulk": lambda row: Provider.objects.bulk_create([row]),
}


def _restored(data: bytes) -> QuerySet[Provider]:
    found = Provider.objects.all()
    found.query = pickle.loads(data)
    return found


def _prefetched(row: Provider) -> Offer:
    prefetch_related_objects([row], "offers")
    return row.offers.all()[0]


@job()
def note(number: int) -> None:
    """Tells where a job runs after a moment."""
    time.sleep(PAUSE)
    NOTED[number] = current_schema(), slug_of(present())


NOTED: dict[int, tuple[str, str]] = {}


def jobs_of_a_worker(towns: Towns, slug: str) -> Seen:
    """As the worker runs them, several at once on its threads."""
    number = next(numbers)
    running = cast("JobContext", SimpleNamespace(job=SimpleNamespace(id=None)))
    note._run(running, schema_name=slug, arguments={"number": number})
    return slug, next((seen for seen in NOTED[number] if seen != slug), slug)


def _asked(application: Any, slug: str, path: str) -> str:
    """Whose provider is on the page: one slug; anything else than one own row is told as such."""
    environ = RequestFactory().get(path, HTTP_HOST=f"{slug}.localhost").environ
    statuses: list[str] = []
    answer = application(environ, lambda status, _headers: statuses.append(status))
    body = b"".join(answer).decode()
    getattr(answer, "close", lambda: None)()
    return " ".join(name for name in SLUGS if name in body.replace(f"{name}.localhost", "")) or statuses[0]


def requests(towns: Towns, slug: str) -> Seen:
    return slug, _asked(get_wsgi_application(), slug, "/angebote/vorschlaege/?q=Verein")


_cached = PageCache(get_wsgi_application())


def kept_pages(towns: Towns, slug: str) -> Seen:
    return slug, _asked(_cached, slug, "/anbieter/")


HAZARDS = [
    Hazard("threads and the door", threads_and_the_door, away.the_librarys_door),
    Hazard("cache entries", cache_entries, away.one_door_for_all),
    Hazard("cache entries of tasks", cache_entries_of_tasks, away.library_keys),
    Hazard("files", stored_files, away.one_door_for_all),
    Hazard("remembered values", remembered_values, away.memory_for_all),
    Hazard("signals", signals, away.one_door_for_all),
    *(Hazard(name, lazy(*parts), away.no_checks) for name, parts in LAZY.items()),
    *(Hazard(name, kept(use), away.no_checks) for name, use in KEPT.items()),
    *(Hazard(name, created(use), away.no_checks) for name, use in CREATED.items()),
    Hazard("a search path set by hand", search_path_by_hand, away.nobody_notices),
    Hazard("the driver's own cursor", the_drivers_own_cursor, away.any_cursor),
    Hazard("a connection of the pool", a_connection_of_the_pool, away.no_reset),
    Hazard("temporary tables", temporary_tables, away.no_reset),
    Hazard("a copied context", a_copied_context, away.any_cursor),
    Hazard("callbacks on commit", callbacks_on_commit, away.callbacks_anywhere),
    Hazard("jobs of a worker", jobs_of_a_worker, away.one_door_for_all),
    Hazard("requests", requests, away.memory_for_all),
    Hazard("kept pages", kept_pages, away.pages_for_all),
    Hazard("streamed answers", streamed_answers, away.streams_anywhere),
    Hazard("open generators", open_generators, away.leaving_unnoticed),
]
