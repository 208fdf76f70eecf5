"""What writing an offer costs: a save while somebody types, and a submission."""

import statistics
from collections.abc import Iterator
from typing import Any

from accounts.models import User
from core.access import Role
from portal.offers import editing
from portal.offers.models import Offer
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.benchmarks.table import Row, seconds
from tests.conftest import municipality
from tests.factories import a_provider, an_offer

MOST_AUTOSAVE = 0.020
MOST_SUBMIT = 0.150
SAVES = 21
TEXT = "<p>" + "Wir töpfern mit Kindern und Erwachsenen am Montag. " * 40 + "</p>"
CONTENT = {
    "description": TEXT,
    "locations": [{"street": f"Weg {number}", "postcode": "66111"} for number in range(3)],
    "schedule_kind": "weekly",
    "schedules": [{"first_date": "2026-12-01", "start_time": "18:00", "rrule": "FREQ=WEEKLY"}],
}


def rows() -> Iterator[Row]:
    """An offer with a long text, three places and weekly dates."""
    with inside(municipality("ahausen")):
        editor = User.objects.create_user("bench@ahausen.example", "ein-passwort-2026", roles=[Role.EDITOR])
        sport = Category.objects.create(name="Töpfern")
        provider = a_provider()
        public = an_offer(provider=provider, summary="Kurz", categories=[sport])
        draft = editing.start(provider, by=editor)
        for offer, name in ((draft, "draft"), (public, "public offer")):
            yield _row(f"Autosave, {name}", _autosave(offer, editor), MOST_AUTOSAVE)
        taken = seconds(lambda: editing.submit(public, by=editor), rounds=1)
        yield _row("Submission that is public at once", taken, MOST_SUBMIT)


def _row(name: str, taken: float, limit: float) -> Row:
    return Row(name, f"{taken * 1000:.1f} ms", f"limit {limit * 1000:.0f} ms", taken / limit, 1.0)


def _autosave(offer: Offer, editor: User) -> float:
    """The median of saves, each with the base of the one before."""
    base = editing.autosave(offer, CONTENT, by=editor, base=editing.begin(offer, by=editor).base).base
    times = []
    for number in range(SAVES):
        saved: list[Any] = []

        def save(number: int = number, base: str = base, saved: list[Any] = saved) -> None:
            saved.append(editing.autosave(offer, {"summary": f"Text {number}"}, by=editor, base=base))

        times.append(seconds(save, rounds=1))
        base = saved[0].base
    return statistics.median(times)
