"""What a page of an organisation's profile costs whoever writes it, and a save of one: by the processors' time, as the
pages of the offer form (forms.py)."""

from collections.abc import Iterator

from django.test import Client

from accounts.models import User
from portal.providers import snapshot
from portal.providers.models import Membership
from tenants.running.context import inside
from tests.authoring.filling import form_of
from tests.benchmarks.forms import mean
from tests.benchmarks.table import Row
from tests.conftest import municipality
from tests.factories import a_provider, an_offer

MOST = 0.100
MOST_SAVE = 0.150
ROUNDS = 15
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
    pages = {page: mean(ROUNDS, lambda _at, page=page: _opened(client, home + page)) for page in PAGES}
    slowest = max(pages, key=lambda page: pages[page])
    yield _row(f"Profile, slowest page ({slowest or 'overview'})", pages[slowest], MOST)
    preview = mean(ROUNDS, lambda _at: _opened(client, f"{home}profil/vorschau/?rahmen=1"))
    yield _row("Profile, preview with 100 offers", preview, 2 * MOST)
    yield _row("Profile, save while somebody types", _typing(client, f"{home}profil/wer/"), MOST_SAVE)


def _row(name: str, taken: float, limit: float) -> Row:
    return Row(name, f"{taken * 1000:.0f} ms", f"limit {limit * 1000:.0f} ms", taken / limit, 1.0)


def _opened(client: Client, address: str) -> None:
    if client.get(address).status_code != 200:
        raise RuntimeError(address)


def _typing(client: Client, address: str) -> float:
    fields = form_of(client, address)

    def save(at: int) -> None:
        sent = {**fields, "tagline": f"Wort {at}", "sichern": "1"}
        answer = client.post(address, sent, HTTP_HX_REQUEST="true").content.decode()
        fields["base"] = [answer.partition('name="base" id="id_base" value="')[2].partition('"')[0]]
        if not fields["base"][0]:
            raise RuntimeError(address)

    return mean(ROUNDS, save)
