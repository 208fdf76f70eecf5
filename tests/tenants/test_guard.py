"""Nothing of one municipality can be read or written in another: each hazard of shared/design/tenancy.md."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef

from accounts.models import User
from portal.offers.models import Offer
from portal.providers.models import Provider
from tenants.running.context import each, entered_schema, inside, inside_public
from tenants.running.guard import WrongMunicipalityError
from tests.conftest import municipality
from tests.factories import a_provider, an_offer

THREADS = 8
ROUNDS = 60


@pytest.fixture
def twins(ahausen, bedorf):
    """The same primary key in both municipalities, with different names."""
    for where in (ahausen, bedorf):
        with inside(where):
            a_provider(pk=1, name=f"Verein {where.slug}")
    return ahausen, bedorf


def test_a_lazy_queryset_is_refused_in_another_municipality(twins):
    here, there = twins
    with inside(here):
        lazy = Provider.objects.filter(pk=1)
    with inside(there), pytest.raises(WrongMunicipalityError, match="ahausen"):
        list(lazy)


@pytest.mark.parametrize(
    "use",
    [
        lambda query: query.count(),
        lambda query: query.exists(),
        lambda query: query.first(),
        lambda query: list(query.iterator()),
        lambda query: list(query.values("name")),
        lambda query: query.aggregate(Count("pk")),
        lambda query: query.update(name="übernommen"),
        lambda query: query.delete(),
        lambda query: query.all().order_by("-pk")[0],
        lambda query: list(Provider.objects.filter(pk__in=query)),
        lambda query: list(Provider.objects.filter(Exists(query.filter(pk=OuterRef("pk"))))),
        lambda query: list(Provider.objects.none() | query),
        lambda query: list(query.union(Provider.objects.all())),
    ],
)
def test_every_way_to_use_a_foreign_queryset_is_refused(twins, use):
    here, there = twins
    with inside(here):
        lazy = Provider.objects.all()
    with inside(there):
        with pytest.raises(WrongMunicipalityError), transaction.atomic():
            use(lazy)
        assert Provider.objects.get(pk=1).name == "Verein bedorf"


@pytest.mark.parametrize(
    "use",
    [
        lambda provider: provider.save(),
        lambda provider: provider.delete(),
        lambda provider: provider.refresh_from_db(),
        lambda provider: list(provider.offers.all()),
        lambda provider: provider.offers.create(title="Neu"),
        lambda provider: list(provider.categories.all()),
        lambda provider: provider.categories.add(1),
        lambda provider: list(Offer.objects.filter(provider=provider)),
        lambda provider: list(Offer.objects.exclude(provider__in=[provider])),
        lambda provider: Offer(title="Neu", provider=provider),
        lambda provider: setattr(Offer(title="Neu"), "provider", provider),
    ],
)
def test_every_way_to_use_a_foreign_instance_is_refused(twins, use):
    here, there = twins
    with inside(here):
        provider = Provider.objects.get(pk=1)
    with inside(there):
        with pytest.raises(WrongMunicipalityError), transaction.atomic():
            use(provider)
        assert Provider.objects.get(pk=1).name == "Verein bedorf"


def test_a_foreign_key_is_not_followed_in_another_municipality(twins):
    here, there = twins
    with inside(here):
        offer = Offer.objects.get(pk=an_offer(provider=Provider.objects.get(pk=1)).pk)
    with inside(there), pytest.raises(WrongMunicipalityError):
        assert offer.provider


def test_an_operator_is_no_user_of_a_municipality(ahausen):
    with inside_public():
        operator = User.objects.create_user("betrieb@platform.example", "x" * 12, roles=["operator"])
        everybody = User.objects.all()
    with inside(ahausen):
        with pytest.raises(WrongMunicipalityError), transaction.atomic():
            operator.save()
        with pytest.raises(WrongMunicipalityError), transaction.atomic():
            list(everybody)
        assert not User.objects.exists()


def test_moving_the_connection_past_our_door_is_noticed(ahausen):
    with inside(ahausen):
        connection.set_schema("bedorf")
        try:
            with pytest.raises(WrongMunicipalityError):
                list(Provider.objects.all())
        finally:
            connection.set_schema("ahausen")


def test_the_door_always_leads_back(ahausen, bedorf):
    with inside(ahausen):
        with pytest.raises(ZeroDivisionError), inside(bedorf):
            raise ZeroDivisionError
        assert entered_schema() == connection.schema_name == "ahausen"
    assert entered_schema() is None
    assert connection.schema_name == "public"


def test_the_door_leads_back_after_a_rolled_back_transaction(twins):
    here, there = twins
    with inside(here):
        with pytest.raises(ZeroDivisionError), transaction.atomic(), inside(there):
            assert Provider.objects.get(pk=1).name == "Verein bedorf"
            raise ZeroDivisionError
        assert Provider.objects.get(pk=1).name == "Verein ahausen"


def _in_threads(work):
    """Run `work(slug)` many times at once, the two municipalities taking turns on every thread."""
    slugs = ["ahausen", "bedorf"] * (THREADS * ROUNDS // 2)
    barrier = threading.Barrier(THREADS)

    def together(chunk):
        barrier.wait()
        try:
            return [work(slug) for slug in chunk]
        finally:
            connection.close()

    chunks = [slugs[start::THREADS] if start % 2 == 0 else slugs[start::THREADS][::-1] for start in range(THREADS)]
    chunks = [[slug for pair in zip(chunk, chunk[::-1], strict=True) for slug in pair] for chunk in chunks]
    with ThreadPoolExecutor(THREADS) as pool:
        return [result for results in pool.map(together, chunks) for result in results]


@pytest.fixture
def towns(own_database):
    """Both municipalities with committed rows of the same keys, seen by all threads."""
    both = {slug: municipality(slug) for slug in ("ahausen", "bedorf")}
    for slug, where in both.items():
        with inside(where):
            a_provider(pk=1, name=f"Verein {slug}")
            default_storage.save("notiz.txt", ContentFile(slug.encode()))
    return both


def test_threads_never_see_another_municipalitys_rows(towns):
    def read(slug):
        with inside(towns[slug]):
            return slug, Provider.objects.get(pk=1).name

    results = _in_threads(read)
    assert len(results) >= THREADS * ROUNDS
    assert all(name == f"Verein {slug}" for slug, name in results)


def test_threads_never_share_cache_entries_or_files(towns):
    def read(slug):
        with inside(towns[slug]):
            cache.set("name", slug)
            with default_storage.open("notiz.txt") as stored:
                return slug, cache.get("name"), stored.read().decode()

    results = _in_threads(read)
    assert all(slug == cached == stored for slug, cached, stored in results)


def test_a_thread_started_inside_a_municipality_is_outside_of_it(towns):
    seen = {}

    def look():
        seen["schema"] = entered_schema()
        try:
            list(lazy)
        except WrongMunicipalityError as error:
            seen["error"] = error
        finally:
            connection.close()

    with inside(towns["ahausen"]):
        lazy = Provider.objects.all()
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert seen["schema"] is None
    assert isinstance(seen["error"], WrongMunicipalityError)


def test_a_connection_from_the_pool_remembers_no_municipality(towns):
    def raw(slug):
        with inside(towns[slug]):
            assert Provider.objects.get(pk=1).name == f"Verein {slug}"
        connection.close()
        with connection.pool.connection(timeout=20) as driver:
            return driver.execute("SHOW search_path").fetchone()[0]

    assert set(_in_threads(raw)) == {"no_municipality"}


def test_each_visits_every_live_municipality_once(towns):
    names = [(where.slug, Provider.objects.get(pk=1).name) for where in each()]
    assert names == [("bedorf", "Verein bedorf"), ("ahausen", "Verein ahausen")]
