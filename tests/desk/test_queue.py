"""Going through the list one after the other, alone and by two; who is in charge, notes, watching."""

import threading

from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Entry
from core.access import Role
from core.own_data import everything_about, release
from portal.editorial.desk import tickets
from portal.editorial.models import Note, Ticket
from portal.editorial.review.models import Decision
from portal.feedback.models import Case
from tenants.running.context import inside
from tests.architecture.test_access import session_of
from tests.conftest import municipality
from tests.desk.conftest import a_case, handed_in, one_of_each


def test_after_each_decision_on_whatever_page_the_next_opens(ahausen, editors):
    with inside(ahausen):
        things = one_of_each()

    start = editors.get("/redaktion/der-reihe-nach/")
    review = f"/redaktion/pruefen/{things['angebot'].pk}/"
    assert start.url == review
    assert "Der Reihe nach" in editors.get(review).content.decode()
    after = editors.post(f"{review}freigeben/", {"version": things["angebot"].version})
    with inside(ahausen):
        decision = Decision.objects.get()
    assert after.url == f"/redaktion/beitritte/?entschieden={decision.pk}#anfrage-{things['beitritt'].pk}"
    # The way back stands above a page of another kind, too.
    assert reverse("review:undo", args=[decision.pk], urlconf="config.urls_tenant") in (
        editors.get(after.url).content.decode()
    )
    after = editors.post(f"/konto/anbieter/anfragen/{things['beitritt'].pk}/aufnehmen/")
    assert after.url == f"/redaktion/meldungen/{things['hinweis'].pk}/"
    # An answer is no decision yet; putting it away is.
    for case, following in (("hinweis", "frage"), ("frage", "barriere")):
        after = editors.post(f"/redaktion/meldungen/{things[case].pk}/stand/", {"state": "done"})
        assert after.url == f"/redaktion/meldungen/{things[following].pk}/"
    after = editors.post(f"/redaktion/meldungen/{things['barriere'].pk}/stand/", {"state": "spam"})
    assert after.url == f"/redaktion/mails/versand/?stand=abgelehnt#mail-{things['mail'].pk}"
    after = editors.post(f"/redaktion/mails/{things['mail'].pk}/erneut/")
    # The page of the dates is no page of this frame: one comes to the page of the item.
    assert after.url == f"/redaktion/aufgaben/dates/{things['termine'].pk}/"
    end = editors.get("/redaktion/der-reihe-nach/weiter/", follow=True).content.decode()
    assert "Sie sind am Ende. 1 übersprungene Aufgabe wartet noch." in end


def test_taking_a_case_over_is_no_decision(ahausen, editors):
    with inside(ahausen):
        first, _second = a_case("Eins", days=2), a_case("Zwei", days=1)
    editors.get("/redaktion/der-reihe-nach/")
    stays = editors.post(f"/redaktion/meldungen/{first.pk}/stand/", {"state": "in_progress"})
    assert stays.url == f"/redaktion/meldungen/{first.pk}/"


def test_skipping_keeps_the_place_and_a_part_of_the_list_is_left_at_its_end(ahausen, editors):
    with inside(ahausen):
        handed_in("Singen", days=9)
        one, two = a_case("Eins", days=2), a_case("Zwei", days=1)

    assert editors.get("/redaktion/der-reihe-nach/?art=frage").url == f"/redaktion/meldungen/{one.pk}/"
    assert editors.get("/redaktion/der-reihe-nach/weiter/").url == f"/redaktion/meldungen/{two.pk}/"
    after = editors.post(f"/redaktion/meldungen/{two.pk}/stand/", {"state": "done"})
    assert after.url == "/redaktion/"
    assert "1 übersprungene Aufgabe wartet noch" in editors.get("/redaktion/").content.decode()
    # At the desk everybody goes their own way again.
    own = editors.post(f"/redaktion/meldungen/{one.pk}/stand/", {"state": "done"})
    assert own.url == f"/redaktion/meldungen/{one.pk}/"


def test_what_was_decided_elsewhere_does_not_lead_on(ahausen, editors):
    with inside(ahausen):
        _one, two = a_case("Eins", days=2), a_case("Zwei", days=1)
    editors.get("/redaktion/der-reihe-nach/")
    elsewhere = editors.post(f"/redaktion/meldungen/{two.pk}/stand/", {"state": "done"})
    assert elsewhere.url == f"/redaktion/meldungen/{two.pk}/"
    assert "Der Reihe nach" not in editors.get(f"/redaktion/meldungen/{two.pk}/").content.decode()


def test_with_nothing_to_go_through_one_stays_at_the_desk(ahausen, editors):
    for address in ("/redaktion/der-reihe-nach/", "/redaktion/der-reihe-nach/?art=x&wer=y"):
        assert editors.get(address).url == "/redaktion/"
    assert editors.get("/redaktion/der-reihe-nach/weiter/").url == "/redaktion/"


def test_two_editors_go_through_the_same_list(ahausen, editors, admins):
    with inside(ahausen):
        first, second, third = (handed_in(name, days=9 - n) for n, name in enumerate("ABC"))
    for client in (editors, admins):
        assert client.get("/redaktion/der-reihe-nach/").url == f"/redaktion/pruefen/{first.pk}/"
    done = editors.post(f"/redaktion/pruefen/{first.pk}/freigeben/", {"version": first.version})
    assert done.url.partition("?")[0] == f"/redaktion/pruefen/{second.pk}/"

    for verb in ("zurueckgeben", "freigeben"):
        late = admins.post(f"/redaktion/pruefen/{first.pk}/{verb}/", {"version": first.version, "grund": "Kosten?"})
        assert late.status_code == 409
        assert "editor hat es freigegeben." in late.content.decode()
    # One's own double click is no colleague.
    twice = editors.post(f"/redaktion/pruefen/{first.pk}/freigeben/", {"version": first.version})
    assert twice.url == f"/redaktion/pruefen/{second.pk}/"
    # What a colleague has done meanwhile is not offered any more.
    editors.post(f"/redaktion/pruefen/{second.pk}/freigeben/", {"version": second.version})
    assert admins.get("/redaktion/der-reihe-nach/weiter/").url == f"/redaktion/pruefen/{third.pk}/"


def test_notes_are_for_colleagues_and_a_double_click_writes_one(ahausen, editors, admins):
    with inside(ahausen):
        case = a_case("Wann?")
    page = f"/redaktion/aufgaben/case/{case.pk}/"
    for _click in range(2):
        editors.post(f"{page}notiz/", {"text": "Rufe morgen an <b>!"})
    seen = admins.get(page).content.decode()
    assert seen.count("Rufe morgen an &lt;b&gt;!") == 1
    assert "1 Notiz" in admins.get("/redaktion/").content.decode()
    for junk, status in (("", 400), ("   ", 400), ("x" * 2001, 400), ("x" * 2000, 302)):
        assert editors.post(f"{page}notiz/", {"text": junk}).status_code == status
    with inside(ahausen):
        noted = Entry.objects.filter(action="work.note")
        # Two different notes; the log never forgets, so it does not learn what they say.
        assert [each.changes for each in noted] == [{}, {}]


def test_who_is_in_charge_is_a_colleague_or_nobody(ahausen, editors, person):
    with inside(ahausen):
        case = a_case("Wann?")
        stranger = person(ahausen, Role.PLANNER)
        gone = person(ahausen, Role.EDITOR, email="weg@ahausen.example")
        User.objects.filter(pk=gone.pk).update(is_active=False)
    address = f"/redaktion/aufgaben/case/{case.pk}/zuweisen/"
    for junk in (stranger.pk, gone.pk, "", "-1", "x", "9" * 30):
        assert editors.post(address, {"person": junk}).status_code == 400, junk
    assert editors.post(address, {"mir": "1", "zurueck": "https://boese.example/"}).url.startswith(
        "/redaktion/aufgaben/"
    )
    assert editors.post(address, {"mir": "1", "zurueck": "//boese.example/"}).url.startswith("/redaktion/aufgaben/")
    back = editors.post(address, {"mir": "1", "zurueck": "/redaktion/?wer=niemand"})
    assert back.url == f"/redaktion/?wer=niemand#aufgabe-case-{case.pk}"
    with inside(ahausen):
        assert Ticket.objects.get().assignee.email == "editor@ahausen.example"
        assert Entry.objects.filter(action="work.assign").count() == 1
    editors.post(address, {"person": "0"})
    with inside(ahausen):
        assert Ticket.objects.get().assignee is None


def test_what_never_waited_has_no_page_and_what_did_keeps_its_notes(ahausen, editors):
    with inside(ahausen):
        case = a_case("Wann?")
    for address in ("case/999999/", "x/1/", f"frage/{case.pk}/", "case/99999999999999999999/"):
        assert editors.get(f"/redaktion/aufgaben/{address}").status_code == 404, address
    assert editors.post("/redaktion/aufgaben/case/999999/notiz/", {"text": "x"}).status_code == 404
    editors.post(f"/redaktion/aufgaben/case/{case.pk}/notiz/", {"text": "Erledigt per Telefon"})
    with inside(ahausen):
        Case.objects.filter(pk=case.pk).update(state="done", closed_at=case.received_at)
    page = editors.get(f"/redaktion/aufgaben/case/{case.pk}/").content.decode()
    assert "Erledigt per Telefon" in page
    assert "Wartet nicht mehr" in page


def test_a_new_text_of_the_same_offer_keeps_the_notes(ahausen, editors):
    with inside(ahausen):
        waiting = handed_in("Singen")
    editors.post(f"/redaktion/aufgaben/offer/{waiting.subject_id}/notiz/", {"text": "Kosten erfragt"})
    assert "1 Notiz aus der Redaktion" in editors.get(f"/redaktion/pruefen/{waiting.pk}/").content.decode()
    editors.post(f"/redaktion/pruefen/{waiting.pk}/zurueckgeben/", {"version": waiting.version, "grund": "Kosten?"})
    assert "Kosten erfragt" in editors.get(f"/redaktion/aufgaben/offer/{waiting.subject_id}/").content.decode()


def test_what_is_kept_about_an_editor_is_told_and_goes(ahausen, person, rf):
    with inside(ahausen):
        who = person(ahausen, Role.EDITOR)
        case = a_case("Wann?")
        tickets.assign("case", case.pk, who, by=who)
        tickets.write_note("case", case.pk, "Mein Wort", by=who)
        request = rf.get("/")
        request.municipality = ahausen
        told = str(everything_about(who, request))
        assert "Mein Wort" in told
        release(who, request)
        who.delete()
        assert list(Note.objects.values_list("author", "author_name", "text")) == [(None, "", "Mein Wort")]
        assert Ticket.objects.get().assignee_id is None


def test_two_take_the_same_thing_at_once_and_one_ticket_stays(own_database):
    ahausen = municipality("ahausen")
    with inside(ahausen):
        case = a_case("Wann?")
        people = [User.objects.create_user(f"e{n}@x.example", roles=[Role.EDITOR]) for n in range(4)]
        sessions = [session_of(each) for each in people]
    answers = []

    def take(session):
        client = Client(HTTP_HOST="ahausen.localhost")
        client.cookies["sessionid"] = session
        answers.append(client.post(f"/redaktion/aufgaben/case/{case.pk}/zuweisen/", {"mir": "1"}).status_code)

    threads = [threading.Thread(target=take, args=[each]) for each in sessions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302] * 4
    with inside(ahausen):
        assert Ticket.objects.get().assignee in people
