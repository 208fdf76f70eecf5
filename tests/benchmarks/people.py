"""What the pages about people and the log cost (4,000 accounts, 100,000 entries): p95 against 150 ms."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.test import Client

from accounts.models import User
from audit.models import Entry
from portal.providers.models import Membership, Provider
from tenants.running.context import inside
from tenants.running.table_statistics import refresh_statistics
from tests.benchmarks.konto import BACKEND, _percentile
from tests.benchmarks.table import Row
from tests.conftest import municipality

MOST = 0.150
PEOPLE, PROVIDERS, ENTRIES = 4000, 2000, 100_000
LIST, LOG = "/redaktion/personen/", "/redaktion/protokoll/"


def rows() -> Iterator[Row]:
    """The list with and without filters, one person, and the log from its newest to its oldest entries."""
    town = municipality("ahausen")
    with inside(town):
        admin, somebody, old = _filled()
        client = Client(HTTP_HOST="ahausen.localhost")
        client.force_login(admin, backend=BACKEND)
    pages: dict[str, Callable[[], Any]] = {
        "people": lambda: client.get(LIST),
        "people, filters and words": lambda: client.get(
            LIST, {"q": "verein 17", "rolle": ["administrator", "member"], "stand": "nie", "seite": "2"}
        ),
        "one person": lambda: client.get(f"{LIST}{somebody.pk}/"),
        "log": lambda: client.get(LOG),
        "log, its end": lambda: client.get(LOG, {"vor": str(old)}),
        "log, one person": lambda: client.get(LOG, {"person": somebody.email}),
        "log, a thing nobody has": lambda: client.get(LOG, {"sache": "gibt es nicht"}),
        "log, a day and a topic": lambda: client.get(LOG, {"von": "2026-01-01", "was": "texte", "art": "offers.offer"}),
        "what was done as somebody": lambda: client.get("/konto/zugriffe/"),
    }
    for name, page in pages.items():
        taken = _percentile(town, page)
        yield Row(f"{name}, p95", f"{taken * 1000:.1f} ms", f"limit {MOST * 1000:.0f} ms", taken / MOST, 1.0)


def _filled() -> tuple[User, User, int]:
    admin = User.objects.create_user("bench-leute@ahausen.example", roles=["admin"])
    User.objects.bulk_create(User(email=f"p{n}@leute.example", name=f"Person {n}") for n in range(PEOPLE))
    people = list(User.objects.exclude(pk=admin.pk).order_by("pk"))
    Provider.objects.bulk_create(Provider(name=f"Verein {n}", slug=f"verein-{n}") for n in range(PROVIDERS))
    providers = list(Provider.objects.order_by("pk")[:PROVIDERS])
    Membership.objects.bulk_create(
        Membership(user=user, provider=providers[n % PROVIDERS], role="member" if n % 3 else "administrator")
        for n, user in enumerate(people)
    )
    with connection.cursor() as cursor:
        # Chained one by one they would take longer than all that is measured.
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_chain")
        Entry.objects.bulk_create(
            (
                Entry(
                    actor=people[n % PEOPLE].email,
                    actor_id=people[n % PEOPLE].pk,
                    action=("revision.applied", "state", "people.role", "case.answered")[n % 4],
                    target_type=("offers.offer", "providers.provider")[n % 2],
                    target_id=str(n % PROVIDERS),
                    target=f"Angebot {n}",
                )
                for n in range(ENTRIES)
            ),
            batch_size=2000,
        )
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_chain")
    refresh_statistics()
    return admin, people[PEOPLE // 2], Entry.objects.order_by("id").values_list("pk", flat=True)[60]
