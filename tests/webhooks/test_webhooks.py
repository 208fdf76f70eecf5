"""Other programs are told what happens to offers in the eyes of residents: each thing once, signed, tried again."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.access import Role
from courier.backoff import PAUSES
from courier.signing import check_standard
from mail.models import OutboxMessage
from portal.offers import editing
from portal.offers.models import Offer
from portal.offers.states import State
from portal.webhooks import receivers, services, tasks
from portal.webhooks.following import follow
from portal.webhooks.models import Delivery, Event, Hook, Told
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider, an_offer
from tests.servers import OK
from tests.tracker.channels.test_webhooks import SAID, Receiver


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    yield server
    server.close()


def a_hook(url, events=Event.values) -> Hook:
    hook = Hook(url=url, events=list(events))
    services.save(hook, by=None)
    return hook


def told() -> list[tuple[str, int]]:
    """What is new to the addresses, as it would be told now."""
    made, more = follow(timezone.now())
    assert not more
    return [(row.event, row.offer) for row in made]


def send_all() -> None:
    for row in Delivery.objects.filter(state="waiting", next_try_at__lte=timezone.now()).order_by("pk"):
        tasks.deliver(row.pk)


@pytest.fixture
def town(ahausen):
    with inside(ahausen):
        yield ahausen


def test_what_was_there_before_is_not_told(town):
    an_offer()
    a_hook("https://x.example/")
    assert told() == []


def test_an_offer_is_published_changes_and_ends(own_database):
    """With real transactions: each change has its own moment."""
    with inside(municipality("ahausen")):
        _published_changed_ended()


def _published_changed_ended() -> None:
    provider = a_provider()
    a_hook("https://x.example/")
    offer = an_offer(provider=provider)
    assert told() == [("published", offer.pk)]
    assert told() == []
    Offer.objects.filter(pk=offer.pk).update(title="Anders")
    # Past the services and their signals, and still it is seen; what nobody sees is nothing.
    assert told() == [("changed", offer.pk)]
    Offer.objects.filter(pk=offer.pk).update(last_editor=None, internal={"x": 1})
    assert told() == []
    editing.pause(offer, by=None)
    assert told() == [("ended", offer.pk)]
    editing.resume(offer, by=None)
    assert told() == [("published", offer.pk)]
    provider.state = "archived"
    provider.save()
    assert told() == [("ended", offer.pk)]
    an_offer(state=State.DRAFT, published_at=None)
    assert told() == []


def test_a_published_offer_that_is_deleted_has_ended(town):
    a_hook("https://x.example/")
    offer = an_offer()
    told()
    pk = offer.pk
    offer.delete()
    assert told() == [("ended", pk)]


def test_an_offer_ends_by_the_clock(town):
    a_hook("https://x.example/")
    now = timezone.now()
    offer = an_offer(schedule_kind="dates", ends_at=now + timedelta(hours=1))
    assert told() == [("published", offer.pk)]
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        assert told() == [("ended", offer.pk)]
        assert told() == []
        Offer.objects.filter(pk=offer.pk).update(title="Nachtrag")
        assert told() == [], "what is over may change unseen"


def test_each_address_is_told_what_it_wants(town):
    a_hook("https://a.example/", ["published"])
    off = a_hook("https://b.example/", ["ended"])
    offer = an_offer()
    assert told() == [("published", offer.pk)]
    off.active = False
    services.save(off, by=None)
    editing.pause(offer, by=None)
    assert told() == []
    assert Delivery.objects.count() == 1


def test_while_all_are_off_nothing_is_kept_for_later(town):
    hook = a_hook("https://a.example/")
    hook.active = False
    services.save(hook, by=None)
    an_offer()
    assert told() == []
    hook.active = True
    services.save(hook, by=None)
    assert told() == []
    assert Told.objects.count() == 1


def test_many_changes_are_a_few_statements(town):
    a_hook("https://a.example/")
    provider = a_provider()
    counts = []
    for number in (1, 40):
        for _each in range(number):
            an_offer(provider=provider)
        with CaptureQueriesContext(
            connection,
        ) as statements:
            assert len(told()) == number
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 10


MOVES = ("publish", "pause", "title", "unseen", "hide", "tell")


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 2)), max_size=14))
def test_whoever_believes_the_messages_knows_what_residents_find(town, moves):
    """A copy that is kept by the messages alone equals what residents find, whatever happens; and each event fits what
    the copy had before."""
    from django.db import transaction

    with transaction.atomic():
        a_hook("https://a.example/")
        Told.objects.all().delete()
        Offer.objects.all().delete()
        provider = a_provider()
        offers = [an_offer(provider=provider, state=State.DRAFT, published_at=None) for _n in range(3)]
        copy: dict[int, str] = {}
        for number, (move, which) in enumerate([*moves, ("tell", 0)]):
            rows = Offer.objects.filter(pk=offers[which].pk)
            if move == "publish":
                rows.update(state=State.PUBLISHED, published_at=timezone.now(), hidden_at=None)
            elif move == "pause":
                rows.update(state=State.PAUSED)
            elif move == "title":
                rows.update(title=f"Titel {number}")
            elif move == "unseen":
                rows.update(updated_at=timezone.now())
            elif move == "hide":
                rows.update(hidden_at=timezone.now())
            else:
                _believe(copy)
        current = dict(Offer.objects.current().values_list("pk", "title"))
        # In one transaction every change has the same moment, so of two changes between two looks the second is not
        # told apart: what is found is compared, not what it says.
        assert set(copy) == set(current)
        transaction.set_rollback(True)


def _believe(copy: dict[int, str]) -> None:
    made, _more = follow(timezone.now())
    for row in made:
        said = json.loads(tasks.body(row))["data"]["offer"]
        assert (row.event == Event.PUBLISHED) == (row.offer not in copy)
        if said.get("deleted"):
            del copy[row.offer]
        else:
            copy[row.offer] = said["title"]


def test_a_message_is_signed_and_says_what_the_interface_says(town, visitor, receiver):
    hook = a_hook(receiver.url("/hier"))
    offer = an_offer(title="Yoga", contact_email="geheim@x.example")
    told()
    send_all()
    (asked,), (body,) = receiver.asked, receiver.bodies
    row = Delivery.objects.get()
    assert check_standard(asked.headers, body, hook.secret, timezone.now()) == row.message
    said = json.loads(body)
    assert (said["type"], said["timestamp"]) == ("offer.published", row.at.isoformat().replace("+00:00", "Z"))
    shown = visitor("ahausen").get(f"/api/v1/offers/{offer.pk}/").json()
    shown.pop("next_date")
    assert {**said["data"]["offer"], "url": shown["url"], "contact_url": shown["contact_url"]} == shown
    assert "geheim" not in body.decode()
    assert (row.state, row.attempts, row.status) == ("sent", 1, 200)


def test_what_was_withdrawn_before_it_was_sent_is_told_to_nobody(town, receiver):
    a_hook(receiver.url("/"))
    offer = an_offer(title="Vertraulich")
    told()
    editing.pause(offer, by=None)
    send_all()
    (body,) = receiver.bodies
    said = json.loads(body)["data"]["offer"]
    assert {**said, "at": ""} == {"id": offer.pk, "deleted": True, "reason": "withdrawn", "at": ""}


def test_a_change_queues_a_look_with_its_transaction_and_only_where_somebody_wants_to_know(town):
    from django.db import transaction

    def queued():
        return len(tasks.follow.under_way().get("ahausen", []))

    offer = an_offer()
    editing.pause(offer, by=None)
    assert queued() == 0
    a_hook("https://x.example/")
    receivers.forget()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        editing.resume(offer, by=None)
        assert queued() == 1
        raise ZeroDivisionError
    assert queued() == 0
    receivers.forget()
    offer.refresh_from_db()
    editing.resume(offer, by=None)
    editing.pause(offer, by=None)
    assert queued() == 1


def test_every_ten_minutes_what_was_left_lying_is_found(town):
    a_hook("https://x.example/")
    with CaptureQueriesContext(connection) as statements:
        tasks.look_here()
    assert tasks.follow.under_way()["ahausen"] == [{}]
    assert len(statements) <= 10
    offer = an_offer()
    tasks.follow()
    (row,) = Delivery.objects.filter(offer=offer.pk)
    Delivery.objects.update(next_try_at=timezone.now() - timedelta(minutes=6))
    tasks.look_here()
    assert {"delivery_id": row.pk} in tasks.deliver.under_way()["ahausen"]


def test_it_is_tried_again_and_given_up_with_a_mail(town, person, receiver):
    person(town, Role.ADMIN)
    receiver.says = SAID[500]
    start = datetime(2026, 11, 20, 10, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        hook = a_hook(receiver.url("/"))
        services.try_out(hook)
        send_all()
        row = Delivery.objects.get()
        assert (row.state, row.status, row.next_try_at) == ("waiting", 500, start + PAUSES[0])
        for _attempt in PAUSES:
            row.refresh_from_db()
            if row.next_try_at is None:
                break
            clock.move_to(row.next_try_at)
            send_all()
        services.try_out(hook)
        clock.shift(timedelta(days=3))
        send_all()
        hook.refresh_from_db()
        assert (hook.active, hook.given_up_at) == (False, timezone.now())
        tasks.tell_ended(hook.pk)
        (mail,) = OutboxMessage.objects.all()
        assert (mail.to, hook.url in mail.body) == ("admin@ahausen.example", True)
        receiver.says = OK
        hook.active = True
        services.save(hook, by=None)
        services.resend(row, by=None)
        send_all()
        row.refresh_from_db()
        assert (row.state, row.attempts) == ("sent", 1)
    assert len({each.headers["webhook-id"] for each in receiver.asked}) == 2


@pytest.mark.parametrize("where", ["127.0.0.1", "10.0.0.1", "[::1]", "169.254.169.254", "localhost"])
def test_nothing_is_sent_into_the_network_whatever_the_table_says(town, where):
    hook = a_hook(f"https://{where}/")
    row = services.try_out(hook)
    tasks.deliver(row.pk)
    row.refresh_from_db()
    assert (row.state, row.status) == ("waiting", None)
    assert row.error


def test_one_municipalitys_offers_are_told_to_no_others_address(ahausen, bedorf):
    with inside(ahausen):
        a_hook("https://x.example/")
    with inside(bedorf):
        an_offer()
        assert told() == []
    with inside(municipality("ahausen")):
        assert told() == []


def test_what_was_told_long_ago_is_forgotten(town):
    hook = a_hook("https://x.example/")
    offer = an_offer()
    told()
    services.try_out(hook)
    pk = offer.pk
    offer.delete()
    told()
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        tasks.tidy(timestamp=0)
    assert not Delivery.objects.exists()
    assert not Told.objects.filter(offer=pk).exists()
