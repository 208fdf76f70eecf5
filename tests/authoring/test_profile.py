"""An organisation writes its profile without scripts: pages, sent, approved, changed; the old one stays until then."""

import re

import pytest

from mail.models import OutboxMessage
from portal.media.models import MediaFile
from portal.preferences.models import ApprovalRule
from portal.providers import editing
from portal.providers.models import Membership, Provider
from portal.providers.states import State
from portal.revisions.models import Revision
from portal.taxonomy.models import District
from tenants.running.context import inside
from tests.authoring.filling import _Reader, form_of, send
from tests.authoring.test_story import photo
from tests.revisions.conftest import Cast, cast  # noqa: F401

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGES = ("wer", "kontakt", "zeiten", "bilder", "pruefen")


@pytest.fixture
def signed_in(visitor):
    def of(user):
        client = visitor("ahausen")
        client.force_login(user, backend=BACKEND)
        return client

    return of


@pytest.fixture
def leader(cast: Cast, signed_in):  # noqa: F811
    return signed_in(cast.administrator)


def begun(cast: Cast, name: str = "Chor Ahausen") -> Provider:  # noqa: F811
    """As registration makes it: a draft with nothing but a name."""
    made = editing.start({"name": name}, by=cast.administrator)
    Membership.objects.create(provider=made, user=cast.administrator, role=Membership.Role.ADMINISTRATOR)
    return made


def test_from_a_bare_name_to_a_public_page_and_on(cast, leader, signed_in, visitor):  # noqa: F811
    cast.rule(ApprovalRule.CHANGES)
    district = District.objects.create(name="Mitte")
    choir = begun(cast)
    home = f"/konto/anbieter/{choir.pk}/"
    page = leader.get(home).content.decode()
    assert "Entwurf" in page
    assert "in ein oder zwei Sätzen" in page
    way = f"{home}profil/"

    answer = send(leader, f"{way}wer/", tagline="Seit 1921", summary="Wir singen.", text="Kommen Sie.\n\n- dienstags",
                  categories=[str(cast.sport.pk)])  # fmt: skip
    assert answer.url == f"{way}kontakt/"
    answer = send(leader, f"{way}kontakt/", street="Markt 1", postcode="66111", phone="0681 123",
                  website="www.chor.example", district=str(district.pk), contact_name="Rosa Klang")  # fmt: skip
    assert answer.url == f"{way}zeiten/"
    stays = send(leader, f"{way}zeiten/", "more", more="h_1", h_1_0_from="9", h_1_0_to="12 Uhr")
    assert stays.status_code == 200
    assert b"h_1_1_from" in stays.content
    hours = {"h_1": "2", "h_1_1_from": "14:00", "h_1_1_to": "16.30", "h_3_0_from": "18:00", "h_3_0_to": "20:00"}
    answer = send(leader, f"{way}zeiten/", **hours, n_2="nach Vereinbarung", note="In den Ferien bitte anrufen.",
                  closed_on_holidays="on", closed_in_school_holidays="on")  # fmt: skip
    assert answer.url == f"{way}bilder/"
    stays = send(leader, f"{way}bilder/", bild=photo(), bild_alt="Eine Probe", bild_credit="Rosa", permission="on")
    assert stays.status_code == 200
    stays = send(leader, f"{way}bilder/", "f_neu")
    assert b"f_0_label" in stays.content
    answer = send(leader, f"{way}bilder/", f="1", f_0_label="Stimmen", f_0_text="40", employees="2", volunteering="on")
    assert answer.url == f"{way}pruefen/"
    page = leader.get(f"{way}pruefen/").content.decode()
    assert 'class="missing"' not in page
    assert "An die Redaktion schicken" in page
    preview = leader.get(f"{way}vorschau/?rahmen=1").content.decode()
    for said in ("Seit 1921", "nach Vereinbarung", "Stimmen", "An Feiertagen und in den Schulferien geschlossen."):
        assert said in preview
    assert send(leader, f"{way}pruefen/", "abschicken").url == home

    waiting = Revision.objects.get(kind="provider", state="submitted")
    said = editing.content_of(waiting)
    assert said["opening_hours"] == [
        {"weekday": 1, "opens": "09:00", "closes": "12:00"},
        {"weekday": 1, "opens": "14:00", "closes": "16:30"},
        {"weekday": 3, "opens": "18:00", "closes": "20:00"},
    ]
    assert said["opening_notes"] == [{"weekday": 2, "text": "nach Vereinbarung"}]
    assert (said["city"], said["precision"], said["website"]) == ("Saarbrücken", "postcode", "https://www.chor.example")
    assert said["facts"] == [{"label": "Stimmen", "text": "<p>40</p>"}]
    assert MediaFile.objects.get(pk=said["images"][0]["media"]).permission.startswith("bestätigt von")
    public = f"/anbieter/{choir.pk}-chor-ahausen/"
    assert visitor("ahausen").get(public).status_code == 404

    editors = signed_in(cast.editor)
    shown = editors.get(f"/redaktion/pruefen/{waiting.pk}/").content.decode()
    for told in ("Wir singen.", "Dienstag: nach Vereinbarung", "Montag 09:00–12:00", "Stimmen", "Mitte"):
        assert told in shown
    assert "Seit 1921" in editors.get(f"/redaktion/pruefen/{waiting.pk}/vorschau/").content.decode()
    editors.post(f"/redaktion/pruefen/{waiting.pk}/freigeben/", {"version": waiting.version})
    page = visitor("ahausen").get(public).content.decode()
    for said_ in ("Wir singen.", "nach Vereinbarung", "An Feiertagen und in den Schulferien geschlossen."):
        assert said_ in page
    assert '"https://schema.org/PublicHolidays"' in page


def test_a_change_waits_while_residents_see_the_old_text(cast, leader, signed_in, visitor):  # noqa: F811
    cast.rule(ApprovalRule.CHANGES)
    Provider.objects.filter(pk=cast.club.pk).update(summary="Wir turnen.", phone="0681 1")
    home, public = f"/konto/anbieter/{cast.club.pk}/", f"/anbieter/{cast.club.pk}-turnverein/"
    way, editors = f"{home}profil/", signed_in(cast.editor)
    send(leader, f"{way}wer/", summary="Wir turnen laut.")
    assert "noch nicht abgeschickt" in leader.get(home).content.decode()
    assert send(leader, f"{way}pruefen/", "abschicken").url == home
    assert "Wir turnen laut." not in visitor("ahausen").get(public).content.decode()
    assert "laut" in leader.get(f"{way}aenderung/").content.decode()
    waiting = Revision.objects.get(kind="provider", state="submitted")
    page = editors.get(f"/redaktion/pruefen/{waiting.pk}/").content.decode()
    # What is new is marked, and said.
    assert re.search(r"Wir turnen\s*<ins>.*?laut", page)
    editors.post(f"/redaktion/pruefen/{waiting.pk}/freigeben/", {"version": waiting.version})
    assert "Wir turnen laut." in visitor("ahausen").get(public).content.decode()


def test_returned_with_a_reason_it_goes_on_where_it_was(cast, leader, signed_in):  # noqa: F811
    choir = begun(cast)
    home = f"/konto/anbieter/{choir.pk}/"
    assert "Noch findet niemand" in leader.get("/konto/").content.decode()
    send(leader, f"{home}profil/wer/", summary="Wir singen.")
    send(leader, f"{home}profil/kontakt/", email="chor@verein.example")
    send(leader, f"{home}profil/pruefen/", "abschicken")
    assert "In Prüfung" in leader.get(home).content.decode()
    assert "Wir prüfen Ihre Anmeldung" in leader.get("/konto/").content.decode()
    waiting = Revision.objects.get(kind="provider", state="submitted")
    answer = {"version": waiting.version, "grund": "Bitte nennen Sie den Ort."}
    signed_in(cast.editor).post(f"/redaktion/pruefen/{waiting.pk}/zurueckgeben/", answer)
    page = leader.get(home).content.decode()
    assert "Zurückgegeben" in page
    assert "Bitte nennen Sie den Ort." in page
    assert "Die Redaktion bittet um etwas" in leader.get("/konto/").content.decode()
    assert form_of(leader, f"{home}profil/wer/")["summary"] == ["Wir singen."]
    mail = OutboxMessage.objects.get(subject="Rückfrage zu Ihrer Anmeldung: Chor Ahausen")
    assert mail.to == "administrator@verein.example"
    assert "Bitte nennen Sie den Ort." in mail.body
    # To the list of organisations, which leads to sending it again and to the profile.
    assert "/konto/anbieter/" in mail.body
    send(leader, f"{home}profil/kontakt/", postcode="66111")
    send(leader, f"{home}profil/pruefen/", "abschicken")
    waiting = Revision.objects.get(kind="provider", state="submitted")
    signed_in(cast.editor).post(f"/redaktion/pruefen/{waiting.pk}/freigeben/", {"version": waiting.version})
    # One mail for each word of the editors, not one of the registration and one of the profile.
    told = OutboxMessage.objects.filter(to="administrator@verein.example").values_list("subject", flat=True)
    assert sorted(told) == ["Jetzt im Portal: Chor Ahausen", "Rückfrage zu Ihrer Anmeldung: Chor Ahausen"]
    assert "Veröffentlicht" in leader.get(home).content.decode()


@pytest.mark.parametrize("rule", [ApprovalRule.PROVIDERS, ApprovalRule.OFFERS])
def test_where_changes_need_no_approval_they_are_live_at_once(cast, leader, visitor, rule):  # noqa: F811
    cast.rule(rule)
    way = f"/konto/anbieter/{cast.club.pk}/profil/"
    send(leader, f"{way}wer/", name="Turnverein 1900", summary="Für alle.")
    send(leader, f"{way}kontakt/", phone="0681 5")
    assert "Jetzt veröffentlichen" in leader.get(f"{way}pruefen/").content.decode()
    send(leader, f"{way}pruefen/", "abschicken")
    assert "Für alle." in visitor("ahausen").get(f"/anbieter/{cast.club.pk}-turnverein-1900/").content.decode()


def test_what_is_missing_is_said_and_it_is_not_sent(cast, leader):  # noqa: F811
    choir = begun(cast)
    way = f"/konto/anbieter/{choir.pk}/profil/"
    answer = send(leader, f"{way}pruefen/", "abschicken")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "2 Angaben fehlen noch" in page
    assert f'href="{way}wer/"' in page
    assert f'href="{way}kontakt/"' in page
    choir.refresh_from_db()
    assert choir.state == State.DRAFT


def test_a_double_click_sends_one(cast, leader):  # noqa: F811
    way = f"/konto/anbieter/{cast.club.pk}/profil/"
    cast.rule(ApprovalRule.CHANGES)
    send(leader, f"{way}wer/", summary="Neu.")
    send(leader, f"{way}kontakt/", phone="0681 5")
    fields = form_of(leader, f"{way}pruefen/")
    for _click in range(2):
        assert leader.post(f"{way}pruefen/", {**fields, "abschicken": "1"}).url == f"/konto/anbieter/{cast.club.pk}/"
    assert Revision.objects.filter(kind="provider").exclude(state="working").count() == 1


def test_withdrawn_the_text_is_still_there(cast, leader):  # noqa: F811
    cast.rule(ApprovalRule.CHANGES)
    way = f"/konto/anbieter/{cast.club.pk}/profil/"
    send(leader, f"{way}wer/", summary="Neu.")
    send(leader, f"{way}kontakt/", phone="0681 5")
    send(leader, f"{way}pruefen/", "abschicken")
    assert leader.post(f"{way}zurueckziehen/").url == f"{way}pruefen/"
    assert Revision.objects.filter(state="submitted").count() == 0
    assert form_of(leader, f"{way}wer/")["summary"] == ["Neu."]
    # Again it does nothing and says so.
    assert leader.post(f"{way}zurueckziehen/").url == f"/konto/anbieter/{cast.club.pk}/"


def test_members_look_and_read_who_may_change_it(cast, signed_in):  # noqa: F811
    member, stranger = signed_in(cast.member), signed_in(cast.stranger)
    home = f"/konto/anbieter/{cast.club.pk}/"
    page = member.get(home).content.decode()
    assert "Wer diese Seite ändern darf" in page
    assert "administrator" in page
    assert f"{home}profil/wer/" not in page
    assert member.get(f"{home}profil/vorschau/").status_code == 200
    for slug in PAGES:
        assert member.get(f"{home}profil/{slug}/").status_code == 403
        assert member.post(f"{home}profil/{slug}/", {"name": "Anders"}).status_code == 403
    for path in ("", "profil/aenderung/", "profil/vorschau/", *(f"profil/{slug}/" for slug in PAGES)):
        assert stranger.get(home + path).status_code == 404
    cast.club.refresh_from_db()
    assert cast.club.name == "Turnverein"


def test_two_people_see_both_versions_and_other_fields_are_merged(cast, leader, signed_in):  # noqa: F811
    second = signed_in(cast.editor)
    address = f"/konto/anbieter/{cast.club.pk}/profil/wer/"
    fields = form_of(leader, address)
    leader.post(address, {**fields, "tagline": "Erstes Fenster", "weiter": "1"})
    # Another field: both stay.
    assert leader.post(address, {**fields, "summary": "Zweites Fenster", "weiter": "1"}).status_code == 302
    said = editing.begin(cast.club, by=cast.administrator).content
    assert (said["tagline"], said["summary"]) == ("Erstes Fenster", "Zweites Fenster")
    # The same field: both are shown.
    answer = leader.post(address, {**fields, "tagline": "Drittes Fenster", "weiter": "1"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Erstes Fenster" in text
    assert "Drittes Fenster" in text
    reader = _Reader(f"/konto/anbieter/{cast.club.pk}/profil/waehlen/")
    reader.feed(text)
    leader.post(f"/konto/anbieter/{cast.club.pk}/profil/waehlen/", {**reader.fields, "wahl_tagline": "ihre"})
    assert editing.begin(cast.club, by=cast.administrator).content["tagline"] == "Erstes Fenster"
    # Somebody else's text is not touched by all this.
    assert form_of(second, address)["tagline"] == [""]


def test_the_page_is_saved_while_somebody_types(cast, leader):  # noqa: F811
    address = f"/konto/anbieter/{cast.club.pk}/profil/wer/"
    fields = form_of(leader, address)
    htmx = {"HX-Request": "true"}
    answer = leader.post(address, {**fields, "summary": "Halb get", "sichern": "1"}, headers=htmx)
    assert "Gespeichert um" in answer.content.decode()
    assert 'name="base"' in answer.content.decode()
    assert f"/konto/anbieter/{cast.club.pk}/profil/vorschau/?rahmen=1" in answer.content.decode()
    assert answer["HX-Trigger"] == "gespeichert"
    assert form_of(leader, address)["summary"] == ["Halb get"]
    # The button sends the old base, as the page had not been answered yet: no clash with oneself.
    assert leader.post(address, {**fields, "summary": "Halb get", "weiter": "1"}).status_code == 302
    clash = leader.post(address, {**fields, "summary": "Anderes", "sichern": "1"}, headers=htmx)
    assert "beide Fassungen" in clash.content.decode()
    assert form_of(leader, address)["summary"] == ["Halb get"]


def test_a_button_with_the_focus_is_not_pressed_by_saving(cast, leader):  # noqa: F811
    address = f"/konto/anbieter/{cast.club.pk}/profil/bilder/"
    send(leader, address, f="1", f_0_label="Seit", f_0_text="1921")
    fields = form_of(leader, address)
    sent = {**fields, "f_weg": "0", "employees": "viele", "sichern": "1"}
    assert leader.post(address, sent, headers={"HX-Request": "true"}).status_code == 200
    assert form_of(leader, address)["f_0_label"] == ["Seit"]
    # What could not be understood is not complained about yet, and is still there.
    assert form_of(leader, address)["employees"] == ["viele"]


def test_formats_of_the_editor_are_kept(cast, leader):  # noqa: F811
    address = f"/konto/anbieter/{cast.club.pk}/profil/wer/"
    send(leader, address, text="Wir turnen.", text_html="<p>Wir <strong>turnen</strong>.</p><script>x</script>")
    said = editing.begin(cast.club, by=cast.administrator).content["description"]
    assert said == "<p>Wir <strong>turnen</strong>.</p>"
    send(leader, address, tagline="Neu")
    assert editing.begin(cast.club, by=cast.administrator).content["description"] == said


def test_a_submitted_name_from_registration_can_be_completed(cast, leader):  # noqa: F811
    choir = begun(cast)
    Provider.objects.filter(pk=choir.pk).update(state=State.SUBMITTED)
    home = f"/konto/anbieter/{choir.pk}/"
    assert leader.get(home).status_code == 200
    send(leader, f"{home}profil/wer/", summary="Wir singen.")
    send(leader, f"{home}profil/kontakt/", phone="0681 1")
    assert send(leader, f"{home}profil/pruefen/", "abschicken").url == home
    assert editing.content_of(Revision.objects.get(state="submitted"))["summary"] == "Wir singen."
    assert leader.get(f"{home}profil/aenderung/").status_code == 200


def test_a_name_without_anything_gets_its_pages_too(cast, leader):  # noqa: F811
    nameless = Provider.objects.create(state=State.DRAFT)
    Membership.objects.create(provider=nameless, user=cast.administrator, role=Membership.Role.ADMINISTRATOR)
    home = f"/konto/anbieter/{nameless.pk}/"
    for path in ("", "profil/vorschau/", *(f"profil/{slug}/" for slug in PAGES)):
        assert leader.get(home + path).status_code == 200


def test_a_session_of_one_municipality_opens_nothing_next_door(cast, leader, visitor, bedorf):  # noqa: F811
    with inside(bedorf):
        Provider.objects.create(pk=cast.club.pk, name="Verein drüben", state=State.DRAFT)
    neighbour = visitor("bedorf")
    neighbour.cookies["sessionid"] = leader.cookies["sessionid"].value
    home = f"/konto/anbieter/{cast.club.pk}/"
    for path in ("", "profil/vorschau/", "profil/aenderung/", *(f"profil/{slug}/" for slug in PAGES)):
        for answer in (neighbour.get(home + path), neighbour.post(home + path, {"name": "Anders"})):
            assert answer.status_code in {302, 405}
            assert "drüben" not in answer.content.decode()
            assert answer.status_code == 405 or answer.url.startswith("/konto/anmelden/")
    with inside(bedorf):
        assert Provider.objects.get().name == "Verein drüben"
