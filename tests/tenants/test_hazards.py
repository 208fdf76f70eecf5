"""Each hazard of shared/design/tenancy.md, and those found since: under load, with what stops it and without."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection

from portal.offers.models import Offer
from portal.providers.models import Provider
from tenants.running.context import inside
from tests.conftest import municipality
from tests.databases import clone
from tests.factories import a_provider, an_offer
from tests.tenants.hazards import HAZARDS, SLUGS

THREADS = 4
ROUNDS = 6
CHANCES = 10

pytestmark = pytest.mark.xdist_group("hazards")


@pytest.fixture(scope="module")
def one_database(django_db_setup, django_db_blocker, worker_id):
    """A database with real commits for all tests of this file."""
    with django_db_blocker.unblock(), clone(f"test_hazards_{worker_id}"):
        yield


@pytest.fixture
def towns(one_database, monkeypatch):
    """Both municipalities with rows of the same keys; every name ends with the municipality's."""
    found = {slug: municipality(slug) for slug in SLUGS}
    for slug, where in found.items():
        with inside(where):
            Offer.objects.all().delete()
            Provider.objects.all().delete()
            an_offer(pk=1, provider=a_provider(pk=1, name=f"Verein {slug}"), title=f"Kurs {slug}")
    yield found
    monkeypatch.undo()
    connection.close()
    connection.close_pool()
    connection.set_schema_to_public()
    cache.clear()


def _wrong(hazard, towns):
    """How often something of another municipality came back, of all tries on all threads."""
    barrier = threading.Barrier(THREADS)

    def thread(number):
        barrier.wait()
        try:
            seen = [hazard.work(towns, SLUGS[(number + turn) % 2]) for turn in range(ROUNDS)]
        finally:
            connection.set_schema_to_public()
            connection.close()
        return [found for found in seen if found[1] is not None and found[0] != found[1]]

    with ThreadPoolExecutor(THREADS) as pool:
        return [found for part in pool.map(thread, range(THREADS)) for found in part]


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.name)
def test_no_municipality_notices_another_under_load(hazard, towns):
    assert _wrong(hazard, towns) == []


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.name)
def test_without_what_stops_it_the_hazard_is_real(hazard, towns, monkeypatch):
    """Some show themselves only where two threads meet in the wrong moment: they get more than one chance."""
    hazard.take_away(monkeypatch)
    assert any(_wrong(hazard, towns) for _chance in range(CHANCES))
