"""New, copied, exported and restored municipalities; names in other languages; figures; the command; TYPO3."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from core.text import Spoken
from portal.exchange.typo3.dump import Dump
from portal.exchange.typo3.takeover import take_over
from portal.search.models import Synonyms
from portal.taxonomy.adoption import linking, services
from portal.taxonomy.adoption.models import Adopted, State
from portal.taxonomy.models import Category, TargetGroup
from portal.taxonomy.tree import load_tree
from portal.translation.models import Translation
from portal.translation.sources import Text
from portal.translation.texts import hash_of
from portal.vocabulary import changing
from portal.vocabulary.kinds import CATEGORIES
from portal.vocabulary.tasks import count_catalogue_here
from shared_categories.models import Use
from tenants.lifecycle.making import create_municipality
from tenants.running.context import inside, inside_public
from tenants.transfer.exporting import export_municipality
from tenants.transfer.restoring import restore_municipality
from tests.adoption.conftest import FIRST, changed, entry, issue
from tests.conftest import municipality
from tests.exchange.typo3.tools import SMALL
from tests.factories import an_offer

ALL = [each["code"] for each in FIRST]


@pytest.fixture
def town(ahausen, first):
    with inside(ahausen):
        for model in (Category, TargetGroup, Synonyms):
            model.objects.all().delete()
        services.adopt(ALL, by="test")
    return ahausen


def row(name):
    return Category.objects.get(name=name)


def test_a_new_municipality_starts_with_the_newest_release(first):
    with inside(create_municipality("cedorf", name="Cedorf", host="cedorf.localhost")):
        assert Category.objects.count() == 4
        assert list(TargetGroup.objects.values_list("name", flat=True)) == ["Kinder", "Jugendliche"]
        assert Synonyms.objects.count() == 1
        assert State.objects.get().taken == 1
        assert services.outlook().found == []


def test_without_a_release_it_starts_as_ever(db):
    with inside(create_municipality("cedorf", name="Cedorf", host="cedorf.localhost")):
        assert not Category.objects.exists()
        assert TargetGroup.objects.filter(name="Familien").exists()
        assert Synonyms.objects.count() > 20
        assert not Adopted.objects.exists()


def test_a_copy_of_another_municipality_follows_the_catalogue_too(town):
    with inside(town):
        mine = row("Turnen")
        mine.name = "Gymnastik"
        changing.change(CATEGORIES, mine, by="test")
    made = create_municipality("cedorf", name="Cedorf", host="cedorf.localhost", template="ahausen")
    issue(changed(FIRST, K_001={"name": "Sport"}, K_003={"name": "Tanz"}))
    with inside(made):
        services.take_all(by="test")
        assert set(Category.objects.values_list("name", flat=True)) == {"Sport", "Schwimmen", "Gymnastik", "Beratung"}


@pytest.mark.usefixtures("own_database")
def test_export_and_restore_carry_it_and_an_old_backup_sees_what_came_since(tmp_path):
    issue(FIRST)
    with inside(municipality("ahausen")):
        for model in (Category, TargetGroup, Synonyms):
            model.objects.all().delete()
        services.adopt(ALL, by="test")
        mine = row("Turnen")
        mine.name = "Gymnastik"
        changing.change(CATEGORIES, mine, by="test")
        before = list(Adopted.objects.order_by("code").values())
    export_municipality("ahausen", tmp_path / "ahausen.zip")
    issue(changed(FIRST, K_001={"name": "Sport"}, K_003={"name": "Tanz"}))
    with inside(municipality("ahausen")):
        services.take_all(by="test")
    restore_municipality(tmp_path / "ahausen.zip", slug="kopie", host="kopie.localhost")
    with inside(municipality("kopie")):
        assert list(Adopted.objects.order_by("code").values()) == before
        assert {each.key for each in services.outlook().found} == {"K-001.name", "K-003.name"}
        services.take_all(by="test")
        assert set(Category.objects.values_list("name", flat=True)) == {"Sport", "Schwimmen", "Gymnastik", "Beratung"}


def test_topics_and_target_groups_are_called_in_the_language_of_the_page(town, visitor):
    with inside(town):
        judo = an_offer(title="Judo", categories=[row("Bewegung")])
        judo.target_groups.set(TargetGroup.objects.filter(name="Kinder"))
    client = visitor("ahausen")
    french = client.get("/angebote/?sprache=fr").content.decode()
    assert "Activité physique" in french
    assert "Enfants" in french
    assert "حركة" in client.get("/angebote/?sprache=ar").content.decode()
    german = client.get("/angebote/").content.decode()
    assert "Bewegung" in german
    assert "Activité physique" not in german
    about = client.get(f"{judo.get_absolute_url()}?sprache=fr").content.decode()
    assert re.search(r'"audienceType":\s*"Enfants"', about), "search engines are told the same"
    # Who searches the French word finds it, too.
    assert "Judo" in client.get("/angebote/?q=Activité+physique&sprache=fr").content.decode()


def test_ones_own_name_and_ones_own_translation_come_first(town):
    with inside(town):
        topic = row("Bewegung")
        names = load_tree().nodes[topic.pk].abroad._topics
        assert names[topic.pk]["fr"] == "Activité physique"
        Translation.objects.create(
            source_hash=hash_of(Text("", "Bewegung")),
            target="fr",
            source="Bewegung",
            text="Sport (à nous)",
            machine=False,
        )
        assert load_tree().nodes[topic.pk].abroad._topics[topic.pk]["fr"] == "Sport (à nous)"
        topic.name = "Sport und Spiel"
        changing.change(CATEGORIES, topic, by="test")
        assert topic.pk not in load_tree().nodes[topic.pk].abroad._topics
        assert load_tree().nodes[topic.pk].said == Spoken("Sport und Spiel")


def test_every_night_published_offers_are_counted_by_code(town):
    with inside(town):
        an_offer(categories=[row("Schwimmen"), row("Turnen")])
        an_offer(categories=[row("Schwimmen")], state="draft", published_at=None)
        own = changing.add(CATEGORIES, Category(name="Eigenes"), by="test")
        an_offer(categories=[own])
        count_catalogue_here()
    with inside_public():
        uses = dict(Use.objects.filter(municipality=town).values_list("code", "offers"))
    assert uses == {"K-001": 1, "K-002": 1, "K-003": 1, "K-004": 0, "Z-001": 0, "Z-002": 0, "W-001": 0, "T-001": 0}
    with inside(town):
        services.forget(["K-004"], by="test")
        count_catalogue_here()
    with inside_public():
        assert not Use.objects.filter(municipality=town, code="K-004").exists()


def command(*arguments):
    said = io.StringIO()
    call_command("catalogue", "adopt", *arguments, stdout=said)
    return said.getvalue()


def test_the_command_adopts_a_part_and_takes_what_is_new(ahausen, first):
    with inside(ahausen):
        Category.objects.all().delete()
    assert "Es wurde nichts geschrieben." in command("ahausen", "--part", "K-001", "--dry-run")
    with inside(ahausen):
        assert not Category.objects.exists()
    command("ahausen", "--part", "K-001")
    with inside(ahausen):
        assert set(Category.objects.values_list("name", flat=True)) == {"Bewegung", "Schwimmen", "Turnen"}
    issue(changed(FIRST, K_001={"name": "Sport"}))
    command("--all")
    with inside(ahausen):
        assert "Sport" in set(Category.objects.values_list("name", flat=True))
    with inside(municipality("bedorf")):
        assert not Adopted.objects.exists(), "--all is for those that adopted something"


@pytest.mark.parametrize(
    "arguments",
    [(), ("ahausen", "--all"), ("nirgends",), ("ahausen", "--part", "K-999"), ("ahausen", "--release", "9")],
)
def test_what_the_command_refuses(ahausen, first, arguments):
    with pytest.raises(CommandError):
        command(*arguments)


def test_a_take_over_from_typo3_proposes_links_for_an_editor_to_confirm(ahausen):
    issue((entry("K-001", "BILDUNG"), entry("Z-001", "Kinder", kind="target_group")))
    with inside(ahausen):
        take_over(ahausen, Dump(SMALL))
        found = {(each.code, each.why) for each in linking.open_proposals()}
        assert ("K-001", "name") in found
        assert not Adopted.objects.exists(), "nothing is linked before somebody says so"
        take_over(ahausen, Dump(SMALL), dry_run=True)
        assert {(each.code, each.why) for each in linking.open_proposals()} == found
