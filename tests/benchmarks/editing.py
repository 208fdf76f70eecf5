"""What writing an offer costs: a save while somebody types, and a submission."""

from collections.abc import Iterator

from accounts.models import User
from core.access import Role
from portal.offers import editing
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.benchmarks.table import Row, seconds
from tests.conftest import municipality
from tests.factories import a_provider, an_offer

MOST_AUTOSAVE = 0.020
MOST_SUBMIT = 0.150
TEXT = "<p>" + "Wir töpfern mit Kindern und Erwachsenen am Montag. " * 40 + "</p>"


def rows() -> Iterator[Row]:
    """An offer with a long text, three places and weekly dates."""
    with inside(municipality("ahausen")):
        editor = User.objects.create_user("bench@ahausen.example", "ein-passwort-2026", roles=[Role.EDITOR])
        sport = Category.objects.create(name="Töpfern")
        content = {
            "description": TEXT,
            "locations": [{"street": f"Weg {number}", "postcode": "66111"} for number in range(3)],
            "schedule_kind": "weekly",
            "schedules": [{"first_date": "2026-12-01", "start_time": "18:00", "rrule": "FREQ=WEEKLY"}],
        }
        provider = a_provider()
        public = an_offer(provider=provider, summary="Kurz", categories=[sport])
        draft = editing.start(provider, by=editor)
        for offer, name in ((draft, "draft"), (public, "public offer")):
            base = editing.autosave(offer, content, by=editor, base=editing.begin(offer, by=editor).base).base
            taken = []
            for number in range(20):
                now = base
                typed = {"summary": f"Text {number}"}
                saved = []
                taken.append(
                    seconds(lambda: saved.append(editing.autosave(offer, typed, by=editor, base=now)), rounds=1)
                )  # noqa: B023 - used at once
                base = saved[0].base
            middle = sorted(taken)[10]
            yield Row(
                f"Autosave, {name}",
                f"{middle * 1000:.1f} ms",
                f"limit {MOST_AUTOSAVE * 1000:.0f} ms",
                middle / MOST_AUTOSAVE,
                1.0,
            )
        once = seconds(lambda: editing.submit(public, by=editor), rounds=1)
        yield Row(
            "Submission that is public at once",
            f"{once * 1000:.0f} ms",
            f"limit {MOST_SUBMIT * 1000:.0f} ms",
            once / MOST_SUBMIT,
            1.0,
        )
