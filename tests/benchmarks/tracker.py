"""What the tracker costs with 10,000 tickets of 200 municipalities: p95 of its pages against 100 ms."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tenants.running.context import inside, inside_public
from tests.benchmarks.konto import BACKEND, _percentile
from tests.benchmarks.table import Row
from tests.conftest import municipality
from tracker.cofunding.models import Funding, Key, Part
from tracker.tickets.models import Area, Concern, Kind, Participant, Severity, State, Ticket
from tracker.tickets.participating import participant_of
from tracker.tickets.searching import write_search
from tracker.voting.models import Vote, this_year

MOST = 0.100
TICKETS, TOWNS, VOTED = 10_000, 200, 25
_THINGS = [
    "Kalender",
    "Merkliste",
    "Suche",
    "Karte",
    "Stadtteil",
    "Anmeldung",
    "Newsletter",
    "Kategorie",
    "Bild",
    "Termin",
    "Auswertung",
    "Anbieter",
]
_DEEDS = [
    "übernehmen",
    "filtern",
    "drucken",
    "zusammenführen",
    "anzeigen",
    "zuschneiden",
    "exportieren",
    "erinnern",
    "sortieren",
    "prüfen",
]
_PLACES = [
    "Startseite",
    "Redaktion",
    "Übersicht",
    "Freigabe",
    "Wochenansicht",
    "Verwaltung",
    "Umkreissuche",
    "Beratungsstelle",
]


def rows() -> Iterator[Row]:
    """The boards of a municipality and the operator, their searches and filters, look-alikes, a ticket, the roadmap."""
    town = municipality("ahausen")
    with inside(town):
        editor = User.objects.create_user("bench-tracker@ahausen.example", roles=["editor"])
        client = Client(HTTP_HOST="ahausen.localhost")
        client.force_login(editor, backend=BACKEND)
        some = _filled(participant_of(town))
    with inside_public():
        operator = User.objects.create_user("bench-tracker@platform.example", roles=["operator"])
        console = Client(HTTP_HOST="localhost")
        console.force_login(operator, backend=BACKEND)
    look_alikes = {"title": "Termine aus dem Kalender übernehmen"}
    pages: dict[str, Callable[[], Any]] = {
        "board": lambda: client.get("/plattform/"),
        "board, page 50": lambda: client.get("/plattform/", {"seite": "50"}),
        "board, filters": lambda: client.get("/plattform/", {"stand": ["neu", "geplant"], "uns": "stimmen"}),
        "board, newest": lambda: client.get("/plattform/", {"sortierung": "neueste"}),
        "errors": lambda: client.get("/plattform/fehler/"),
        "search": lambda: client.get("/plattform/", {"q": "Kalender drucken"}),
        "search, a number": lambda: client.get("/plattform/", {"q": f"T-{some}"}),
        "search, nothing": lambda: client.get("/plattform/", {"q": "Quastenflosser"}),
        "similar while typing": lambda: client.get("/plattform/melden/aehnlich/", look_alikes),
        "a ticket": lambda: client.get(f"/plattform/meldungen/{some}/"),
        "costs": lambda: client.get("/plattform/kosten/"),
        "operator's board": lambda: console.get("/betrieb/tickets/"),
        "operator's search": lambda: console.get("/betrieb/tickets/", {"q": "Anmeldung Redaktion"}),
    }
    for name, page in pages.items():
        assert page().status_code == 200, name
        taken = _percentile(town, page)
        yield Row(f"tracker: {name}, p95", f"{taken * 1000:.1f} ms", f"limit {MOST * 1000:.0f} ms", taken / MOST, 1.0)


def _filled(own: Participant) -> int:
    """All of it, as uneven as life; the number of a wish with votes, concerns and an estimate."""
    luck, now = Random(16), timezone.now()
    towns = [own, *_towns()]
    tickets = [_ticket(number, luck, towns, now) for number in range(TICKETS)]
    Ticket.objects.bulk_create(tickets, batch_size=1000)
    write_search(tickets)
    wishes = [ticket for ticket in tickets if ticket.kind == Kind.WISH and not ticket.is_over]
    Concern.objects.bulk_create(_concerns(tickets, luck, towns), batch_size=5000, ignore_conflicts=True)
    Vote.objects.bulk_create(_votes(wishes, luck, towns), batch_size=5000)
    _estimates(wishes[:300], luck, towns)
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE public.tickets_ticket, public.tickets_concern, public.voting_vote, public.voting_standing"
        )
    return wishes[0].pk


def _towns() -> list[Participant]:
    return Participant.objects.bulk_create(
        Participant(slug=f"t{n}", name=f"Stadt {n}", shown_name=f"Redaktion Stadt {n}", inhabitants=1000 * n)
        for n in range(1, TOWNS)
    )


def _ticket(number: int, luck: Random, towns: list[Participant], now: Any) -> Ticket:
    kind = luck.choices([Kind.WISH, Kind.BUG, Kind.QUESTION], [5, 4, 1])[0]
    state = luck.choices(list(State), [6, 4, 3, 1, 4, 2])[0]
    over = state in {State.ROLLED_OUT, State.DECLINED}
    words = f"{luck.choice(_THINGS)} in der {luck.choice(_PLACES)} {luck.choice(_DEEDS)}"
    made = now - timedelta(hours=number)
    return Ticket(
        kind=kind,
        title=f"{words} ({number})",
        happened=" ".join(luck.choices(_THINGS + _DEEDS + _PLACES, k=60)),
        expected=" ".join(luck.choices(_THINGS + _DEEDS + _PLACES, k=20)),
        area=luck.choice(list(Area)),
        reporter=luck.choice(towns),
        person=number % 5,
        state=state,
        reason="Geht schon." if state == State.DECLINED else "",
        severity=luck.choice(list(Severity)) if kind == Kind.BUG else "",
        created_at=made,
        changed_at=made,
        ended_at=made if over else None,
    )


def _concerns(tickets: list[Ticket], luck: Random, towns: list[Participant]) -> Iterator[Concern]:
    for ticket in tickets:
        for town in luck.sample(towns, min(int(luck.paretovariate(1.1)) + 1, TOWNS)):
            yield Concern(ticket=ticket, participant=town)


def _votes(wishes: list[Ticket], luck: Random, towns: list[Participant]) -> Iterator[Vote]:
    """Every municipality has spent its points: each 2 votes for 25 wishes."""
    for town in towns:
        for wish in luck.sample(wishes, VOTED):
            yield Vote(ticket=wish, participant=town, year=this_year(), votes=2, points=4)


def _estimates(wishes: list[Ticket], luck: Random, towns: list[Participant]) -> None:
    fundings = Funding.objects.bulk_create(Funding(ticket=wish, cents=480_000, key=Key.EQUAL) for wish in wishes)
    now = timezone.now()
    Part.objects.bulk_create(
        Part(funding=funding, participant=town, share=80_000, agreed=80_000, agreed_at=now)
        for funding in fundings
        for town in luck.sample(towns, 5)
    )
