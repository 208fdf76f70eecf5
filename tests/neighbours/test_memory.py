"""What processes remember of neighbours is what is true at the next request, without being asked anew each time."""

import time_machine
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import initialize, invariant, run_state_machine_as_test

from neighbours import indexing, services
from portal.offers.models import Offer
from portal.search import columns
from portal.search.around import columns as around
from tenants.models import Domain, Municipality
from tenants.running.context import inside
from tenants.running.page_cache import PageCache
from tests.conftest import municipality
from tests.factories import an_offer
from tests.neighbours.people import agree, speaker
from tests.neighbours.reference import put_into_index
from tests.search.test_keeping_up import Changes, told


class Followed(Changes):
    """The columns of neighbours follow the index row by row."""

    @initialize()
    def begin(self):
        super().begin()
        put_into_index(municipality("ahausen"))
        indexing.fill("ahausen")

    def what_is_no_offer(self):
        """Of no matter here."""

    @invariant()
    def as_read_anew(self):
        town = municipality("ahausen").pk
        followed, anew = told(around.columns_of([town])), told(around.load([town]))
        # Ages of target groups nobody has any more do no harm.
        ages = followed.pop("ages")
        assert {key: ages[key] for key in anew["ages"]} == anew.pop("ages")
        assert followed == anew


def test_columns_of_neighbours_are_those_a_full_reading_gives(own_database, monkeypatch):
    monkeypatch.setattr(around, "worn", lambda old: False)
    monkeypatch.setattr(columns, "worn", lambda old: False)
    with inside(municipality("ahausen")):
        run_state_machine_as_test(
            Followed,
            settings=settings(
                max_examples=5, stateful_step_count=16, deadline=None, derandomize=True, report_multiple_bugs=False,
                phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
            ),
        )  # fmt: skip


def ask(application, host, address="/angebote/"):
    environ = RequestFactory().get(address, HTTP_HOST=host).environ
    return b"".join(application(environ, lambda status, headers, exc_info=None: None)).decode()


# What is kept is kept until the minute ends.
@time_machine.travel("2026-11-22T10:00:05+01:00", tick=False)
def test_a_kept_page_is_new_when_a_neighbour_changes_anything(own_database):
    ahausen, bedorf = municipality("ahausen"), municipality("bedorf")
    with inside(bedorf):
        an_offer(title="Segeln")
        other = an_offer(title="Rudern")
    agreement = agree(ahausen, bedorf)
    application = PageCache(get_wsgi_application())

    def page():
        return ask(application, "ahausen.localhost")

    assert "Segeln" in page()
    with CaptureQueriesContext(connection) as caught:
        page()
    assert len(caught) == 0, "the page was not kept at all"
    with inside(bedorf):
        Offer.objects.filter(title="Segeln").update(title="Paddeln")
    assert "Paddeln" in page()
    with inside(bedorf):
        other.delete()
    assert "Rudern" not in page()
    Domain.objects.filter(tenant=bedorf).update(domain="neu.bedorf.example")
    assert "neu.bedorf.example" in page()
    Municipality.objects.filter(pk=bedorf.pk).update(state="suspended")
    assert "Paddeln" not in page()
    Municipality.objects.filter(pk=bedorf.pk).update(state="live")
    assert "Paddeln" in page()
    with inside(bedorf):
        services.end(agreement, by=speaker(bedorf))
    assert "Paddeln" not in page()


def statements(address):
    application = get_wsgi_application()
    ask(application, "ahausen.localhost", address)
    with CaptureQueriesContext(connection) as caught:
        ask(application, "ahausen.localhost", address)
    return [query["sql"] for query in caught]


def test_the_search_page_asks_two_things_more_at_most_and_nothing_where_nobody_is(own_database):
    ahausen, bedorf = municipality("ahausen"), municipality("bedorf")
    with inside(ahausen):
        an_offer(title="Töpfern am Samstag")
    with inside(bedorf):
        for title in ("Töpfern", "Segeln", "Töpfern für Kinder"):
            an_offer(title=title)
    addresses = ("/angebote/", "/angebote/?q=töpfern", "/angebote/?q=segeln&alter=7", "/angebote/?q=töpfern+samstag",
                 "/angebote/?q=toepfren", "/angebote/?kostenfrei=1")  # fmt: skip
    alone = {address: statements(address) for address in addresses}
    assert not any("neighbours" in sql for asked in alone.values() for sql in asked)
    agree(ahausen, bedorf)
    for address in addresses:
        asked = statements(address)
        assert len(asked) - len(alone[address]) <= 2, "\n".join(asked)
        assert sum("neighbours" in sql for sql in asked) == len(asked) - len(alone[address])
