"""What the pages of the offer form cost, through the web: a save, a save while somebody types, handing in.

By the processors' time of this process and of the database's: what a person waits for on a machine that is not busy
with something else, and the same number on one that is.
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import psutil
from django.db import connection
from django.test import Client

from accounts.models import User
from portal.offers import editing
from portal.offers.models import Offer
from portal.preferences.models import ApprovalRule, Preferences
from portal.providers.models import Membership
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.authoring.filling import form_of
from tests.benchmarks.table import Row
from tests.conftest import municipality
from tests.factories import a_provider, an_offer

MOST = 0.150
ROUNDS = 15
OTHERS = 300
CLOCK = os.environ.get("BENCH_CLOCK") == "1"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def rows() -> Iterator[Row]:
    """With three hundred offers of the same organisation beside it, and one that is public."""
    town = municipality("ahausen")
    with inside(town):
        names = Preferences.load()
        names.approval = ApprovalRule.CHANGES
        names.save()
        club = a_provider(name="Turnverein", street="Weg 1", postcode="66111", city="Saarbrücken")
        person = User.objects.create_user("bench-forms@ahausen.example")
        Membership.objects.create(provider=club, user=person, role=Membership.Role.ADMINISTRATOR)
        topic = Category.objects.create(name="Töpfern")
        for number in range(OTHERS):
            an_offer(title=f"Töpfern für Kinder {number}", provider=club, categories=[topic])
        public = an_offer(title="Töpfern für alle", provider=club, summary="Mit Ton.", categories=[topic])
        draft = editing.start(club, by=person)
        client = Client(HTTP_HOST="ahausen.localhost")
        client.force_login(person, backend=BACKEND)
    for offer, name in ((draft, "draft"), (public, "public offer")):
        for step in ("was", "wann", "wo"):
            yield _row(f"Autosave, {name}, page “{step}”", _typing(client, offer, step))
        yield _row(f"Save by the button, {name}", _saving(client, offer))
    address = f"/konto/angebote/{public.pk}/pruefen/"
    fields = form_of(client, address)
    before = _spent()
    _posted(client, address, {**fields, "abschicken": "1"})
    yield _row("Handing in", _spent() - before)


def _row(name: str, taken: float) -> Row:
    return Row(name, f"{taken * 1000:.0f} ms", f"limit {MOST * 1000:.0f} ms", taken / MOST, 1.0)


def _spent() -> float:
    """Seconds of the processors so far, ours and the database's; with BENCH_CLOCK=1 those of the clock, which say
    something on a quiet machine only."""
    if CLOCK:
        return time.perf_counter()
    with inside(municipality("ahausen")), connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0]).parent()
    backends = server.children(recursive=True) if server is not None else []
    return time.process_time() + sum(sum(each.cpu_times()[:2]) for each in backends)


def mean(rounds: int, work: Callable[[int], None]) -> float:
    """Seconds of the processors a round of work takes; the first is not counted."""
    work(0)
    before = _spent()
    for at in range(1, rounds + 1):
        work(at)
    return (_spent() - before) / rounds


_CHANGED: dict[str, Callable[[int], dict[str, Any]]] = {
    "was": lambda at: {"title": f"Töpfern für Kinder und Eltern {at}"},
    "wann": lambda at: {"kind": "weekly", "weekday": ["1", "3"], "w_1_0_from": f"{8 + at % 12}:00", "off": ["public"]},
    "wo": lambda at: {"cost_kind": "amount", "cost_amount": str(at + 1)},
}


def _typing(client: Client, offer: Offer, step: str) -> float:
    address = f"/konto/angebote/{offer.pk}/{step}/"
    fields = form_of(client, address)

    def save(at: int) -> None:
        answer = client.post(address, {**fields, **_CHANGED[step](at), "sichern": "1"}, HTTP_HX_REQUEST="true")
        found = re.search(r'name="base" id="id_base" value="([^"]*)"', answer.content.decode())
        if answer.status_code != 200 or found is None:
            raise RuntimeError(f"{address}: {answer.status_code}")
        fields["base"] = [found[1]]

    return mean(ROUNDS, save)


def _saving(client: Client, offer: Offer) -> float:
    """Opening the page is not counted: its form is read once, and each save tells the next its base."""
    address = f"/konto/angebote/{offer.pk}/was/"
    pages = [form_of(client, address)]

    def save(at: int) -> None:
        _posted(client, address, {**pages[0], "summary": f"Mit Ton und Farbe {at}.", "weiter": "1"})

    save(0)
    before, opened = _spent(), 0.0
    for at in range(1, ROUNDS + 1):
        start = _spent()
        pages[0] = form_of(client, address)
        opened += _spent() - start
        save(at)
    return (_spent() - before - opened) / ROUNDS


def _posted(client: Client, address: str, fields: dict[str, Any]) -> None:
    answer = client.post(address, fields)
    if answer.status_code != 302:
        raise RuntimeError(f"{address}: {answer.status_code}")
