"""The editors' pages of the shared catalogue: what they show, and what each button does."""

import re

import pytest

from core.access import Role
from core.work import sources_for
from portal.search.models import Synonyms
from portal.taxonomy.adoption import linking, services
from portal.taxonomy.adoption.models import Adopted, Proposal, State
from portal.taxonomy.models import Category, TargetGroup
from portal.vocabulary import changing
from portal.vocabulary.kinds import CATEGORIES
from tenants.running.context import inside
from tests.adoption.conftest import FIRST, changed, issue
from tracker.tickets.models import Ticket

HOME = "/redaktion/themen/katalog/"
DIFFERENCES = f"{HOME}unterschiede/"


@pytest.fixture
def editor(ahausen, signed_in):
    with inside(ahausen):
        Category.objects.all().delete()
        TargetGroup.objects.all().delete()
        Synonyms.objects.all().delete()
    return signed_in(ahausen, Role.EDITOR)


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer)
    return answer.content.decode()


def hidden(text):
    return dict(re.findall(r'<input type="hidden" name="(gesehen|stand)" value="([^"]*)"', text))


def names():
    return set(Category.objects.filter(retired=False).values_list("name", flat=True))


def test_without_a_release_the_page_says_so_and_the_others_are_not_there(ahausen, editor):
    assert "Es gibt noch keine Ausgabe" in page(editor, HOME)
    assert editor.get(f"{HOME}uebernehmen/").status_code == 404
    assert editor.get(DIFFERENCES).status_code == 302


def test_a_tree_in_one_click(ahausen, editor, first):
    assert "Mit dem gemeinsamen Katalog beginnen" in page(editor, "/redaktion/themen/")
    text = page(editor, HOME)
    assert "Alles übernehmen" in text
    answer = editor.post(HOME, {"was": "uebernehmen", **hidden(text)}, follow=True)
    assert "Erledigt: 8 neu." in answer.content.decode()
    with inside(ahausen):
        assert names() == {"Bewegung", "Schwimmen", "Turnen", "Beratung"}
    assert ">Bewegung</a>" in page(editor, "/redaktion/themen/")


def test_a_part_with_ticks(ahausen, editor, first):
    text = page(editor, f"{HOME}uebernehmen/")
    assert re.findall(r'name="eintrag" value="(K-[^"]*)"', text) == ["K-001", "K-002", "K-003", "K-004"]
    editor.post(f"{HOME}uebernehmen/", {"eintrag": ["K-001", "K-002", "Z-001"], **hidden(text)})
    with inside(ahausen):
        assert names() == {"Bewegung", "Schwimmen"}
        assert list(TargetGroup.objects.values_list("name", flat=True)) == ["Kinder"]
    text = page(editor, f"{HOME}uebernehmen/")
    assert 'value="K-003"' in text
    assert 'value="K-001"' not in text


def test_a_release_that_came_meanwhile_is_looked_at_first(ahausen, editor, first):
    sent = {"was": "uebernehmen", **hidden(page(editor, HOME))}
    issue(changed(FIRST, K_001={"name": "Sport"}))
    answer = editor.post(HOME, sent, follow=True)
    assert "Inzwischen ist Ausgabe 2 des Katalogs erschienen." in answer.content.decode()
    with inside(ahausen):
        assert names() == set()


@pytest.fixture
def behind(ahausen, editor, first):
    """It took the first release, calls one thing otherwise, and a second release is there."""
    with inside(ahausen):
        services.adopt([each["code"] for each in FIRST], by="test")
        mine = Category.objects.get(name="Turnen")
        mine.name = "Gymnastik"
        changing.change(CATEGORIES, mine, by="test")
    issue(
        changed(
            FIRST,
            K_001={"name": "Sport", "translations": {"fr": {"name": "Sport (fr)"}}},
            K_003={"name": "Turnen und Tanz"},
            K_004={"removed": True},
            K_005={"name": "Musik", "position": 50},
            Z_001={"max_age": 13},
        )
    )
    with inside(ahausen):
        services.look_at_release()
    return ahausen


def test_the_differences_are_said_in_words_and_ones_own_stands_beside_the_catalogues(behind, editor):
    text = page(editor, DIFFERENCES)
    assert hidden(text)["stand"] == "2"
    said = (
        "neu im Katalog",
        "Nichts hängt daran: Es wird stillgelegt.",
        "6 bis 13 Jahre",
        "Français: Sport (fr)",
        "Gymnastik",
        "Turnen und Tanz",
        "Von Ihnen geändert",
        "Alles übernehmen: 5 Unterschiede",
    )
    for words in said:
        assert words in text, words


def test_take_all_and_take_it_back(behind, editor):
    text = page(editor, DIFFERENCES)
    editor.post(DIFFERENCES, {"was": "alle", **hidden(text)})
    with inside(behind):
        assert names() == {"Sport", "Schwimmen", "Gymnastik", "Musik"}
    assert "Zuletzt übernommen" in page(editor, HOME)
    editor.post(HOME, {"was": "zurueck"})
    with inside(behind):
        assert names() == {"Bewegung", "Schwimmen", "Gymnastik", "Beratung"}


def test_take_some_and_keep_some(behind, editor):
    text = page(editor, DIFFERENCES)
    editor.post(DIFFERENCES, {"was": "gewaehlte", "unterschied": ["K-003.name", "K-005.added"], **hidden(text)})
    with inside(behind):
        assert names() == {"Bewegung", "Schwimmen", "Turnen und Tanz", "Beratung", "Musik"}
    text = page(editor, DIFFERENCES)
    editor.post(DIFFERENCES, {"was": "bleibt", "unterschied": ["K-001.name", "K-004.removed"], **hidden(text)})
    text = page(editor, DIFFERENCES)
    assert set(re.findall(r'name="unterschied" value="([^"]*)"', text)) == {"K-001.spoken", "Z-001.ages"}
    with inside(behind):
        assert not Adopted.objects.filter(code="K-004").exists()


def test_what_somebody_looked_at_is_what_they_take(behind, editor):
    text = page(editor, DIFFERENCES)
    issue(changed(FIRST, K_001={"name": "Ganz anders"}))
    answer = editor.post(DIFFERENCES, {"was": "alle", **hidden(text)}, follow=True)
    assert "Das hat sich inzwischen geändert." in answer.content.decode()
    with inside(behind):
        assert "Bewegung" in names()


def test_nothing_ticked_and_what_nobody_knows_do_no_harm(behind, editor):
    text = page(editor, DIFFERENCES)
    for sent in (
        {"was": "gewaehlte"},
        {"was": "bleibt"},
        {},
        {"was": "gewaehlte", "unterschied": ["x", "K-999.name", "."]},
    ):
        assert editor.post(DIFFERENCES, {**sent, **hidden(text)}).status_code == 302
    with inside(behind):
        assert names() == {"Bewegung", "Schwimmen", "Gymnastik", "Beratung"}


def test_it_waits_on_the_desk_until_it_is_put_off(behind, editor):
    with inside(behind):
        source = next(each for each in sources_for([Role.EDITOR]) if each.kind == "katalog")
        assert source.rows().count() == 1
    assert "Neue Ausgabe des gemeinsamen Katalogs" in page(editor, "/redaktion/")
    text = page(editor, DIFFERENCES)
    editor.post(DIFFERENCES, {"was": "spaeter", **hidden(text)})
    with inside(behind):
        assert source.rows().count() == 0
        assert State.objects.get().put_off == 2
    assert "Neue Ausgabe des gemeinsamen Katalogs" not in page(editor, "/redaktion/")
    assert "Unterschiede ansehen" in page(editor, HOME)


def test_proposals_are_confirmed_and_refused_each_and_all(ahausen, editor, first):
    with inside(ahausen):
        for name in ("Bewegung", "beratung"):
            changing.add(CATEGORIES, Category(name=name), by="test")
        changing.add(CATEGORIES, Category(name="Turnen", parent=Category.objects.get(name="Bewegung")), by="test")
    url = f"{HOME}vorschlaege/"
    assert "3 neue Vorschläge." in editor.post(url, {"was": "suchen"}, follow=True).content.decode()
    text = page(editor, url)
    pks = re.findall(r'name="vorschlag" value="(\d+)" checked', text)
    with inside(ahausen):
        counselling = Proposal.objects.get(code="K-004").pk
    assert len(pks) == 3
    editor.post(url, {"was": f"nein:{counselling}", "vorschlag": pks})
    editor.post(url, {"was": "ja", "vorschlag": pks})
    with inside(ahausen):
        linked = dict(Adopted.objects.values_list("code", "object_id"))
        assert {code for code, pk in linked.items() if pk} == {"K-001", "K-003"}
        assert {code for code, pk in linked.items() if not pk} == {"K-002", "K-004"}, "what it lacks was not asked for"
        assert linking.open_proposals() == []
        assert Category.objects.get(name="Bewegung").color == "", "a link changes nothing of it"
    assert "Keine Unterschiede" in page(editor, DIFFERENCES), "what it has otherwise is its own, and nothing to decide"
    assert re.search(
        r'Bewegung</a></th>.*?data-label="Von Ihnen geändert">([^<]*Farbe)', page(editor, f"{HOME}verknuepfungen/")
    )


def test_links_are_made_and_ended_and_what_is_missing_is_proposed(behind, editor):
    with inside(behind):
        own = changing.add(CATEGORIES, Category(name="Musizieren"), by="test")
    text = page(editor, f"{HOME}verknuepfungen/")
    assert "Gymnastik" in text
    assert f"{HOME}verknuepfungen/category/{own.pk}/" in text
    one = f"{HOME}verknuepfungen/category/{own.pk}/"
    assert '<option value="K-005">Musik</option>' in page(editor, one)
    editor.post(one, {"was": "verknuepfen", "eintrag": "K-005"})
    with inside(behind):
        assert Adopted.objects.get(code="K-005").object_id == own.pk
    assert editor.get(one).status_code == 404, "it is linked now"
    editor.post(f"{HOME}verknuepfungen/", {"ende": "K-005"})
    answer = editor.post(one, {"was": "wuenschen"})
    ticket = Ticket.objects.get(title="Katalog: „Musizieren“")
    assert answer.url == f"/plattform/meldungen/{ticket.pk}/"
    assert ticket.kind == "wish"
    assert "@" not in ticket.happened + ticket.expected


@pytest.mark.parametrize("path", ["", "uebernehmen/", "unterschiede/", "verknuepfungen/", "vorschlaege/"])
def test_others_do_not_get_in(ahausen, first, signed_in, visitor, path):
    assert visitor("ahausen").get(HOME + path).status_code == 302
    assert signed_in(ahausen, Role.PROVIDER).get(HOME + path).status_code in {403, 404}
    assert signed_in(ahausen, Role.PLANNER).get(HOME + path).status_code in {403, 404}


def test_the_neighbour_sees_nothing_of_it(behind, bedorf, signed_in):
    client = signed_in(bedorf, Role.EDITOR)
    assert "Sie haben noch nichts aus dem Katalog." in page(client, HOME)
    with inside(bedorf):
        assert not Adopted.objects.exists()
