"""Eight writers at once, and somebody who looks meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection, connections, transaction

from audit.checkpoints import Log
from audit.models import Entry
from audit.services import record
from audit.verifying import verify, write_checkpoint
from portal.providers.models import Provider
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider

WRITERS, TURNS = 8, 6
PATIENCE = 120
LOG = Log("ahausen", 1)


@pytest.fixture
def many_connections(own_database, monkeypatch):
    """As many as writers, the one who looks and the test itself need."""
    monkeypatch.setitem(connection.settings_dict["OPTIONS"]["pool"], "max_size", WRITERS + 3)
    connection.close()
    connection.close_pool()
    yield
    connection.close()
    connection.close_pool()


@pytest.mark.usefixtures("many_connections")
def test_eight_writers_wait_for_nobodys_transaction_and_the_chain_is_never_broken():
    """All eight stand in open transactions with an entry of theirs at the same time: if one waited for another's
    transaction, they would never meet. Meanwhile the log is looked over again and again."""
    with inside(municipality("ahausen")):
        pk = a_provider().pk
    inside_their_transactions, done = Barrier(WRITERS), Event()

    def write(number):
        try:
            with inside(municipality("ahausen")):
                provider = Provider.objects.get(pk=pk)
                for turn in range(TURNS):
                    with transaction.atomic():
                        record("change", provider, by=f"{number}", changes={"turn": [None, turn]})
                        inside_their_transactions.wait(PATIENCE)
        except BaseException:
            inside_their_transactions.abort()
            raise
        finally:
            connections.close_all()

    def look():
        seen = []
        try:
            with inside(municipality("ahausen")):
                while not done.is_set():
                    verdict = verify(LOG)
                    seen.append(verdict)
                    write_checkpoint(LOG, verdict)
        finally:
            connections.close_all()
        return seen

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        looking = pool.submit(look)
        try:
            for each in [pool.submit(write, number) for number in range(WRITERS)]:
                each.result(timeout=PATIENCE)
        finally:
            done.set()
        seen = looking.result(timeout=PATIENCE)
    assert seen
    assert all(verdict.is_whole for verdict in seen), [each for each in seen if not each.is_whole]
    with inside(municipality("ahausen")):
        assert list(Entry.objects.order_by("position").values_list("position", flat=True)) == list(
            range(1, WRITERS * TURNS + 1)
        )
        assert verify(LOG).is_whole
        # Each turn ended before the next one began.
        turns = Entry.objects.order_by("position").values_list("changes__turn__1", flat=True)
        assert list(turns) == sorted(list(range(TURNS)) * WRITERS)
