"""What is followed is told what changed, by which row, and misses nothing."""

import threading

import psycopg
import pytest
from django.db import connection

from portal.offers.models import Location, Offer
from portal.taxonomy.models import Category
from tenants.running import changes, row_changes
from tenants.running.changes import announce, followed, remembered
from tenants.running.connections import direct_params
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider, an_offer

ROOMS = ("offers", "taxonomy")


class Follower:
    """Counts how it was brought up to date."""

    def __init__(self, name="follower", during=lambda: None):
        self.name, self.during = name, during
        self.built, self.told = 0, []

    def __call__(self):
        return followed(self.name, self._build, self._update, rooms=ROOMS)

    def _build(self):
        self.built += 1
        self.during()
        return [self.built]

    def _update(self, old, changed):
        self.told.append(dict(changed))
        return None if changed.get("offers", ()) is None else [*old, len(self.told)]


@pytest.fixture
def town(own_database):
    with inside(municipality("ahausen")) as here:
        yield here


def elsewhere(*statements):
    """Another process changes something."""
    with psycopg.connect(**direct_params("elsewhere"), autocommit=True) as link:
        link.execute("SET search_path = ahausen")
        for statement in statements:
            link.execute(statement)


def test_it_is_told_the_rows_of_each_room_and_nothing_else(town):
    one, other = an_offer(), an_offer(places=[{"city": "Köln"}])
    first, second = one.pk, other.pk
    follower = Follower()
    follower()
    follower()
    assert (follower.built, follower.told) == (1, [])
    Offer.objects.filter(pk=one.pk).update(title="Neu")
    follower()
    Location.objects.filter(offer=other).update(offer=one)
    Category.objects.create(name="Neu")
    follower()
    Offer.objects.filter(pk=0).update(title="Niemand")
    a_provider()
    follower()
    one.delete()
    follower()
    assert follower.told == [
        {"offers": {first}},
        {"offers": {first, second}, "taxonomy": None},
        {"offers": {first}},
    ]
    assert follower.built == 1


def test_what_another_process_changes_while_it_is_built_is_told_afterwards(town):
    offer = an_offer()
    follower = Follower(during=lambda: elsewhere(f"UPDATE offers_offer SET title = 'x' WHERE id = {offer.pk}"))
    follower()
    remembered("other", lambda: 1, rooms=ROOMS)
    follower()
    assert (follower.built, follower.told) == (1, [{"offers": {offer.pk}}])


def test_much_at_once_is_told_in_parts_and_more_than_that_as_anything(town):
    follower = Follower()
    follower()
    columns = (
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_schema = 'ahausen' AND table_name = 'offers_offer' AND column_name <> 'id'"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE one AS SELECT * FROM offers_offer WHERE id = {an_offer().pk}")
        cursor.execute(columns)
        names = ", ".join(f'"{name}"' for (name,) in cursor.fetchall())
        follower()
        for number in (1000, 7001):
            cursor.execute(
                f"INSERT INTO offers_offer (id, {names}) OVERRIDING SYSTEM VALUE "
                f"SELECT {number * 10} + step, {names} FROM one, generate_series(1, {number}) AS step"
            )
            follower()
    assert len(follower.told[-2]["offers"]) == 1000
    assert follower.told[-1]["offers"] is None
    assert follower.built == 2


def test_a_history_that_is_too_short_means_building_anew(town, monkeypatch):
    monkeypatch.setattr(row_changes, "MOST_IDS", 3)
    offers = [an_offer() for _number in range(5)]
    follower = Follower()
    follower()
    for offer in offers:
        Offer.objects.filter(pk=offer.pk).update(title="Neu")
    remembered("other", lambda: 1, rooms=ROOMS)
    follower()
    assert (follower.built, follower.told) == (2, [])


def test_the_history_is_as_short_as_everybody_allows_and_goes_with_what_was_kept(town):
    offer, quick, slow = an_offer(), Follower("quick"), Follower("slow")
    quick()
    slow()
    histories = changes._memory.histories
    for _round in range(3):
        Offer.objects.filter(pk=offer.pk).update(title="Neu")
        quick()
    assert len(histories._by_schema["ahausen"].changes) == 3
    slow()
    assert slow.told == [{"offers": {offer.pk}}]
    assert len(histories._by_schema["ahausen"].changes) == 0
    changes._memory.kept.clear()
    histories.forget(lambda *key: key not in changes._memory.kept)
    assert histories._by_schema == {}
    quick()
    assert quick.built == 2


def test_anything_may_have_changed_where_it_is_announced_or_emptied(town):
    follower = Follower()
    follower()
    announce()
    follower()
    elsewhere("TRUNCATE offers_offerimage")
    follower()
    assert [told["offers"] for told in follower.told] == [None, None]
    assert follower.built == 3


def test_a_slow_thread_does_not_put_something_old_in_the_place_of_something_new(town):
    offer = an_offer()
    begun, go_on = threading.Event(), threading.Event()
    follower = Follower()
    follower()

    def wait(old, changed):
        begun.set()
        assert go_on.wait(20)
        return ["slow"]

    def slowly():
        with inside(municipality("ahausen")):
            followed("follower", list, wait, rooms=ROOMS)
        connection.close()

    elsewhere(f"UPDATE offers_offer SET title = 'x' WHERE id = {offer.pk}")
    thread = threading.Thread(target=slowly)
    thread.start()
    assert begun.wait(20)
    elsewhere(f"UPDATE offers_offer SET title = 'y' WHERE id = {offer.pk}")
    assert follower() == [1, 1]
    go_on.set()
    thread.join()
    assert follower() == [1, 1]
    assert follower.built == 1
