"""The working copy: what can be done to it, and what the database refuses whoever asks."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from audit.models import Entry as Note
from shared_categories import reading, services
from shared_categories.comparing import Change
from shared_categories.content import faults, working_copy
from shared_categories.models import Entry, Kind, Release
from shared_categories.signals import released
from shared_categories.values import Link, Value
from tenants.running.context import inside, inside_public

BY = "Test"


@pytest.fixture(autouse=True)
def _public(db):
    with inside_public():
        yield


def category(name: str, parent: Entry | None = None, **values: object) -> Entry:
    return services.create(Kind.CATEGORY, by=BY, parent=parent, name=name, **values)


def fresh(entry: Entry) -> Entry:
    return Entry.objects.get(pk=entry.pk)


def issued(note: str = "Neu.") -> reading.Snapshot:
    services.issue_release(note, by=BY)
    newest = reading.newest()
    assert newest is not None
    return newest


def changes(old: reading.Snapshot, new: reading.Snapshot) -> list[tuple[str, str, str]]:
    return [(each.code, each.change.value, each.field) for each in reading.compare(old, new)]


def test_codes_go_on_and_are_never_given_twice():
    first, second = category("Bildung"), category("Sport")
    services.remove(second, by=BY)
    third = category("Musik")
    group = services.create(Kind.TARGET_GROUP, by=BY, name="Eltern")
    assert [each.code for each in (first, second, third, group)] == ["K-001", "K-002", "K-003", "Z-001"]


def test_nobody_deletes_an_entry_or_changes_its_code_or_a_release():
    entry = category("Bildung")
    release = services.issue_release("Die erste.", by=BY)
    for refused in (
        entry.delete,
        lambda: Entry.objects.filter(pk=entry.pk).update(code="K-900"),
        lambda: Entry.objects.filter(pk=entry.pk).update(kind=Kind.LANGUAGE, code="S-001"),
        release.delete,
        lambda: Release.objects.filter(pk=release.pk).update(note="anders"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            refused()


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""},
        {"name": "Bildung"},
        {"name": "Neu", "color": "rot"},
        {"name": "Neu", "min_age": 3},
        {"name": "Neu", "words": ["a", "b"]},
        {"name": "Neu", "text": "Text"},
        {"name": "Neu", "translations": {"de": {"name": "Deutsch"}}},
        {"name": "Neu", "translations": {"fr": {"name": " "}}},
        {"name": "Neu", "translations": {"fr": {"nom": "x"}}},
        {"name": "Neu", "translations": {"fr": "x"}},
        {"name": "x" * 121},
    ],
)
def test_what_fits_no_category_is_refused(values):
    category("Bildung")
    with pytest.raises(ValidationError):
        category(**values)
    assert Entry.objects.count() == 1


def test_synonyms_need_two_different_words_and_text_blocks_a_text():
    for kind, values in (
        (Kind.SYNONYMS, {"name": "Kita", "words": ["Kita"]}),
        (Kind.SYNONYMS, {"name": "Kita", "words": ["Kita", "kita"]}),
        (Kind.TEXT_BLOCK, {"name": "Bild fehlt"}),
        (Kind.TARGET_GROUP, {"name": "Kinder", "min_age": 6, "max_age": 3}),
    ):
        with pytest.raises(ValidationError):
            services.create(kind, by=BY, **values)
    services.create(Kind.SYNONYMS, by=BY, name="Kita", words=["Kita", "Kindergarten"])
    services.create(Kind.TEXT_BLOCK, by=BY, name="Bild fehlt", text="Bitte ein Bild.")


def test_a_change_is_noted_and_one_on_top_of_another_refused():
    entry = category("Bildung")
    stale = fresh(entry)
    services.change(entry, by=BY, name="Bildung und Lernen")
    with pytest.raises(ValidationError, match="meanwhile|inzwischen"):
        services.change(stale, by=BY, name="Lernen")
    assert fresh(entry).name == "Bildung und Lernen"
    note = Note.objects.filter(action="catalogue.changed").get()
    assert note.changes == {"name": ["Bildung", "Bildung und Lernen"]}


def test_a_change_that_changes_nothing_leaves_no_trace():
    entry = category("Bildung")
    services.change(entry, by=BY, name="Bildung")
    assert not Note.objects.filter(action="catalogue.changed").exists()
    assert fresh(entry).changed_at == entry.changed_at


def test_nothing_moves_below_itself_neither_by_us_nor_past_us():
    top = category("Bildung")
    middle = category("Schule", top)
    low = category("Nachhilfe", middle)
    for parent in (top, middle, low):
        with pytest.raises(ValidationError):
            services.move(top, parent=parent, behind=None, by=BY)
        with pytest.raises(IntegrityError), transaction.atomic():
            Entry.objects.filter(pk=top.pk).update(parent=parent)
    assert fresh(top).parent is None


def test_only_categories_stand_below_one_another():
    top, group = category("Bildung"), services.create(Kind.TARGET_GROUP, by=BY, name="Eltern")
    with pytest.raises(ValidationError):
        services.move(group, parent=top, behind=None, by=BY)
    with pytest.raises(ValidationError):
        services.move(top, parent=group, behind=None, by=BY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=top.pk).update(parent=group)


def test_an_entry_moves_between_two_others_and_only_itself():
    one, two, three = category("1"), category("2"), category("3")
    before = issued()
    services.move(three, parent=None, behind=one, by=BY)
    assert [each.name for each in Entry.objects.present()] == ["1", "3", "2"]
    assert changes(before, issued()) == [(three.code, "changed", "position")]
    services.move(two, parent=None, behind=None, by=BY)
    assert [each.name for each in Entry.objects.present()] == ["2", "1", "3"]


def test_moving_to_the_same_gap_over_and_over_keeps_the_order():
    names = ["a", "b"]
    first = category("a")
    category("b")
    for number in range(30):
        services.move(category(f"n{number}"), parent=None, behind=first, by=BY)
        names.insert(1, f"n{number}")
    assert [each.name for each in Entry.objects.present()] == names
    assert len(set(Entry.objects.values_list("position", flat=True))) == len(names)


def test_what_has_something_below_it_is_not_removed():
    top = category("Bildung")
    low = category("Schule", top)
    with pytest.raises(ValidationError, match="K-002"):
        services.remove(top, by=BY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=top.pk).update(removed_at="2026-01-01T00:00Z")
    services.remove(low, by=BY)
    services.remove(top, by=BY)
    with pytest.raises(ValidationError):
        services.remove(top, by=BY)
    with pytest.raises(ValidationError):
        services.change(top, by=BY, name="Anders")
    with pytest.raises(ValidationError):
        category("Neu", top)


def test_a_removed_name_is_free_again():
    services.remove(category("Bildung"), by=BY)
    assert category("Bildung").code == "K-002"


def test_what_was_removed_comes_back_under_its_code():
    top = category("Bildung")
    low = category("Schule", top)
    before = issued()
    services.remove(low, by=BY)
    gone = issued()
    services.remove(top, by=BY)
    services.restore(low, by=BY)
    back = fresh(low)
    assert (back.code, back.parent, back.is_present) == ("K-002", None, True)
    after = issued()
    assert changes(before, gone) == [("K-002", "removed", "")]
    assert ("K-002", "added", "") in changes(gone, after)
    assert {("K-002", "moved", "parent"), ("K-001", "removed", "")} <= set(changes(before, after))


def test_two_become_one_with_all_below_them():
    one, two = category("Sport"), category("Bewegung")
    child = category("Yoga", one)
    before = issued()
    assert services.merge(one, into=two, by=BY) == two
    after = issued()
    assert fresh(child).parent == two
    value = after.values[one.code]
    assert (value.removed, value.replaced_by, value.name) == (True, two.code, "Sport")
    assert set(changes(before, after)) == {(child.code, "moved", "parent"), (one.code, "merged", "replaced_by")}


def test_a_ring_of_merges_cannot_be():
    one, two, three = category("1"), category("2"), category("3")
    services.merge(one, into=two, by=BY)
    with pytest.raises(ValidationError):
        services.merge(two, into=one, by=BY)
    services.merge(two, into=three, by=BY)
    with pytest.raises(ValidationError):
        services.merge(three, into=one, by=BY)
    # What was merged first leads to the last one at once.
    assert fresh(one).replaced_by == fresh(two).replaced_by == three
    for source, target in ((three, one), (one, two), (one, one)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Entry.objects.filter(pk=source.pk).update(replaced_by=target, removed_at="2026-01-01T00:00Z")


def test_who_skipped_releases_learns_where_a_merge_leads():
    one, two, three = category("1"), category("2"), category("3")
    first = issued()
    services.merge(one, into=two, by=BY)
    second = issued()
    services.merge(two, into=three, by=BY)
    third = issued()
    assert {(each.code, each.change, each.after) for each in reading.compare(first, third)} == {
        (one.code, Change.MERGED, three.code),
        (two.code, Change.MERGED, three.code),
    }
    assert (one.code, Change.MERGED, two.code, three.code) in {
        (each.code, each.change, each.before, each.after) for each in reading.compare(second, third)
    }


def test_merging_with_itself_something_below_or_another_kind_is_refused():
    top = category("Bildung")
    low = category("Schule", top)
    group = services.create(Kind.TARGET_GROUP, by=BY, name="Schule")
    for source, target in ((top, top), (top, low), (low, group)):
        with pytest.raises(ValidationError):
            services.merge(source, into=target, by=BY)
    services.merge(low, into=top, by=BY)
    assert fresh(low).replaced_by == top


def test_a_merge_of_namesakes_below_is_refused_and_changes_nothing():
    one, two = category("Sport"), category("Bewegung")
    child = category("Yoga", one)
    category("Yoga", two)
    with pytest.raises(ValidationError):
        services.merge(one, into=two, by=BY)
    assert (fresh(child).parent, fresh(one).is_present) == (one, True)


def test_links_are_kept_to_known_vocabularies_in_their_form():
    entry = category("Sport")
    links = [Link("nace", "R", "broader"), Link("schema.org", "SportsEvent", "close")]
    services.link(entry, links, by=BY)
    assert list(working_copy()[entry.code].mappings) == links
    for bad in (Link("nace", "sport", "close"), Link("erfunden", "1", "close"), Link("nace", "R", "gleich")):
        with pytest.raises(ValidationError):
            services.link(entry, [bad], by=BY)
    services.link(entry, links[:1], by=BY)
    assert list(working_copy()[entry.code].mappings) == links[:1]


def test_a_release_is_numbered_told_and_read_inside_municipalities(ahausen):
    heard = []

    def hear(sender: object, number: int, **_more: object) -> None:
        heard.append(number)

    released.connect(hear)
    try:
        assert reading.newest() is None
        assert reading.newest_number() == 0
        top = category("Bildung", icon="school", translations={"tr": {"name": "Eğitim"}})
        category("Schule", top)
        first = issued("Die erste.")
    finally:
        released.disconnect(hear)
    assert heard == [1]
    with inside(ahausen):
        newest = reading.newest()
        assert newest is first or newest == first
        assert reading.release(1) is newest
        assert reading.newest_number() == 1
        with pytest.raises(Release.DoesNotExist):
            reading.release(2)
    assert newest.number == 1
    assert newest.note == "Die erste."
    assert newest.values["K-001"] == Value(
        "K-001", Kind.CATEGORY, "Bildung", position=100, icon="school", translations={"tr": {"name": "Eğitim"}}
    )
    assert newest.values["K-001"].name_in("tr") == "Eğitim"
    assert newest.values["K-001"].name_in("fr") == "Bildung"
    assert [each.name for each in newest.of_kind(Kind.CATEGORY)] == ["Bildung", "Schule"]
    assert [each.code for each in newest.children["K-001"]] == ["K-002"]


def test_nothing_new_is_not_issued_and_a_note_is_needed():
    with pytest.raises(ValidationError):
        services.issue_release("Leer.", by=BY)
    entry = category("Bildung")
    with pytest.raises(ValidationError):
        services.issue_release("", by=BY)
    issued()
    with pytest.raises(ValidationError):
        services.issue_release("Noch einmal.", by=BY)
    services.remove(category("Kurz da"), by=BY)
    with pytest.raises(ValidationError):
        services.issue_release("Was kam und ging.", by=BY)
    services.change(fresh(entry), by=BY, definition="Schule, Kita, Kurse.")
    assert issued().number == 2


def test_a_release_does_not_follow_the_working_copy():
    entry = category("Bildung")
    first = issued()
    services.change(entry, by=BY, name="Lernen")
    assert reading.release(1).values[entry.code].name == first.values[entry.code].name == "Bildung"


def test_values_that_are_not_in_order_are_found():
    def at(code: str, parent: str = "", **more: object) -> Value:
        return Value(code, Kind.CATEGORY, code, parent=parent, **more)

    values = {
        each.code: each
        for each in (
            at("K-001"),
            at("K-002", "K-003"),
            at("K-003", "K-002"),
            at("K-004", "K-009"),
            at("K-005", "K-006"),
            at("K-006", removed=True),
            at("K-007", removed=True, replaced_by="K-008"),
            at("K-008", removed=True, replaced_by="K-007"),
            at("K-010", removed=True, replaced_by="K-001"),
        )
    }
    assert faults(values) == ["K-002", "K-003", "K-004", "K-005", "K-007", "K-008"]


def test_a_trigger_is_what_refuses():
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.bulk_create(
            [Entry(code="K-001", kind=Kind.CATEGORY, name="a"), Entry(code="S-002", kind=Kind.CATEGORY, name="b")]
        )
