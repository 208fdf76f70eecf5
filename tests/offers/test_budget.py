"""The pages of offers and providers ask the database a few questions, however much there is to tell."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.offers.choices import ScheduleKind
from portal.offers.models import OfferImage, Schedule
from portal.offers.services import set_schedules
from portal.taxonomy.models import Category, TargetGroup
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider, an_offer

MOST = 16


def dated(offer):
    """Give an offer sixty dates."""
    first = timezone.localdate()
    rule = Schedule(first_date=first, start_time=time(9), rrule="FREQ=DAILY;COUNT=70", exdates=[first + timedelta(3)])
    set_schedules(offer, ScheduleKind.DAILY, [rule])


@pytest.fixture
def full(own_database, django_db_blocker):
    """A provider with seventy offers, the first with everything there is."""
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        topic = Category.objects.create(name="Musik")
        provider = a_provider(name="Sprachhaus", contact_name="Herr Muster")
        places = [{"city": f"Ort {number}", "street": "Weg 1"} for number in range(12)]
        offers = [an_offer(provider=provider, categories=[topic], places=places[:1]) for _number in range(70)]
        offer = an_offer(title="Chor", provider=provider, categories=[topic], places=places)
        offer.target_groups.add(TargetGroup.objects.create(name="Alle"))
        dated(offer)
        dated(offers[0])
        for kind in ("hero", "content", "content"):
            OfferImage.objects.create(
                offer=offer, kind=kind, copyright="M.", image="offerimage/a.jpg", width=9, height=9
            )
        yield [offer.get_absolute_url(), provider.get_absolute_url()]


@pytest.mark.parametrize("number", [0, 1])
def test_a_full_page_costs_a_fixed_number_of_queries(full, visitor, number):
    portal = visitor("ahausen")
    # The first page of a process learns what all pages share; another address is not answered from memory.
    assert portal.get(full[number]).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert portal.get(f"{full[number]}?q=2").status_code == 200
    assert len(asked) <= MOST, "\n".join(query["sql"][:150] for query in asked.captured_queries)
