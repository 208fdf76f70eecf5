"""Reading from a streaming replica, and going on with it when the primary is gone."""

import pytest
from django.db import connection

from launch.postgres import Cluster
from tenants.running import replica
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider
from tests.replica import Standby, copy_into
from tests.tenants.children import ask

READING = """
import time
from tenants.running import changes
from tenants.running.guard import WrongMunicipalityError
from tenants.running.replica import ReplicaWriteError, from_replica, reading_connection

def read(slug):
    with inside(towns[slug]), from_replica():
        row = Provider.objects.get(pk=1)
        return row.name if row._state.db == "replica" else "primary"

def where_from():
    return Provider.objects.get(pk=1)._state.db

def refused(error, work):
    try:
        work()
    except error:
        return True
    return False

found = {"foreign": [pair for pair in by_turns(6, 20, read) if pair[1] != "Verein " + pair[0]]}
with inside(towns["ahausen"]):
    with from_replica():
        with reading_connection().cursor() as cursor:
            cursor.execute("SELECT pg_is_in_recovery(), current_schema()")
            found["raw"] = list(cursor.fetchone())
        row = Provider.objects.get(pk=1)
        found["no writing"] = refused(ReplicaWriteError, row.save)
        found["remembered"] = changes.remembered("x", where_from, rooms=("providers",))
    row.name = "Verein ahausen neu"
    row.save()
    found["saved to"] = row._state.db
    lazy = Provider.objects.filter(pk=1)
    found["otherwise"] = Provider.objects.get(pk=1)._state.db
    for _attempt in range(100):
        with from_replica():
            arrived = Provider.objects.get(pk=1).name
        if arrived.endswith("neu"):
            break
        time.sleep(0.05)
    found["arrived"] = arrived
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM providers_provider WHERE id = 1")
        found["on the primary"] = cursor.fetchone()[0]
with inside(towns["bedorf"]), from_replica():
    found["guarded"] = refused(WrongMunicipalityError, lambda: list(lazy)) and refused(WrongMunicipalityError, row.save)
answer(found)
"""
PROMOTED = """
from tenants.lifecycle.making import create_municipality
from tests.factories import a_provider
with inside(towns["bedorf"]):
    Provider.objects.create(pk=2, name="Verein nach dem Ausfall")
made = create_municipality("cestadt", name="Cestadt", host="cestadt.localhost")
with inside(made):
    a_provider(pk=1, name="Verein cestadt")
towns["cestadt"] = made
with inside(towns["bedorf"]):
    written = Provider.objects.count()
answer([written, [pair for pair in by_turns(6, 12) if not pair[1].startswith("Verein " + pair[0])]])
"""


@pytest.fixture
def pair(own_database, tmp_path):
    """A primary with both municipalities, and its replica; stopped afterwards."""
    for slug in ("ahausen", "bedorf"):
        with inside(municipality(slug)):
            a_provider(pk=1, name=f"Verein {slug}")
    connection.close()
    primary = Cluster(tmp_path / "primary", fast_unsafe=True)
    primary.start()
    copy_into(primary)
    standby = Standby(tmp_path / "standby", primary)
    try:
        standby.start()
        yield primary, standby
    finally:
        standby.stop()
        primary.stop()


def test_a_replica_is_read_where_asked_never_written_and_takes_over_when_promoted(pair):
    primary, standby = pair
    assert ask(READING, DATABASE_URL=primary.url, DATABASE_REPLICA_URL=standby.url) == {
        "foreign": [],
        "raw": [True, "ahausen"],
        "no writing": True,
        "remembered": "default",
        "saved to": "default",
        "otherwise": "default",
        "arrived": "Verein ahausen neu",
        "on the primary": "Verein ahausen neu",
        "guarded": True,
    }
    # The address of both is known in advance; nobody tells the process that the first one is gone.
    place = f"127.0.0.1:{standby._port()}"
    both = standby.url.replace(place, f"127.0.0.1:{primary._port()},{place}")
    primary.stop()
    standby.promote()
    assert ask(PROMOTED, DATABASE_URL=both) == [2, []]


def test_without_a_replica_everything_comes_from_the_primary_but_writing_is_refused_all_the_same(own_database):
    with inside(municipality("ahausen")), replica.from_replica():
        assert replica.for_reading() is None
        with pytest.raises(replica.ReplicaWriteError):
            a_provider()


def test_inside_a_transaction_reading_stays_where_the_transaction_is(ahausen):
    with inside(ahausen), replica.from_replica():
        a_provider(name="eben")
        assert replica.reading_connection().alias == "default"
