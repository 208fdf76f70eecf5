"""The page of a list of bookmarks: what the address asks for, told honestly."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from portal.bookmarks.lists import MOST, read_ids
from portal.offers.choices import ScheduleKind
from portal.offers.models import Offer, Schedule
from portal.offers.services import set_schedules
from portal.offers.states import State
from tenants.running.context import inside
from tenants.urls import address_of
from tests.factories import a_provider, an_offer


@pytest.fixture
def portal(ahausen, visitor):
    return visitor("ahausen")


def text(portal, ids):
    answer = portal.get("/merkliste/", {"angebote": ids})
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def test_offers_stand_in_the_order_of_the_address(portal, ahausen):
    with inside(ahausen):
        provider = a_provider(phone="0681 12345")
        first, second = an_offer(title="Zebra", provider=provider), an_offer(title="Adler", provider=provider)
    shown = text(portal, f"{first.pk},{second.pk},{first.pk}")
    assert shown.index(">Zebra<") < shown.index(">Adler<")
    assert "0681 12345" in shown
    assert f"{address_of('ahausen.localhost').rstrip('/')}{first.get_absolute_url()}" in shown


def test_what_is_over_or_withdrawn_is_named_and_what_was_never_public_is_not(portal, ahausen):
    with inside(ahausen):
        over = an_offer(title="Vorbei", schedule_kind=ScheduleKind.DATES, ends_at=timezone.now() - timedelta(days=1))
        away = an_offer(title="Pausiert", state=State.PAUSED)
        secret = an_offer(title="Geheim", state=State.DRAFT, published_at=None)
        refused = an_offer(title="Beanstandet", state=State.RETURNED)
    shown = text(portal, f"{over.pk},{away.pk},{secret.pk},{refused.pk},999999")
    assert "Vorbei" in shown
    assert "Pausiert" in shown
    assert "Geheim" not in shown
    assert "Beanstandet" not in shown
    assert "3 Angebote dieser Liste sind hier nicht (mehr) bekannt" in shown


@pytest.mark.parametrize("junk", ["abc", "-1", "1;2", "\0", "<script>", "9" * 400, ",,,", "0", "ä" * 9000])
def test_junk_is_answered_politely(portal, junk):
    assert portal.get("/merkliste/", {"angebote": junk}).status_code == 200
    assert portal.get("/merkliste/termine.ics", {"angebote": junk}).status_code == 404


def test_a_list_holds_a_hundred_offers_and_says_what_it_leaves_out():
    asked = read_ids([",".join(map(str, range(1, 151)))])
    assert len(asked.ids) == MOST
    assert asked.too_many == 50


def test_the_queries_do_not_grow_with_the_list(portal, ahausen, django_assert_max_num_queries):
    with inside(ahausen):
        provider = a_provider()
        offers = [an_offer(provider=provider) for _number in range(30)]
    ids = ",".join(str(offer.pk) for offer in offers)
    text(portal, ids)
    with django_assert_max_num_queries(24):
        text(portal, ids)


def test_all_dates_come_as_one_calendar_file(portal, ahausen):
    with inside(ahausen):
        offers = [an_offer(title=f"Kurs {number}") for number in range(2)]
        for offer in Offer.objects.filter(pk__in=[each.pk for each in offers]):
            rule = Schedule(first_date=timezone.localdate() + timedelta(days=3))
            set_schedules(offer, ScheduleKind.DATES, [rule])
    answer = portal.get("/merkliste/termine.ics", {"angebote": ",".join(str(each.pk) for each in offers)})
    names = sorted(str(event["SUMMARY"]) for event in Calendar.from_ical(answer.content).walk("VEVENT"))
    assert names == ["Kurs 0", "Kurs 1"]
