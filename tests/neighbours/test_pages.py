"""The pages on which municipalities agree, and what they say."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.access import Role
from neighbours import services
from neighbours.models import Agreement, Roof
from tenants.running.context import inside
from tests.factories import an_offer
from tests.neighbours.people import agree, propose, span

HOME = "/redaktion/nachbarn/"


@pytest.fixture
def editor(ahausen, signed_in):
    return signed_in(ahausen, Role.EDITOR)


@pytest.fixture
def there(bedorf, signed_in):
    return signed_in(bedorf, Role.EDITOR)


def text(client, address=HOME, **headers):
    answer = client.get(address, **headers)
    assert answer.status_code == 200
    return answer.content.decode()


def today(**ahead):
    return (timezone.localdate() + timedelta(**ahead)).isoformat()


def test_proposing_and_consenting_through_the_pages(ahausen, bedorf, editor, there):
    answer = editor.post(HOME, {"town": bedorf.pk, "valid_from": today()})
    assert answer.status_code == 302
    agreement = Agreement.objects.get()
    assert "wartet auf die andere Seite" in text(editor)
    page = text(there)
    assert "Stadt Ahausen" in page
    assert "wartet auf Ihre Antwort" in page
    assert there.post(f"{HOME}{agreement.pk}/annehmen/").status_code == 302
    agreement.refresh_from_db()
    assert agreement.state == "agreed"
    assert "gilt" in text(editor)
    assert "zugestimmt" in text(editor)


def test_ending_asks_first(ahausen, bedorf, editor):
    agreement = agree(ahausen, bedorf)
    page = text(editor, f"{HOME}{agreement.pk}/beenden/")
    assert "Beenden: Gemeinde Bedorf" in page
    assert editor.post(f"{HOME}{agreement.pk}/beenden/").status_code == 302
    agreement.refresh_from_db()
    assert agreement.state == "revoked"
    assert "Früher" in text(editor)


def test_a_stranger_s_agreement_is_not_there(ahausen, bedorf, signed_in, editor):
    from tests.architecture.access_neighbours import next_door

    with inside(bedorf):
        foreign = next_door()["proposal"]
    assert editor.get(f"{HOME}{foreign.pk}/beenden/").status_code == 404
    assert editor.post(f"{HOME}{foreign.pk}/annehmen/").status_code == 404
    assert "Nachbarstadt" not in text(editor).partition("<form class=")[0]


def test_what_cannot_be_is_said_at_the_form(ahausen, bedorf, editor):
    for given, sentence in (
        ({"town": "", "valid_from": today()}, "Dieses Feld"),
        ({"town": ahausen.pk, "valid_from": today()}, "eine der Kommunen"),
        ({"town": "9" * 40, "valid_from": today()}, "eine der Kommunen"),
        ({"town": bedorf.pk, "valid_from": "gestern"}, "Datum"),
        ({"town": bedorf.pk, "valid_from": today(), "valid_until": today(days=-1)}, "letzte Tag"),
    ):
        answer = editor.post(HOME, given)
        assert answer.status_code == 400
        assert sentence in answer.content.decode(), given
    propose(bedorf, ahausen)
    answer = editor.post(HOME, {"town": bedorf.pk, "valid_from": today()})
    assert "gibt es eine solche Vereinbarung" in answer.content.decode()
    assert Agreement.objects.count() == 1


def test_the_page_says_how_much_is_shown(ahausen, bedorf, editor):
    with inside(bedorf):
        an_offer(title="Segeln")
        an_offer(title="Rudern")
    with inside(ahausen):
        an_offer(title="Töpfern")
    agree(ahausen, bedorf)
    page = text(editor)
    assert "2 Angebote von dort werden hier gezeigt." in page
    assert "Ihr 1 veröffentlichtes Angebot" in page
    assert 'href="http://bedorf.localhost:8000/"' in page


def test_only_a_roof_portal_is_asked_what_it_proposes(ahausen, bedorf, editor):
    assert 'name="kind"' not in text(editor)
    services.mark_roof(ahausen, by="test")
    assert 'name="kind"' in text(editor)
    editor.post(HOME, {"town": bedorf.pk, "valid_from": today(), "kind": "roof"})
    assert Agreement.objects.get().kind == "roof"


def test_the_operator_marks_a_roof_portal_and_asks_members(ahausen, bedorf, signed_in):
    operator = signed_in(None, Role.OPERATOR)
    agree(ahausen, bedorf, days=span(0, 9))
    page = text(operator, "/betrieb/nachbarn/")
    assert "Stadt Ahausen – Gemeinde Bedorf" in page
    assert operator.post("/betrieb/nachbarn/dachportale/", {"kommune": ahausen.pk}).status_code == 302
    assert Roof.objects.filter(pk=ahausen.pk).exists()
    roof = f"/betrieb/nachbarn/dachportale/{ahausen.pk}/"
    assert operator.post(roof, {"town": bedorf.pk, "valid_from": today()}).status_code == 302
    member = Agreement.objects.get(kind="roof")
    assert (member.state, member.proposed_by) == ("proposed", "operator")
    assert "wartet auf Antwort" in text(operator, roof)
    assert operator.post(f"{roof}mitglieder/{member.pk}/entfernen/").status_code == 302
    member.refresh_from_db()
    assert member.state == "withdrawn"
    assert operator.post(f"{roof}aufheben/").status_code == 302
    assert operator.get(roof).status_code == 404


@pytest.mark.parametrize("given", ["", "x", "9" * 30, "-1", "٣"])
def test_junk_marks_nothing(signed_in, given):
    operator = signed_in(None, Role.OPERATOR)
    assert operator.post("/betrieb/nachbarn/dachportale/", {"kommune": given}).status_code == 302
    assert not Roof.objects.exists()


def test_the_pages_speak_english(ahausen, bedorf, editor):
    propose(bedorf, ahausen)
    page = text(editor, f"{HOME}?sprache=en")
    assert "Waits for your answer" in page
    assert "Vorschlag" not in page


def test_the_start_page_of_a_roof_portal_lists_its_members(ahausen, bedorf, visitor):
    with inside(bedorf):
        an_offer(title="Segeln auf dem See")
    services.mark_roof(ahausen, by="test")
    agree(ahausen, bedorf, "roof")
    page = visitor("ahausen").get("/").content.decode()
    assert "Segeln auf dem See" in page
    assert "http://bedorf.localhost:8000/angebote/" in page
