"""Several at once, on real connections: nothing doubles, no merge makes a ring, nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tenants.running.context import inside_public
from tests.conftest import municipality
from tests.tracker.people import OPERATOR, editor_of
from tracker.tickets import services
from tracker.tickets.models import Concern, Ticket, Watch
from tracker.tickets.uniting import merge


def together(deeds):
    """Begin all at the same moment, each on a connection of its own; what each returned or refused."""
    start = Barrier(len(deeds), timeout=60)

    def act(deed):
        try:
            with inside_public():
                start.wait()
                return deed()
        except ValidationError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(act, deeds))


@pytest.fixture
def people(own_database):
    with inside_public():
        return editor_of(municipality("ahausen")), editor_of(municipality("bedorf"))


def test_two_merges_into_each_other_make_no_ring(people):
    here, there = people
    for _again in range(3):
        with inside_public():
            one = services.report(by=here, kind="wish", title="Kalender")
            other = services.report(by=there, kind="wish", title="Termine")
        done = together(
            [lambda a=one, b=other: merge(a, b, by=OPERATOR), lambda a=one, b=other: merge(b, a, by=OPERATOR)]
        )
        assert sum(isinstance(each, ValidationError) for each in done) == 1
        with inside_public():
            rows = Ticket.objects.filter(pk__in=(one.pk, other.pk))
            assert rows.filter(merged_into=None).count() == 1
            assert len({services.final(each).pk for each in rows}) == 1


def test_who_presses_ten_times_is_concerned_once_also_while_it_is_merged(people):
    here, there = people
    with inside_public():
        one = services.report(by=here, kind="wish", title="Kalender")
        other = services.report(by=here, kind="wish", title="Termine")
    press = [lambda: services.concern(Ticket.objects.get(pk=one.pk), by=there)] * 9
    done = together([*press, lambda: merge(one, other, by=OPERATOR)])
    assert not any(isinstance(each, ValidationError) for each in done)
    with inside_public():
        assert Concern.objects.filter(participant=there.participant).count() == 1
        assert Watch.objects.filter(participant=there.participant).count() == 1
        assert set(Concern.objects.values_list("ticket", flat=True)) == {other.pk}
