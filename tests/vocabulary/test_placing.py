"""Order, levels, merging: compared with a slow tree made of plain dictionaries, whatever is done in whatever order."""

from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import Entry
from portal.offers.models import Offer
from portal.taxonomy.aliases import moved
from portal.taxonomy.models import Alias, Category, Marker
from portal.vocabulary import changing, merging, placing
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.kinds import CATEGORIES, MARKERS
from portal.vocabulary.rows import DEEPEST, load
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import an_offer


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def topic(name, parent=None, **more):
    number = Category.objects.filter(parent=parent).count()
    return Category.objects.create(name=name, parent=parent, position=number, **more)


def shape(pk=None, rows=None):
    rows = rows or load(CATEGORIES)
    return [(rows.by_pk[each].name, shape(each, rows)) for each in rows.below.get(pk, [])]


def test_an_entry_goes_before_another_to_the_end_and_below_another(ahausen):
    with inside(ahausen):
        music, sport, help_ = topic("Musik"), topic("Sport"), topic("Hilfe")
        placing.move(CATEGORIES, help_.pk, parent=None, before=sport.pk, by="test")
        assert shape() == [("Musik", []), ("Hilfe", []), ("Sport", [])]
        placing.move(CATEGORIES, music.pk, parent=None, before=None, by="test")
        assert shape() == [("Hilfe", []), ("Sport", []), ("Musik", [])]
        place = placing.move(CATEGORIES, music.pk, parent=sport.pk, before=None, by="test")
        assert shape() == [("Hilfe", []), ("Sport", [("Musik", [])])]
        assert (place.number, place.count, place.above) == (1, 1, "Sport")
        assert Entry.objects.filter(action="vocabulary.moved").count() == 3


def test_the_second_half_of_a_double_click_changes_nothing(ahausen):
    with inside(ahausen):
        first, _second, third = (Marker.objects.create(name=name, position=5) for name in "ABC")
        for _click in range(2):
            placing.move(MARKERS, third.pk, parent=None, before=first.pk, by="test")
        assert list(Marker.objects.values_list("name", "position")) == [("C", 0), ("A", 1), ("B", 2)]
        assert Entry.objects.filter(action="vocabulary.moved").count() == 1


def test_the_place_is_said_in_words(ahausen):
    with inside(ahausen), translation.override("de"):
        family = topic("Familie")
        for name in ("Lernhilfe", "Ferien", "Eltern", "Schule"):
            topic(name, family)
        ferien = Category.objects.get(name="Ferien")
        place = placing.move(CATEGORIES, ferien.pk, parent=family.pk, before=None, by="test")
        assert str(place) == "„Ferien“ steht an vierter von vier Stellen in „Familie“."


def test_nothing_stands_below_itself_and_the_sentence_names_both(ahausen):
    with inside(ahausen):
        family = topic("Familie")
        holiday = topic("Ferien", family)
        with pytest.raises(RefusedError, match="“Familie” cannot be put below “Ferien”: “Ferien” itself stands below"):
            placing.move(CATEGORIES, family.pk, parent=holiday.pk, before=None, by="test")
        with pytest.raises(RefusedError, match="“Ferien” cannot stand below itself"):
            placing.move(CATEGORIES, holiday.pk, parent=holiday.pk, before=None, by="test")
        assert shape() == [("Familie", [("Ferien", [])])]
        assert not Entry.objects.filter(action="vocabulary.moved").exists()


def test_no_namesakes_at_one_place_and_no_bottomless_tree(ahausen):
    with inside(ahausen):
        a, b = topic("A"), topic("B")
        topic("Kurse", a)
        twin = topic("Kurse", b)
        with pytest.raises(RefusedError, match="There is “Kurse” at this place already"):
            placing.move(CATEGORIES, twin.pk, parent=a.pk, before=None, by="test")
        deep = a
        for number in range(DEEPEST - 1):
            deep = topic(f"{number}", deep)
        with pytest.raises(RefusedError, match=f"At most {DEEPEST} levels"):
            placing.move(CATEGORIES, b.pk, parent=deep.pk, before=None, by="test")
        with pytest.raises(RefusedError, match="does not exist any more"):
            placing.move(CATEGORIES, 10**9, parent=None, before=None, by="test")


def test_two_people_put_two_topics_below_each_other_at_once(own_database):
    """One is done, the other is told why not, by the names."""
    where = municipality("ahausen")
    with inside(where):
        a, b = topic("Freizeit"), topic("Bildung")
    ready, told = Barrier(2), []

    def act(pk, parent):
        try:
            with inside(where):
                ready.wait()
                placing.move(CATEGORIES, pk, parent=parent, before=None, by="test")
        except RefusedError as refused:
            told.append(str(refused))
        finally:
            connection.close()

    people = [Thread(target=act, args=pair) for pair in ((a.pk, b.pk), (b.pk, a.pk))]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert len(told) == 1
    # A thread of its own speaks German.
    assert "„Freizeit“" in told[0]
    assert "„Bildung“" in told[0]
    with inside(where):
        assert len(shape()) == 1


NUMBERS = st.integers(0, 7)
MOVES = st.tuples(st.just("move"), NUMBERS, st.one_of(st.none(), NUMBERS), st.one_of(st.none(), NUMBERS))
MERGES = st.tuples(st.just("merge"), NUMBERS, NUMBERS, st.none())
RETIRES = st.tuples(st.just("retire"), NUMBERS, st.none(), st.none())


class SlowTree:
    """What must come out, the slow way: a list of names for each place."""

    def __init__(self, names):
        self.below = {None: list(names)}
        self.topics = {number: {name} for number, name in enumerate(names)}
        self.alias = {}

    def parent(self, name):
        return next(above for above, below in self.below.items() if name in below)

    def inside(self, name):
        return {name}.union(*(self.inside(each) for each in self.below.get(name, [])))

    def height(self, name):
        return 1 + max((self.height(each) for each in self.below.get(name, [])), default=0)

    def depth(self, name):
        return 0 if name is None else 1 + self.depth(self.parent(name))

    def move(self, name, above, before):
        if (above is not None and above in self.inside(name)) or self.depth(above) + self.height(name) > DEEPEST:
            return False
        if before == name and above == self.parent(name):
            return True
        place = self.below[self.parent(name)]
        following = place[place.index(name) + 1 :] if before == name else []
        place.remove(name)
        siblings = self.below.setdefault(above, [])
        before = following[0] if following and before == name else before
        siblings.insert(siblings.index(before) if before in siblings else len(siblings), name)
        return True

    def merge(self, old, new):
        if new in self.inside(old) or self.depth(new) + self.height(old) - 1 > DEEPEST:
            return False
        self.below.setdefault(new, []).extend(self.below.pop(old, []))
        self.below[self.parent(old)].remove(old)
        for topics in self.topics.values():
            if old in topics:
                topics.discard(old)
                topics.add(new)
        self.alias = {was: new if now == old else now for was, now in self.alias.items()} | {old: new}
        return True

    def shape(self, name=None):
        return [(each, self.shape(each)) for each in self.below.get(name, [])]


def do_both(slow, names, pks, deed, one, other, third):
    """The same in both; what one refuses, the other must."""
    name, second = names[one], names[other] if other is not None else None
    second = None if second in slow.alias else second
    if name in slow.alias or (deed == "merge" and second is None):
        return
    expected = True
    if deed == "move":
        before = names[third] if third is not None else None
        expected = slow.move(name, second, before)
        acted = partial(placing.move, CATEGORIES, pks[name], parent=pks.get(second), before=pks.get(before), by="test")
    elif deed == "merge":
        expected = name != second and slow.merge(name, second)
        acted = partial(merging.merge, CATEGORIES, pks[name], pks[second], by="test")
    else:
        acted = partial(changing.retire, CATEGORIES, pks[name], retired=True, by="test")
    try:
        acted()
    except RefusedError:
        assert not expected
    else:
        assert expected


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.one_of(MOVES, MERGES, RETIRES), max_size=12))
def test_whatever_is_done_the_tree_is_whole_and_no_offer_loses_a_topic(ahausen, deeds):
    names = [f"T{number}" for number in range(8)]
    with inside(ahausen):
        Category.objects.all().delete()
        Alias.objects.all().delete()
        rows = {name: topic(name) for name in names}
        pks = {name: row.pk for name, row in rows.items()}
        by_pk = {pk: name for name, pk in pks.items()}
        offers = [an_offer(categories=[rows[name]]) for name in names]
        slow = SlowTree(names)
        for deed in deeds:
            do_both(slow, names, pks, *deed)
        assert shape() == slow.shape()
        for number, offer in enumerate(offers):
            kept = set(Offer.categories.through.objects.filter(offer_id=offer.pk).values_list("category_id", flat=True))
            assert {by_pk[pk] for pk in kept} == slow.topics[number]
        assert {by_pk[old]: by_pk[new] for old, new in moved(Category).items()} == slow.alias
        for parent in [None, *Category.objects.values_list("pk", flat=True)]:
            places = list(Category.objects.filter(parent=parent).values_list("position", flat=True))
            assert places == sorted(set(places))
