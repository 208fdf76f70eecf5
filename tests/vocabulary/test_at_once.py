"""Two people at once, and a whole town moved: nothing is lost, and old links still lead on."""

from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction

from launch.processes import wait_until
from portal.offers import snapshot
from portal.offers.models import Offer
from portal.taxonomy.aliases import moved
from portal.taxonomy.models import Alias, Category
from portal.vocabulary import changing, merging
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.kinds import CATEGORIES
from tenants.running.context import inside
from tenants.transfer.exporting import export_municipality
from tenants.transfer.restoring import restore_municipality
from tests.conftest import municipality
from tests.factories import an_offer

pytestmark = pytest.mark.usefixtures("own_database")


def at_once(*deeds):
    """Run them together and return what was refused."""
    ready, told = Barrier(len(deeds)), []

    def act(deed):
        try:
            with inside(municipality("ahausen")):
                ready.wait()
                deed()
        except RefusedError as refused:
            told.append(str(refused))
        finally:
            connection.close()

    people = [Thread(target=act, args=(deed,)) for deed in deeds]
    for each in people:
        each.start()
    for each in people:
        each.join()
    return told


def test_two_merge_the_same_topics_into_each_other(visitor):
    where = municipality("ahausen")
    with inside(where), transaction.atomic():
        a, b = Category.objects.create(name="A"), Category.objects.create(name="B")
        offers = [an_offer(categories=[each]) for each in (a, b)]
    told = at_once(
        lambda: merging.merge(CATEGORIES, a.pk, b.pk, by="eins"),
        lambda: merging.merge(CATEGORIES, b.pk, a.pk, by="zwei"),
    )
    assert len(told) == 1
    assert "gibt es nicht mehr" in told[0]
    with inside(where):
        left = Category.objects.get()
        for offer in offers:
            assert list(Offer.objects.get(pk=offer.pk).categories.all()) == [left]
        assert list(moved(Category).values()) == [left.pk]


def test_somebody_chooses_a_topic_while_it_is_deleted():
    """Either it is in use and stays, or nobody has it: no offer points to nothing."""
    where = municipality("ahausen")
    with inside(where), transaction.atomic():
        topic = Category.objects.create(name="A")
        offer = an_offer()

    def choose():
        try:
            with transaction.atomic():
                Offer.categories.through.objects.create(offer_id=offer.pk, category_id=topic.pk)
        except Exception as problem:
            raise RefusedError(str(problem)) from problem

    told = at_once(choose, lambda: changing.delete(CATEGORIES, topic.pk, by="test"))
    assert len(told) == 1
    with inside(where):
        there = Category.objects.filter(pk=topic.pk).exists()
        assert Offer.objects.get(pk=offer.pk).categories.exists() is there


@pytest.mark.parametrize("first", ["merge", "choose"])
def test_somebody_chooses_a_topic_while_it_is_merged_into_another(first):
    """Whoever is second waits for the first; either way the offer has the topic that stayed."""
    where = municipality("ahausen")
    with inside(where), transaction.atomic():
        stays, goes = Category.objects.create(name="Sport"), Category.objects.create(name="Bewegung")
        offer = an_offer(categories=[])
        wanted = {**snapshot.take(offer), "categories": [goes.pk]}
        moved(Category)
    in_work, told = Event(), []

    def choose(meanwhile):
        with transaction.atomic():
            told.append(snapshot.apply(Offer.objects.get(pk=offer.pk), wanted).left_out)
            meanwhile()

    def merge(meanwhile):
        with transaction.atomic():
            merging.merge(CATEGORIES, goes.pk, stays.pk, by="test")
            meanwhile()

    def hold():
        in_work.set()
        assert wait_until(somebody_waits, 30)

    def second():
        in_work.wait(20)
        (choose if first == "merge" else merge)(lambda: None)

    at_once(lambda: (merge if first == "merge" else choose)(hold), second)
    assert told == [()]
    with inside(where):
        assert list(Offer.objects.get(pk=offer.pk).categories.all()) == [stays]


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


def test_old_numbers_lead_on_in_a_town_that_was_moved_and_are_never_given_again(tmp_path, visitor):
    where = municipality("ahausen")
    with inside(where), transaction.atomic():
        stays, goes = Category.objects.create(name="Sport"), Category.objects.create(name="Bewegung")
        an_offer(title="Judo", categories=[goes])
        old = goes.pk
        merging.merge(CATEGORIES, old, stays.pk, by="test")
        Category.objects.create(name="Alt", retired=True)
    export_municipality("ahausen", tmp_path / "a.zip")
    restore_municipality(tmp_path / "a.zip", slug="kopie", host="kopie.localhost")
    with inside(municipality("kopie")):
        assert Alias.objects.get().name == "Bewegung"
        assert Category.objects.create(name="Neu").pk > old
        assert Category.objects.get(name="Alt").retired
    assert "Judo" in visitor("kopie").get("/angebote/", {"kategorie": old}).content.decode()
