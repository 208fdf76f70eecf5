"""Many at once: no code is given twice, no circle closes, a release is made of one state and numbered once."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from shared_categories import reading, services
from shared_categories.content import faults
from shared_categories.models import Entry, Release
from tenants.running.context import inside_public
from tests.shared_categories.conftest import BY, category

pytestmark = pytest.mark.usefixtures("own_database")
MANY = 8


def at_once(deeds):
    """Each over a connection of its own; what was refused, and whatever else went wrong."""
    ready, refused, broken = Barrier(len(deeds)), [], []

    def act(deed):
        try:
            with inside_public():
                ready.wait()
                deed()
        except ValidationError as error:
            refused.append(error)
        except Exception as error:  # noqa: BLE001 - told by the test
            broken.append(error)
        finally:
            connection.close()

    people = [Thread(target=act, args=(deed,)) for deed in deeds]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert broken == []
    return refused


def test_no_code_is_given_twice_and_one_of_many_equal_releases_is_issued():
    with inside_public():
        assert at_once([lambda n=n: category(f"Thema {n}") for n in range(MANY)]) == []
        assert sorted(Entry.objects.values_list("code", flat=True)) == [f"K-{n:03}" for n in range(1, MANY + 1)]
        refused = at_once([lambda: services.issue_release("Gleichzeitig.", by=BY)] * MANY)
        assert len(refused) == MANY - 1
        assert list(Release.objects.values_list("number", flat=True)) == [1]


def test_two_that_move_below_each_other_close_no_circle():
    with inside_public():
        one, two = category("1"), category("2")
        refused = at_once(
            [
                lambda: services.move(one, parent=two, behind=None, by=BY),
                lambda: services.move(two, parent=one, behind=None, by=BY),
            ]
        )
        assert len(refused) == 1
        assert Entry.objects.filter(parent=None).count() == 1


def test_a_release_during_changes_is_whole_and_what_is_remembered_follows_it():
    with inside_public():
        entries = [category(f"Thema {n}") for n in range(MANY)]
        services.issue_release("Die erste.", by=BY)
        first = reading.newest()
        assert first is reading.newest()
        # Whoever is first: there is something to issue.
        services.change(entries[0], by=BY, name="Alle Themen")
        entries[0].refresh_from_db()
        below = [lambda each=each: services.move(each, parent=entries[0], behind=None, by=BY) for each in entries[1:]]
        assert at_once([*below, lambda: services.issue_release("Die zweite.", by=BY)]) == []
        numbers = list(Release.objects.order_by("number").values_list("number", flat=True))
        for number in numbers:
            assert faults(reading.release(number).values) == []
        assert reading.newest().number == numbers[-1]
        assert reading.release(1).values == first.values
