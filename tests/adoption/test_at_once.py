"""Two at the same time, and an adoption while a release is made."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from portal.search.models import Synonyms
from portal.taxonomy.adoption import services
from portal.taxonomy.adoption.errors import RefusedError
from portal.taxonomy.adoption.models import Adopted, State
from portal.taxonomy.models import Category
from portal.vocabulary import placing
from portal.vocabulary.kinds import CATEGORIES
from tenants.running.context import inside
from tests.adoption.conftest import FIRST, changed, issue
from tests.children import python
from tests.conftest import municipality

pytestmark = pytest.mark.usefixtures("own_database")
ALL = [each["code"] for each in FIRST]


@pytest.fixture
def town():
    issue(FIRST)
    found = municipality("ahausen")
    with inside(found):
        Category.objects.all().delete()
        Synonyms.objects.all().delete()
    return found


def at_once(town, *deeds):
    """What became of each: its answer, or the error."""
    start = Barrier(len(deeds))

    def run(deed):
        try:
            with inside(town):
                start.wait()
                return deed()
        except RefusedError as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_two_adopt_the_same_and_it_is_there_once(town):
    found = at_once(town, *[lambda: services.adopt(ALL, by="test")] * 3)
    with inside(town):
        assert Category.objects.count() == 4
        assert Adopted.objects.count() == len(ALL)
    assert sorted(done.new for done in found)[:2] == [0, 0]


def test_two_take_a_release_and_one_moves_topics_by_hand(town):
    with inside(town):
        services.adopt(ALL, by="test")
        swimming = Category.objects.get(name="Schwimmen").pk
        advice = Category.objects.get(name="Beratung").pk
    issue(changed(FIRST, K_004={"parent": "K-002"}, K_001={"name": "Sport"}, K_005={"name": "Musik"}))
    at_once(
        town,
        lambda: services.take_all(by="test"),
        lambda: services.take_all(by="test"),
        lambda: placing.move(CATEGORIES, swimming, parent=advice, before=None, by="test"),
    )
    with inside(town):
        assert Category.objects.filter(name="Musik").count() == 1
        assert Category.objects.filter(name="Sport").exists()
        parents = dict(Category.objects.values_list("pk", "parent_id"))
        for topic in parents:
            above, at = set(), topic
            while at is not None:
                assert at not in above, "a circle"
                above.add(at)
                at = parents[at]


def test_an_adoption_during_a_release_is_of_the_one_or_the_other(town):
    second = changed(FIRST, K_001={"name": "Sport"}, K_005={"name": "Musik"})
    adopting, _released = at_once(town, lambda: services.adopt(ALL, by="test"), lambda: issue(second))
    with inside(town):
        taken = State.objects.get().taken
        names = set(Category.objects.values_list("name", flat=True))
        assert adopting.new == len(ALL)
        assert ("Sport" in names, "Bewegung" in names) == ((True, False) if taken == 2 else (False, True))
        services.take_all(by="test")
        assert "Sport" in set(Category.objects.values_list("name", flat=True))
        assert State.objects.get().taken == 2


def by_processes(*arguments):
    """What the command says, run by itself: exit code and output."""
    code = f"from django.core.management import execute_from_command_line as run; run(['manage', *{arguments!r}])"
    with python(code) as child:
        said = child.communicate(timeout=300)[0]
    return child.returncode, said


def test_several_processes_do_what_one_does(town):
    for slug in ("ahausen", "bedorf"):
        with inside(municipality(slug)):
            Category.objects.all().delete()
            services.adopt(ALL, by="test")
    with inside(town):
        own = Category.objects.get(name="Turnen")
        own.name = "Turnen bei uns"
        own.save()
    issue(changed(FIRST, K_001={"name": "Sport"}, K_003={"name": "Geräteturnen"}))
    code, said = by_processes("catalogue", "adopt", "--all", "--jobs", "2")
    assert (code, "2 Kommunen geändert" in said) == (0, True), said
    with inside(town):
        assert set(Category.objects.values_list("name", flat=True)) >= {"Sport", "Turnen bei uns"}
    with inside(municipality("bedorf")):
        assert "Sport" in set(Category.objects.values_list("name", flat=True))
    code, said = by_processes("catalogue", "adopt", "--all", "--jobs", "2")
    assert (code, "0 Kommunen geändert" in said) == (0, True), said


def test_what_is_refused_in_a_process_is_one_sentence(town):
    with inside(town):
        services.adopt(["K-001"], by="test")
    code, said = by_processes("catalogue", "adopt", "--all", "--jobs", "0")
    assert (code, "Traceback" in said) == (1, False), said
