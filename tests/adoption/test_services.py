"""Adopting and following releases in the database: lists, links, offers' texts, and the way back."""

import pytest
from django.utils import timezone

from audit.models import Entry as AuditEntry
from portal.editorial.review.models import Sentence
from portal.search.models import Synonyms
from portal.subscriptions.models import Subscription
from portal.taxonomy.adoption import linking, picking, services
from portal.taxonomy.adoption.errors import RefusedError
from portal.taxonomy.adoption.models import Adopted, Proposal, State
from portal.taxonomy.models import Alias, Category, TargetGroup
from portal.vocabulary import changing
from portal.vocabulary.kinds import CATEGORIES
from tenants.running.context import inside
from tests.adoption.conftest import FIRST, changed, issue
from tests.factories import an_offer

ALL = [each["code"] for each in FIRST]


@pytest.fixture
def town(ahausen, first):
    """It has taken all of the first release."""
    with inside(ahausen):
        Category.objects.all().delete()
        TargetGroup.objects.all().delete()
        Synonyms.objects.all().delete()
        services.adopt(ALL, by="test")
        yield ahausen


def tree():
    return {
        (each.parent.name if each.parent else "", each.name)
        for each in Category.objects.select_related("parent").filter(retired=False)
    }


def row(name):
    return Category.objects.get(name=name)


def test_all_of_it_is_there_in_its_order(town):
    assert tree() == {("", "Bewegung"), ("Bewegung", "Schwimmen"), ("Bewegung", "Turnen"), ("", "Beratung")}
    assert list(Category.objects.filter(parent=None).values_list("name", flat=True)) == ["Bewegung", "Beratung"]
    assert row("Bewegung").color == "#117733"
    assert list(TargetGroup.objects.values_list("name", "min_age", "max_age")) == [
        ("Kinder", 6, 12),
        ("Jugendliche", 13, 17),
    ]
    assert list(Synonyms.objects.values_list("words", flat=True)) == [["Kita", "Kindergarten", "Krippe"]]
    assert list(Sentence.objects.values_list("text", flat=True)) == ["Beim Bild fehlt, wer es gemacht hat."]
    assert State.objects.get().taken == 1
    assert AuditEntry.objects.filter(action="adoption.adopted").count() == 1
    assert services.outlook().found == []


def test_a_release_changes_nothing_before_somebody_takes_it(town):
    issue(changed(FIRST, K_001={"name": "Sport"}))
    assert tree() == {("", "Bewegung"), ("Bewegung", "Schwimmen"), ("Bewegung", "Turnen"), ("", "Beratung")}
    assert [each.key for each in services.outlook().found] == ["K-001.name"]


def test_what_was_changed_here_stays_and_the_rest_follows(town):
    mine = row("Turnen")
    mine.name = "Gymnastik"
    changing.change(CATEGORIES, mine, by="test")
    offer = an_offer(title="Seepferdchen", categories=[row("Schwimmen")])
    issue(changed(FIRST, K_003={"name": "Turnen und Tanz", "color": "#ddcc77"}, K_002={"name": "Wasser"}))
    services.take_all(by="test")
    assert tree() == {("", "Bewegung"), ("Bewegung", "Wasser"), ("Bewegung", "Gymnastik"), ("", "Beratung")}
    assert row("Gymnastik").color == "#ddcc77"
    assert list(offer.categories.values_list("name", flat=True)) == ["Wasser"]
    # Its own name is a difference still, to be taken by hand alone.
    assert [(each.key, each.own) for each in services.outlook().found] == [("K-003.name", True)]
    assert services.take_all(by="test").any is False


def test_names_that_change_hands_and_places_that_change_with_them(town):
    """Unique names and the trigger against circles look at every row as it is written."""
    issue(
        changed(
            FIRST,
            K_001={"name": "Beratung", "parent": "K-004"},
            K_004={"name": "Bewegung"},
            K_002={"name": "Turnen"},
            K_003={"name": "Schwimmen"},
        )
    )
    services.take_all(by="test")
    assert tree() == {("", "Bewegung"), ("Bewegung", "Beratung"), ("Beratung", "Turnen"), ("Beratung", "Schwimmen")}


def test_parent_and_child_change_places(town):
    issue(changed(FIRST, K_002={"parent": ""}, K_001={"parent": "K-002"}))
    services.take_all(by="test")
    assert {("", "Schwimmen"), ("Schwimmen", "Bewegung"), ("Bewegung", "Turnen")} <= tree()


def test_a_move_that_would_be_a_circle_here_is_not_made_and_said(town):
    mine = row("Beratung")
    mine.parent = row("Schwimmen")
    changing.change(CATEGORIES, mine, by="test")
    issue(changed(FIRST, K_002={"parent": "K-004"}))
    services.take_all(by="test")
    assert {("Bewegung", "Schwimmen"), ("Schwimmen", "Beratung")} <= tree()
    (left,) = services.outlook().found
    assert (left.key, left.note, left.can) == ("K-002.parent", "circle", False)


def test_what_was_removed_is_retired_where_nothing_hangs_on_it(town):
    an_offer(categories=[row("Turnen")])
    pks = {name: row(name).pk for name in ("Schwimmen", "Turnen")}
    issue(changed(FIRST, K_002={"removed": True}, K_003={"removed": True}, W_001={"removed": True}))
    services.take_all(by="test")
    assert Category.objects.get(pk=pks["Schwimmen"]).retired
    assert not Category.objects.get(pk=pks["Turnen"]).retired
    assert not Adopted.objects.filter(code__in=["K-002", "K-003", "W-001"]).exists()
    assert not Synonyms.objects.exists()


def test_what_searches_and_the_start_page_ask_for_counts_as_used(town):
    pks = {name: row(name).pk for name in ("Schwimmen", "Turnen", "Beratung")}
    now = timezone.now()
    query = f"kategorie={pks['Schwimmen']}&kategorie={pks['Turnen']}"
    Subscription.objects.create(email="liest@example.org", created_at=now, query=query)
    removed = {"removed": True}
    issue(changed(FIRST, K_002=removed, K_003=removed, K_004=removed))
    services.take_all(by="test")
    retired = set(Category.objects.filter(retired=True).values_list("name", flat=True))
    assert retired == {"Beratung"}


def test_merged_entries_take_their_offers_along_and_old_links_lead_on(town):
    offer = an_offer(categories=[row("Turnen")])
    old = row("Turnen").pk
    issue(changed(FIRST, K_003={"removed": True, "replaced_by": "K-002"}, K_002={"name": "Turnen"}))
    services.take_all(by="test")
    kept = row("Turnen")
    assert list(offer.categories.all()) == [kept]
    alias = Alias.objects.get(old=old)
    assert (alias.new, alias.name) == (kept.pk, "Turnen")
    assert ("Bewegung", "Schwimmen") not in tree()


def test_merged_into_what_is_not_here_it_becomes_that(town):
    Adopted.objects.filter(code="K-002").delete()
    row("Schwimmen").delete()
    issue(changed(FIRST, K_003={"removed": True, "replaced_by": "K-002"}))
    old = row("Turnen").pk
    services.take_all(by="test")
    assert Category.objects.get(pk=old).name == "Schwimmen"
    assert Adopted.objects.get(code="K-002").object_id == old


def test_an_own_one_of_the_name_is_proposed_and_nothing_overwritten(town):
    own = changing.add(CATEGORIES, Category(name="Musik", color="#222222"), by="test")
    issue(changed(FIRST, K_005={"name": "Musik", "color": "#999999"}, K_006={"name": "Chor", "parent": "K-005"}))
    services.take_all(by="test")
    own.refresh_from_db()
    assert own.color == "#222222"
    assert ("", "Musik") in tree()
    (proposal,) = linking.open_proposals()
    assert (proposal.code, proposal.object_id) == ("K-005", own.pk)
    linking.confirm([proposal.pk], by="test")
    assert Adopted.objects.get(code="K-005").object_id == own.pk
    services.take_all(by="test")
    own.refresh_from_db()
    assert own.color == "#222222"
    assert ("Musik", "Chor") in tree()


def test_a_refused_proposal_is_not_made_again(town):
    changing.add(CATEGORIES, Category(name="musik"), by="test")
    issue(changed(FIRST, K_005={"name": "Musik"}))
    assert linking.propose() == 1
    assert linking.refuse([Proposal.objects.get().pk], by="test") == 1
    assert linking.propose() == 0
    services.take_all(by="test")
    assert {("", "musik"), ("", "Musik")} <= tree()


def test_other_words_are_proposed_too(town):
    group = changing.add(CATEGORIES, Category(name="Kindergarten"), by="test")
    issue(changed(FIRST, K_005={"name": "Kita"}))
    linking.propose()
    (proposal,) = linking.open_proposals()
    assert (proposal.code, proposal.object_id, proposal.why) == ("K-005", group.pk, "synonym")


def test_one_by_one(town):
    mine = row("Turnen")
    mine.name = "Gymnastik"
    changing.change(CATEGORIES, mine, by="test")
    issue(changed(FIRST, K_001={"name": "Sport", "color": "#000000"}, K_003={"name": "Tanz"}, K_009={"name": "Neu"}))
    look = services.outlook()
    assert {each.key for each in look.found} == {"K-001.name", "K-001.color", "K-003.name", "K-009.added"}
    picking.take(["K-001.name", "K-003.name"], seen=look.digest, by="test")
    assert tree() == {("", "Sport"), ("Sport", "Schwimmen"), ("Sport", "Tanz"), ("", "Beratung")}
    look = services.outlook()
    assert {each.key for each in look.found} == {"K-001.color", "K-009.added"}
    assert picking.decline(["K-001.color", "K-009.added"], seen=look.digest, by="test") == 2
    assert services.outlook().found == []
    services.take_all(by="test")
    assert row("Sport").color == "#117733"
    issue(changed(FIRST, K_001={"name": "Sport", "color": "#ffffff"}, K_003={"name": "Tanz"}, K_009={"name": "Neu"}))
    services.take_all(by="test")
    assert row("Sport").color == "#117733", "what was declined is the municipality's own"


def test_what_changed_meanwhile_is_looked_at_again(town):
    issue(changed(FIRST, K_001={"name": "Sport"}))
    seen = services.outlook().digest
    mine = row("Bewegung")
    mine.name = "Meins"
    changing.change(CATEGORIES, mine, by="test")
    with pytest.raises(RefusedError):
        services.take_all(seen=seen, by="test")
    assert ("", "Meins") in tree()


def test_the_last_taking_is_taken_back(town):
    before = list(Category.objects.order_by("pk").values())
    links = list(Adopted.objects.order_by("code").values("code", "kind", "object_id", "base"))
    issue(
        changed(
            FIRST,
            K_001={"name": "Sport", "position": 900},
            K_002={"parent": ""},
            K_003={"removed": True},
            K_005={"name": "Neu"},
        )
    )
    services.take_all(by="test")
    assert ("", "Neu") in tree()
    assert services.undo(by="test") == 0
    assert list(Category.objects.order_by("pk").values()) == before
    assert list(Adopted.objects.order_by("code").values("code", "kind", "object_id", "base")) == links
    assert State.objects.get().taken == 1
    with pytest.raises(RefusedError):
        services.undo(by="test")


def test_taking_back_leaves_what_was_changed_since(town):
    issue(changed(FIRST, K_001={"name": "Sport"}, K_005={"name": "Neu"}))
    services.take_all(by="test")
    an_offer(categories=[row("Neu")])
    mine = row("Sport")
    mine.color = "#010101"
    changing.change(CATEGORIES, mine, by="test")
    assert services.undo(by="test") == 1
    assert {("", "Bewegung"), ("", "Neu")} <= tree()
    assert row("Bewegung").color == "#010101"


def test_a_part(ahausen, first):
    with inside(ahausen):
        Category.objects.all().delete()
        services.adopt(["K-001", "K-003"], by="test")
        assert tree() == {("", "Bewegung"), ("Bewegung", "Turnen")}
        assert services.outlook().found == []
        issue(changed(FIRST, K_005={"name": "Tanz", "parent": "K-001"}, K_006={"name": "Musik"}))
        look = services.outlook()
        assert {each.key: each.in_all for each in look.found} == {"K-005.added": True, "K-006.added": False}
        services.take_all(by="test")
        assert tree() == {("", "Bewegung"), ("Bewegung", "Turnen"), ("Bewegung", "Tanz")}
        services.adopt(["K-002"], by="test")
        assert ("Bewegung", "Schwimmen") in tree()


def test_below_what_is_not_here_it_stands_higher_up_and_comes_down_later(ahausen, first):
    with inside(ahausen):
        Category.objects.all().delete()
        services.adopt(["K-002"], by="test")
        assert tree() == {("", "Schwimmen")}
        services.adopt(["K-001"], by="test")
        assert tree() == {("", "Bewegung"), ("Bewegung", "Schwimmen")}


def test_a_release_takes_few_statements_however_much_it_changes(town, django_assert_max_num_queries):
    many = changed(
        FIRST, **{f"K_{number:03}": {"name": f"Neu {number}", "parent": "K-001"} for number in range(10, 60)}
    )
    issue(many)
    with django_assert_max_num_queries(45):
        assert services.take_all(by="test").new == 50
    issue(
        changed(many, **{f"K_{number:03}": {"name": f"Anders {number}", "color": "#123456"} for number in range(1, 60)})
    )
    with django_assert_max_num_queries(45):
        assert services.take_all(by="test").changed > 50


def test_a_backup_from_before_a_release_sees_its_differences(town):
    """What a restore brings back is the state of then."""
    issue(changed(FIRST, K_001={"name": "Sport"}))
    issue(changed(FIRST, K_001={"name": "Sport und Spiel"}))
    assert [each.after for each in services.outlook().found] == ["Sport und Spiel"]
    services.take_all(by="test")
    State.objects.update(taken=7)
    assert services.outlook() is None, "restored where the catalogue is younger: nothing is said, nothing breaks"
    assert services.take_all(by="test").any is False
