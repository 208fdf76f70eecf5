"""Asking to join, and who decides."""

from mail.models import OutboxMessage
from portal.organisations import inviting, joining, own_data
from portal.organisations.models import Invitation, JoinRequest
from portal.providers.models import Membership, Provider


def ask(cast, browser, **changed):
    given = {"org": "vorhanden", "org_da": "turnverein", "org_name": ""}
    return browser.post("/konto/anbieter/neu/", {**given, **changed})


def newcomer(person, ahausen):
    return person(ahausen, email="neu@beispiel.example")


def test_the_administrators_are_asked_and_take_somebody_in(cast, browser_of, person, ahausen):
    user = newcomer(person, ahausen)
    assert ask(cast, browser_of(user)).url == "/konto/anbieter/"
    ask(cast, browser_of(user))
    request = JoinRequest.objects.get()
    mail = OutboxMessage.objects.get()
    assert (mail.to, mail.reply_to) == ("administrator@verein.example", "neu@beispiel.example")
    assert mail.subject == "neu möchte dazukommen: Turnverein"
    assert f"/konto/anbieter/{cast.club.pk}/personen/" in mail.body

    client = browser_of(cast.administrator)
    assert "neu@beispiel.example" in client.get(f"/konto/anbieter/{cast.club.pk}/personen/").content.decode()
    for _click in range(2):
        answer = client.post(f"/konto/anbieter/anfragen/{request.pk}/aufnehmen/")
        assert answer.url == f"/konto/anbieter/{cast.club.pk}/personen/"
    assert Membership.objects.get(provider=cast.club, user=user).role == "member"
    told = OutboxMessage.objects.get(to="neu@beispiel.example")
    assert told.subject == "Sie gehören jetzt zu: Turnverein"


def test_refused_with_a_reason_which_goes_by_mail(cast, browser_of, person, ahausen):
    user = newcomer(person, ahausen)
    ask(cast, browser_of(user))
    request = JoinRequest.objects.get()
    client = browser_of(cast.administrator)
    address = f"/konto/anbieter/anfragen/{request.pk}/ablehnen/"
    empty = client.post(address, {"reason": "  "})
    assert empty.status_code == 400
    assert "Bitte schreiben Sie, warum." in empty.content.decode()
    assert not OutboxMessage.objects.filter(to=user.email).exists()

    client.post(address, {"reason": "Wir kennen Sie nicht.\nBitte rufen Sie an."})
    client.post(address, {"reason": "Noch einmal."})
    assert not Membership.objects.filter(user=user).exists()
    mail = OutboxMessage.objects.get(to=user.email)
    assert "Wir kennen Sie nicht." in mail.body
    assert "Wir kennen Sie nicht." in browser_of(user).get("/konto/anbieter/").content.decode()
    late = client.post(f"/konto/anbieter/anfragen/{request.pk}/aufnehmen/", follow=True)
    assert "inzwischen entschieden: abgelehnt" in late.content.decode()
    assert not Membership.objects.filter(user=user).exists()


def test_one_takes_ones_own_request_back(cast, browser_of, person, ahausen):
    user = newcomer(person, ahausen)
    ask(cast, browser_of(user))
    request = JoinRequest.objects.get()
    browser_of(user).post(f"/konto/anbieter/anfragen/{request.pk}/zurueckziehen/")
    assert (
        "neu@beispiel"
        not in browser_of(cast.administrator).get(f"/konto/anbieter/{cast.club.pk}/personen/").content.decode()
    )
    browser_of(cast.administrator).post(f"/konto/anbieter/anfragen/{request.pk}/aufnehmen/")
    assert not Membership.objects.filter(user=user).exists()
    # One may ask again.
    ask(cast, browser_of(user))
    assert JoinRequest.objects.filter(state="waiting").count() == 1


def test_without_anybody_responsible_the_editors_decide_and_the_first_one_is(cast, browser_of, person, ahausen):
    Membership.objects.filter(provider=cast.club).delete()
    user = newcomer(person, ahausen)
    ask(cast, browser_of(user))
    assert not OutboxMessage.objects.exists()
    editors = browser_of(cast.editor)
    assert "möchte zu „Turnverein“ dazukommen" in editors.get("/redaktion/beitritte/").content.decode()
    assert "Beitrittsanfragen" in editors.get("/redaktion/").content.decode()
    request = JoinRequest.objects.get()
    assert editors.post(f"/konto/anbieter/anfragen/{request.pk}/ablehnen/", {"reason": ""}).status_code == 400
    assert editors.post(f"/konto/anbieter/anfragen/{request.pk}/aufnehmen/").url == "/redaktion/beitritte/"
    assert Membership.objects.get(provider=cast.club).role == "administrator"


def test_the_editors_are_not_bothered_where_somebody_is_responsible(cast, browser_of, person, ahausen):
    ask(cast, browser_of(newcomer(person, ahausen)))
    assert "Nichts wartet" in browser_of(cast.editor).get("/redaktion/beitritte/").content.decode()


def test_who_belongs_to_it_need_not_ask(cast, browser_of):
    answer = ask(cast, browser_of(cast.member))
    assert answer.url == "/konto/anbieter/"
    assert not JoinRequest.objects.exists()
    assert joining.ask(cast.club, by=cast.member) is None


def test_one_more_organisation_of_somebody_with_an_account(cast, browser_of):
    client = browser_of(cast.member)
    for _click in range(2):
        client.post("/konto/anbieter/neu/", {"org": "neu", "org_name": "Zweiter Verein"})
    club = Provider.objects.get(name="Zweiter Verein")
    assert (club.state, club.memberships.get().role) == ("submitted", "administrator")
    wrong = client.post("/konto/anbieter/neu/", {"org": "neu", "org_name": ""})
    assert wrong.status_code == 400
    assert 'id="fehler"' in wrong.content.decode()


def test_nobody_heaps_up_organisations(cast, browser_of):
    client = browser_of(cast.member)
    for number in range(7):
        client.post("/konto/anbieter/neu/", {"org": "neu", "org_name": f"Verein Nummer {number}"})
    assert Provider.objects.filter(state="submitted").count() == 5


def test_ones_own_data_says_what_was_asked_and_goes_with_the_account(cast, browser_of, person, ahausen):
    user = newcomer(person, ahausen)
    ask(cast, browser_of(user))
    inviting.invite(cast.other_club, user.email, role="member", by=cast.stranger)
    told = browser_of(user).get("/konto/daten/").content.decode()
    assert "Turnverein" in told
    assert "Anderer Verein" in told
    own_data.released(user)
    user.delete()
    assert not JoinRequest.objects.exists()
    assert not Invitation.objects.exists()
