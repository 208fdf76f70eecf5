"""What a page of an organisation's profile costs whoever writes it, and a save of one."""

import statistics
import time
from collections.abc import Callable, Iterator

from django.test import Client

from accounts.models import User
from portal.providers import snapshot
from portal.providers.models import Membership
from tenants.running.context import inside
from tests.authoring.filling import form_of
from tests.benchmarks.table import Row
from tests.conftest import municipality
from tests.factories import a_provider, an_offer

MOST = 0.100
MOST_SAVE = 0.150
ROUNDS = 40
PAGES = ("", "profil/wer/", "profil/kontakt/", "profil/zeiten/", "profil/bilder/", "profil/pruefen/")
CONTENT = {
    "name": "Sportverein",
    "summary": "Für alle.",
    "phone": "0681 1",
    "description": "<p>" + "Wir turnen mit Kindern und Erwachsenen am Montag. " * 40 + "</p>",
    "facts": [{"label": f"Angabe {number}", "text": "<p>Text</p>"} for number in range(30)],
    "opening_hours": [{"weekday": day, "opens": "09:00", "closes": "12:00"} for day in range(1, 8)],
}


def rows() -> Iterator[Row]:
    """A full profile of an organisation with a hundred offers: the slowest page, the preview, a save."""
    with inside(municipality("ahausen")):
        leader = User.objects.create_user("profil@ahausen.example", "ein-passwort-2026")
        club = a_provider()
        Membership.objects.create(provider=club, user=leader, role=Membership.Role.ADMINISTRATOR)
        snapshot.apply(club, CONTENT)
        for number in range(100):
            an_offer(provider=club, title=f"Kurs {number}")
        client = Client(HTTP_HOST="ahausen.localhost")
        client.force_login(leader, backend="allauth.account.auth_backends.AuthenticationBackend")
    home = f"/konto/anbieter/{club.pk}/"
    slowest = max(_p95(lambda page=page: client.get(home + page)) for page in PAGES)
    yield _row("Profile, slowest page, p95", slowest, MOST)
    yield _row("Profile, preview with 100 offers, p95", _p95(lambda: client.get(f"{home}profil/vorschau/")), 2 * MOST)
    yield _row("Profile, save of a page, p95", _save(client, f"{home}profil/wer/"), MOST_SAVE)


def _row(name: str, taken: float, limit: float) -> Row:
    return Row(name, f"{taken * 1000:.1f} ms", f"limit {limit * 1000:.0f} ms", taken / limit, 1.0)


def _p95(work: Callable[[], object]) -> float:
    work()
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.quantiles(times, n=20)[-1]


def _save(client: Client, address: str) -> float:
    turns = iter(range(10_000))
    fields = form_of(client, address)

    def save() -> None:
        answer = client.post(address, {**fields, "tagline": f"Wort {next(turns)}", "nebenbei": "1"})
        fields["base"] = [answer.content.decode().partition('name="base" value="')[2].partition('"')[0]]

    return _p95(save)
