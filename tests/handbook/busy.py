"""An organisation with a table, a calendar and a flyer, as the demo makes them."""

from datetime import time, timedelta

from django.utils import timezone

from accounts.models import User
from demo.calendars import a_calendar
from demo.flyers import a_flyer
from demo.tables import a_table
from portal.handbook.models import TourSeen
from portal.imports import tasks
from portal.offers.choices import ScheduleKind
from portal.offers.models import Offer, Schedule
from portal.offers.services import set_schedules
from portal.providers.models import Membership
from portal.taxonomy.models import Category, TargetGroup
from tests.conftest import PASSWORD
from tests.factories import a_provider, an_offer
from tests.handbook.shots import BUSY


def a_busy_workshop() -> dict[str, int]:
    """What hangs on it, by the names that paths of pictures use."""
    jana = User.objects.create_user(BUSY, PASSWORD, name="Jana Wolf")
    workshop = a_provider(name="Offene Werkstatt Malstatt", street="Hof 3", postcode="66115", city="Saarbrücken",
                          phone="0681 5550110", email="werkstatt@werkstatt.example")  # fmt: skip
    Membership.objects.create(provider=workshop, user=jana, role=Membership.Role.ADMINISTRATOR)
    TourSeen.objects.create(user=jana)
    everybody = TargetGroup.objects.create(name="Alle")
    topic = Category.objects.create(name="Handwerk und Technik")
    since = timezone.now() - timedelta(days=100)
    for number, title in enumerate(("Holzwerkstatt", "Nähmaschinen kennenlernen", "Löten für Anfänger")):
        offer = an_offer(title=title, provider=workshop, categories=[topic], published_at=since,
                         summary="Mit Werkzeug und Anleitung.",
                         places=[{"street": "Hof 3", "postcode": "66115", "city": "Saarbrücken"}])  # fmt: skip
        offer.target_groups.set([everybody])
        _on_a_day(offer, number)
    table = a_table(jana)
    # What a worker would do next.
    tasks.mark_table(upload=table.pk)
    return {"table": table.pk, "calendar": a_calendar(jana).pk, "flyer": a_flyer(jana).pk}


def _on_a_day(offer: Offer, number: int) -> None:
    day = timezone.localdate() + timedelta(days=20 + number)
    set_schedules(offer, ScheduleKind.DATES, [Schedule(first_date=day, start_time=time(17), end_time=time(19))])
