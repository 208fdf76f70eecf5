"""The operator's pages of the catalogue."""

import csv
import json
from datetime import date
from io import StringIO

import pytest
from django.test import Client

from core.access import Role
from shared_categories import reading, services, start, uses
from shared_categories.content import working_copy
from shared_categories.models import Entry, Kind, Release, Use
from shared_categories.values import Link
from tenants.models import Municipality, MunicipalityFigures, State
from tenants.running.context import inside_public
from tests.shared_categories.conftest import BY, category

pytestmark = pytest.mark.usefixtures("public")
HERE = "/betrieb/kategorien/"


@pytest.fixture
def operator(signed_in) -> Client:
    return signed_in(None, Role.OPERATOR)


def read(client: Client, path: str, status: int = 200, **asked: str) -> str:
    answer = client.get(f"{HERE}{path}", asked)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def send(client: Client, path: str, status: int = 302, **said: str) -> str:
    answer = client.post(f"{HERE}{path}", said)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode() if status != 302 else answer.url


def many_towns(number: int) -> list[Municipality]:
    """Rows alone: nobody enters them."""
    return Municipality.objects.bulk_create(
        Municipality(slug=f"ort-{n:02}", schema_name=f"ort-{n:02}", name=f"Ort {n:02}") for n in range(number)
    )


def test_an_empty_catalogue_is_begun_by_a_button(operator):
    assert "beginnen/" in read(operator, "")
    send(operator, "beginnen/")
    page = read(operator, "")
    assert "Nachhilfe und Lernförderung" in page
    assert "beginnen/" not in page
    assert "Barrierefreie Toilette" in read(operator, "art/barrierefreiheit/")
    for slug in ("zielgruppen", "altersphasen", "sprachen", "synonyme", "textbausteine"):
        read(operator, f"art/{slug}/")
    assert operator.get(f"{HERE}art/themen/").url == HERE
    read(operator, "art/gibtesnicht/", 404)
    send(operator, "beginnen/")
    assert Entry.objects.count() == 228


def test_the_list_asks_the_database_little(operator, django_assert_max_num_queries):
    start.begin(by=BY)
    with django_assert_max_num_queries(12):
        read(operator, "")


def test_the_search_finds_by_word_code_translation_and_synonym(operator):
    start.begin(by=BY)
    for words, found in (
        ("nachhilfe", "K-003"),
        ("K-011", "K-011"),
        ("Eğitim ve", "K-001"),
        ("Leihoma", "W-037"),
        ("Nachweis fehlt", "T-001"),
    ):
        assert found in read(operator, "", q=words), words
    assert "Nichts gefunden" in read(operator, "", q="Quastenflosser")
    # No text of the database holds a NUL; asked for one it is a fault, not an empty list.
    assert "Nichts gefunden" in read(operator, "", q="Quasten\0flosser")
    assert read(operator, "art/themen/neu/", unter="K\0-001")


def test_an_entry_is_added_changed_translated_and_linked(operator):
    top = category("Bildung")
    address = send(operator, f"art/themen/neu/?unter={top.code}", name="Schulen", icon="school", color="#0AF")
    entry = Entry.objects.get(code="K-002")
    assert address.endswith("K-002/")
    assert (entry.parent, entry.color, entry.icon) == (top, "#00aaff", "school")
    send(operator, "K-002/", name="Schulen und Abschlüsse", seen=entry.changed_at.isoformat())
    entry.refresh_from_db()
    assert (entry.name, entry.color) == ("Schulen und Abschlüsse", "")
    assert "inzwischen" in send(operator, "K-002/", 400, name="Schule", seen="2026-01-01T00:00:00+00:00")
    assert "Eintrag dieses Namens" in send(operator, "art/themen/neu/", 400, name="Bildung")
    send(operator, "K-002/uebersetzungen/", tr_name="Okullar", ar_name="المدارس", ar_definition="")
    entry.refresh_from_db()
    assert entry.translations == {"tr": {"name": "Okullar"}, "ar": {"name": "المدارس"}}
    send(operator, "K-002/zuordnungen/", vocabulary="nace", code="85", relation="close")
    send(operator, "K-002/zuordnungen/", 400, vocabulary="nace", code="Schule", relation="close")
    send(operator, "K-002/zuordnungen/", vocabulary="schema.org", code="School", relation="exact")
    assert working_copy()["K-002"].mappings == (Link("nace", "85", "close"), Link("schema.org", "School", "exact"))
    page = read(operator, "K-002/")
    for said in ("Okullar", "NACE", "fast dasselbe", "Schulen</del>", "Bildung"):
        assert said in page, said
    send(operator, f"K-002/zuordnungen/{entry.mappings.get(vocabulary='nace').pk}/entfernen/")
    assert entry.mappings.count() == 1


def test_words_and_texts_have_their_forms(operator):
    send(operator, "art/synonyme/neu/", 400, name="Kita", words="Kita")
    send(operator, "art/synonyme/neu/", name="Kita", words="Kita\n\n Kindergarten \n")
    assert Entry.objects.get(code="W-001").words == ["Kita", "Kindergarten"]
    send(operator, "art/textbausteine/neu/", 400, name="Bild", text="")
    send(operator, "art/textbausteine/neu/", name="Bild", text="Bitte ein Bild.")
    send(operator, "art/altersphasen/neu/", 400, name="Kinder", min_age="9", max_age="3")
    send(operator, "art/altersphasen/neu/", name="Kinder", min_age="3", max_age="9")
    read(operator, "W-001/uebersetzungen/", 404)


def test_buttons_move_an_entry_up_and_down(operator):
    for name in "abc":
        category(name)
    for code, way, order in (
        ("K-003", "hoch", "acb"),
        ("K-003", "hoch", "cab"),
        ("K-003", "hoch", "cab"),
        ("K-001", "runter", "cba"),
        ("K-001", "runter", "cba"),
    ):
        send(operator, f"{code}/bewegen/", richtung=way)
        assert "".join(entry.name for entry in Entry.objects.present()) == order


def test_an_entry_cannot_be_moved_below_its_child(operator):
    top = category("Bildung")
    low = category("Schule", top)
    assert "unter sich selbst" in send(operator, "K-001/verschieben/", 400, parent=low.code, behind="")
    send(operator, "K-002/verschieben/", parent="", behind="K-001")
    low.refresh_from_db()
    assert low.parent is None


def test_merging_shows_first_and_then_merges(operator):
    one, two = category("Sport"), category("Bewegung")
    category("Yoga", one)
    page = read(operator, "K-001/zusammenfuehren/", into="K-002")
    assert "1 Eintrag darunter" in page
    assert Entry.objects.present().count() == 3
    send(operator, "K-001/zusammenfuehren/", into="K-002")
    one.refresh_from_db()
    assert one.replaced_by == two
    assert "K-001" in read(operator, "K-002/")
    assert "aufgegangen" in read(operator, "K-001/")
    read(operator, "K-001/entfernen/", 404)
    send(operator, "K-001/wieder/")
    one.refresh_from_db()
    assert one.is_present


def test_removing_what_fifty_municipalities_have_shows_them_and_leaves_theirs(operator):
    entry = category("Sport")
    services.issue_release("Die erste.", by=BY)
    for number, town in enumerate(many_towns(50)):
        uses.note(town, {entry.code: number}, date(2026, 11, 28))
    page = read(operator, "K-001/entfernen/")
    assert "50 von 52 Kommunen haben ihn übernommen." in page
    assert "obwohl 50 Kommunen" in page
    assert "Ort 49" in page
    send(operator, "K-001/entfernen/")
    assert uses.usage_of(entry.code) == uses.Usage(50, sum(range(50)))
    send(operator, "ausgaben/", note="Sport fällt weg.")
    newest = reading.newest()
    assert newest.values[entry.code].removed
    assert newest.values[entry.code].name == "Sport"
    assert Use.objects.filter(code=entry.code).count() == 50
    assert "von 50 Kommunen übernommen" in read(operator, "vergleich/", von="1", bis="2")


def test_what_has_something_below_it_is_not_removed_by_a_button(operator):
    category("Schule", category("Bildung"))
    assert "Bitte zuerst" in read(operator, "K-001/entfernen/")
    send(operator, "K-001/entfernen/")
    assert Entry.objects.present().count() == 2


def test_a_release_is_issued_with_a_note_and_compared(operator):
    entry = category("Bildung", definition="Alles, wobei man lernt.")
    assert "1 Eintrag" in read(operator, "ausgaben/")
    send(operator, "ausgaben/", 400, note="")
    send(operator, "ausgaben/", note="Die erste Ausgabe.")
    release = Release.objects.get()
    assert (release.number, release.note, release.by) == (1, "Die erste Ausgabe.", "operator@platform.example")
    assert "nichts Neues" in send(operator, "ausgaben/", 400, note="Noch eine.")
    services.change(entry, by=BY, name="Lernen")
    page = read(operator, "ausgaben/")
    assert "<del>Bildung</del>" in page
    assert "<ins>Lernen</ins>" in page
    send(operator, "ausgaben/", note="Kürzer.")
    for asked in ({"von": "1", "bis": "2"}, {"von": "2", "bis": "1"}, {"von": "1"}, {"von": "9", "bis": "x"}, {}):
        read(operator, "vergleich/", **asked)
    assert "Lernen" in read(operator, "vergleich/", von="1", bis="2")


def test_the_console_says_how_much_is_not_issued(operator):
    category("Bildung")
    assert "noch nicht herausgegeben: 1" in operator.get("/betrieb/").content.decode()
    services.issue_release("Die erste.", by=BY)
    assert "noch nicht herausgegeben" not in operator.get("/betrieb/").content.decode()


def test_figures_of_municipalities_can_be_compared(operator, ahausen, bedorf):
    with inside_public():
        entry, other = category("Bildung"), category("=Sport")
        night = date(2026, 11, 28)
        for town, published in ((ahausen, 200), (bedorf, 1000)):
            MunicipalityFigures.objects.create(
                municipality=town, night=night, published_offers=published, measured_at="2026-11-29T02:00Z"
            )
        uses.note(ahausen, {entry.code: 50, other.code: 3}, night)
        uses.note(bedorf, {entry.code: 100}, night)
    page = read(operator, "statistik/", kommune="ahausen")
    assert "250.0 ‰" in page or "250,0 ‰" in page
    assert "nicht übernommen" not in page
    assert "nicht übernommen" in read(operator, "statistik/", kommune="bedorf")
    answer = operator.get(f"{HERE}statistik.csv")
    table = b"".join(answer).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(table), delimiter=";"))
    assert rows[1:] == [
        ["K-001", "Thema", "Bildung", bedorf.name, "bedorf", "100", "1000", "100,0", "2026-11-28"],
        ["K-001", "Thema", "Bildung", ahausen.name, "ahausen", "50", "200", "250,0", "2026-11-28"],
        ["K-002", "Thema", "'=Sport", ahausen.name, "ahausen", "3", "200", "15,0", "2026-11-28"],
    ]
    # The next night: what it no longer has goes.
    uses.note(ahausen, {other.code: 4}, date(2026, 11, 29))
    assert uses.usage() == {entry.code: uses.Usage(1, 100), other.code: uses.Usage(1, 4)}
    # Who is archived counts no more.
    Municipality.objects.filter(pk=bedorf.pk).update(state=State.ARCHIVED)
    assert uses.usage() == {other.code: uses.Usage(1, 4)}


def test_everybody_may_read_a_release(visitor):
    top = category("Bildung", translations={"tr": {"name": "Eğitim"}})
    category("Schule", top)
    services.link(top, [Link("nace", "85", "broader")], by=BY)
    gone = category("Allerlei")
    assert visitor("").get("/katalog/").status_code == 404
    services.issue_release("Die erste.", by=BY)
    services.merge(gone, into=top, by=BY)
    services.issue_release("Die zweite.", by=BY)
    assert visitor("").get("/katalog/").url == "/katalog/2.json"
    answer = visitor("").get("/katalog/2.json")
    assert answer["Content-Type"] == "application/ld+json"
    assert "immutable" in answer["Cache-Control"]
    scheme = json.loads(answer.content)
    concepts = {each["notation"]: each for each in scheme["concepts"]}
    assert scheme["number"] == 2
    assert scheme["hasTopConcept"] == ["http://localhost/katalog/2.json#K-001"]
    assert concepts["K-001"]["prefLabel"] == {"de": "Bildung", "tr": "Eğitim"}
    assert concepts["K-001"]["mappings"] == [{"vocabulary": "nace", "code": "85", "relation": "skos:broadMatch"}]
    assert concepts["K-002"]["broader"] == concepts["K-001"]["id"]
    assert (concepts["K-003"]["deprecated"], concepts["K-003"]["isReplacedBy"]) == (True, concepts["K-001"]["id"])
    table = visitor("").get("/katalog/2.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(table), delimiter=";"))
    assert [(row["code"], row["parent"], row["name_tr"], row["removed"]) for row in rows] == [
        ("K-001", "", "Eğitim", "0"),
        ("K-002", "K-001", "", "0"),
        ("K-003", "", "", "1"),
    ]
    for missing in ("/katalog/3.json", "/katalog/0.csv"):
        assert visitor("").get(missing).status_code == 404


def test_kinds_stay_apart_in_lists(operator):
    category("Eltern")
    services.create(Kind.TARGET_GROUP, by=BY, name="Väter")
    assert "Väter" not in read(operator, "")
    assert "Eltern" not in read(operator, "art/zielgruppen/")
