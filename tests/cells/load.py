"""Who uses a municipality while it moves: programs that write by the proxy, visitors who read, an old process."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import psycopg

from portal.providers.models import Provider
from portal.taxonomy.models import Category
from portal.tokens import services
from portal.tokens.models import Scope, Token
from tenants.running.context import inside
from tests.cells.two_cells import TwoCells
from tests.factories import a_provider

OFFERS = "/api/v1/offers/"


@dataclass(frozen=True)
class Program:
    """What a program needs to make offers of an organisation."""

    secret: str
    provider: int
    topic: int


def a_program(town: Any) -> Program:
    """One that may write in this municipality."""
    with inside(town):
        topic, _fresh = Category.objects.get_or_create(name="Bewegung")
        owner: Provider = a_provider(name="Turnverein")
        token = Token(name="Kursverwaltung", scope=Scope.WRITE)
        return Program(services.give(token, [owner], by=None), owner.pk, topic.pk)


@dataclass
class Load:
    """What was answered, while the block of `using` lasts."""

    acknowledged: set[str] = field(default_factory=set)
    old_process: set[str] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    # When writing was refused first and when it went again, by the clock of this process.
    closed: float = 0.0
    opened: float = 0.0
    refused_past_the_check: int = 0

    def wrote(self, answer: httpx.Response, number: str) -> None:
        """Sort the answer to a write: done, the announced refusal, or an error."""
        if answer.status_code == 201:
            self.acknowledged.add(number)
            if self.closed and not self.opened:
                self.opened = time.monotonic()
        elif answer.status_code == 503 and answer.headers.get("Retry-After"):
            self.refused["503"] += 1
            self.closed = self.closed or time.monotonic()
            self.opened = 0.0
        else:
            self.errors.append(f"write: {answer.status_code} {answer.text[:300]}")


@contextmanager
def using(cells: TwoCells, town: Any, host: str, program: Program, *, writers: int = 2) -> Iterator[Load]:
    """All of them at once, each as quickly as it is answered, with a breath in between."""
    load, ends = Load(), threading.Event()
    work: list[Callable[[], None]] = [
        *(lambda number=number: _write(cells, host, program, load, ends, number) for number in range(writers)),
        lambda: _read(cells, host, load, ends),
        lambda: _past_the_check(cells, town, load, ends),
    ]
    threads = [threading.Thread(target=each) for each in work]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        ends.set()
        for thread in threads:
            thread.join()


def _write(cells: TwoCells, host: str, program: Program, load: Load, ends: threading.Event, number: int) -> None:
    said = {
        "provider_id": program.provider, "title": "Yoga am Abend", "summary": "Für alle.",
        "category_ids": [program.topic], "locations": [{"street": "Weg 1", "postcode": "66111"}],
    }  # fmt: skip
    with cells.visitor(host, Authorization=f"Bearer {program.secret}") as client:
        turn = 0
        while not ends.wait(0.05):
            name, turn = f"w{number}-{turn}", turn + 1
            try:
                load.wrote(client.post(OFFERS, json={**said, "external_id": name, "title": f"Yoga {name}"}), name)
            except httpx.HTTPError as error:
                load.errors.append(f"write: {error!r}")


def _read(cells: TwoCells, host: str, load: Load, ends: threading.Event) -> None:
    with cells.visitor(host) as client:
        turn = 0
        while not ends.wait(0.05):
            turn += 1
            try:
                # By turns from memory and made anew.
                answer = client.get(f"/angebote/?seite={turn % 3 + 1}" if turn % 2 else "/angebote/")
            except httpx.HTTPError as error:
                load.errors.append(f"read: {error!r}")
                continue
            cell = answer.headers.get("X-Cell", "").partition(":")[0]
            load.read[f"{answer.status_code} {cell}"] += 1
            if answer.status_code != 200 and not (answer.status_code == 503 and answer.headers.get("Retry-After")):
                load.errors.append(f"read: {answer.status_code} {answer.text[:300]}")


def _past_the_check(cells: TwoCells, town: Any, load: Load, ends: threading.Event) -> None:
    """An old process, which knows of no moves: only the database can refuse it."""
    with psycopg.connect(cells.urls["nord"], autocommit=True) as link:
        turn = 0
        while not ends.wait(0.05):
            name, turn = f"alt-{turn}", turn + 1
            try:
                link.execute(
                    f'INSERT INTO "{town.schema_name}".taxonomy_marker (name, position) VALUES (%s, 0)', [name]
                )
            except psycopg.errors.ReadOnlySqlTransaction:
                load.refused_past_the_check += 1
            except psycopg.errors.UndefinedTable:
                # Removed from its old cell.
                return
            else:
                load.old_process.add(name)
