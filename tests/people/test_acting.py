"""Signing in as a provider to help: who may, what stays closed, how it ends, and who is told."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import ActingSession, User
from audit.models import Entry
from portal.offers.models import Offer
from portal.people import services
from portal.preferences.models import Preferences
from portal.revisions.models import Revision
from tenants.running.context import inside
from tests.authoring.filling import send
from tests.conftest import PASSWORD
from tests.factories import a_provider
from tests.people.cast import ACCESSES, END, PEOPLE, REASON, a_providers, act, enter, mails_to, page_of, said


def test_it_needs_a_reason_and_the_form_says_so(miriam, cast, ahausen):
    for reason in ("", "   ", "abc", "x" * 301):
        answer = miriam.post(page_of(cast["ines"]), {"reason": reason})
        assert answer.status_code == 400
        assert 'id="fehler"' in answer.content.decode()
    with inside(ahausen):
        assert not ActingSession.objects.exists()
    assert "Sie handeln als" not in said(miriam.get("/konto/"))


def test_the_helper_sees_what_the_provider_sees_and_the_banner_on_every_page(miriam, cast):
    act(miriam, cast["ines"])
    for address in (
        "/konto/",
        "/konto/angebote/",
        "/konto/anbieter/",
        "/",
        "/angebote/",
        cast["offer"].get_absolute_url(),
    ):
        answer = miriam.get(address, follow=True)
        words = said(answer)
        assert answer.status_code == 200, address
        assert "Sie handeln als Ines." in words, address
        assert "Eigentlich sind Sie Miriam." in words, address
        assert f'action="{END}"' in answer.content.decode(), address
    assert "Vorlesen" in said(miriam.get("/konto/angebote/"))
    # As Ines there is no editors' desk.
    assert miriam.get("/redaktion/").status_code == 404


@pytest.mark.parametrize("whom", ["miriam", "admin", "planner", "nobody"])
def test_nobody_acts_as_somebody_of_the_town_hall_or_without_a_provider(miriam, cast, whom):
    assert miriam.get(page_of(cast[whom])).status_code == 404
    assert miriam.post(page_of(cast[whom]), {"reason": REASON}).status_code == 404
    assert "Sie handeln als" not in said(miriam.get("/konto/"))


def test_a_provider_who_also_edits_or_is_closed_is_nobodys_to_act_as(miriam, cast, ahausen):
    with inside(ahausen):
        both = a_providers("beides@amt.example")
        User.objects.filter(pk=both.pk).update(roles=["planner"])
        closed = a_providers("zu@lesen.example")
        User.objects.filter(pk=closed.pk).update(is_active=False)
    for person in (both, closed):
        assert miriam.post(page_of(person), {"reason": REASON}).status_code == 404


@pytest.mark.parametrize("who", ["planner", "nobody", "ines"])
def test_only_editors_and_administrators_help(visitor, cast, ahausen, who):
    client = enter(visitor("ahausen"), cast[who])
    assert client.post(page_of(cast["ines"]), {"reason": REASON}).status_code == 404
    with inside(ahausen):
        assert not ActingSession.objects.exists()


def test_it_is_not_nested(miriam, cast, ahausen):
    act(miriam, cast["ines"])
    with inside(ahausen):
        other = a_providers("olga@sport.example", provider=a_provider(name="Sport"))
    assert miriam.post(page_of(other), {"reason": REASON}).status_code == 404
    assert "Sie handeln als Ines." in said(miriam.get("/konto/"))


def test_ending_brings_the_helper_back(miriam, cast, ahausen):
    act(miriam, cast["ines"])
    answer = miriam.post(END, follow=True)
    assert answer.redirect_chain[0][0] == f"{PEOPLE}{cast['ines'].pk}/"
    assert "Sie sind wieder Sie selbst." in said(answer)
    assert miriam.get("/redaktion/").status_code == 200
    with inside(ahausen):
        assert ActingSession.objects.get().ended_by == "button"
    # Twice is once.
    assert miriam.post(END).url == "/konto/"


def test_after_an_hour_the_next_page_is_the_helpers_own_and_nothing_sent_is_done(miriam, cast, ahausen):
    act(miriam, cast["ines"])
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', miriam.get("/konto/").content.decode())
    assert token
    with time_machine.travel(timezone.now() + timedelta(minutes=59), tick=False):
        assert "Sie handeln als Ines." in said(miriam.get("/"))
    with time_machine.travel(timezone.now() + timedelta(minutes=60, seconds=1), tick=False):
        answer = miriam.post("/konto/angebote/neu/")
        assert answer.url == "/konto/"
        page = said(miriam.get("/konto/"))
        assert "Die Stunde ist um." in page
        assert "Sie handeln als" not in page
        assert miriam.get("/redaktion/").status_code == 200
    with inside(ahausen):
        row = ActingSession.objects.get()
        assert (row.ended_by, row.ended_at) == ("time", row.ends_at)
        assert Offer.objects.count() == 1


@pytest.mark.parametrize("address", ["/", "/angebote/", "/konto/anbieter/", "/redaktion/"])
def test_whichever_page_comes_first_after_the_hour_it_is_over(miriam, cast, address):
    act(miriam, cast["ines"])
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        answer = miriam.get(address, follow=True)
        assert answer.status_code == 200
        assert "Sie handeln als" not in said(answer)


def test_the_gates_of_the_provider_hold_nobody_up_and_are_not_passed_in_their_name(miriam, cast, ahausen):
    with inside(ahausen):
        Preferences.objects.update(terms_version=7)
    act(miriam, cast["ines"])
    assert miriam.get("/konto/angebote/").status_code == 200
    assert miriam.post("/konto/nutzungsbedingungen/", {"version": "7"}).status_code == 403
    miriam.post(END)
    with inside(ahausen):
        assert User.objects.get(pk=cast["ines"].pk).terms_version == 0
        assert not Entry.objects.filter(action="account.terms").exists()


def test_each_deed_names_both_and_the_provider_reads_it(miriam, cast, ahausen, visitor):
    act(miriam, cast["ines"])
    answer = miriam.post("/konto/angebote/neu/")
    assert answer.status_code == 302
    miriam.post(END)
    with inside(ahausen):
        entry = Entry.objects.filter(target_type="offers.offer").latest("id")
        row = ActingSession.objects.get()
        assert entry.actor_id == cast["miriam"].pk
        assert entry.actor == "miriam@amt.example"
        assert entry.changes["as"] == [cast["ines"].pk, "ines@lesen.example"]
        assert entry.changes["acting"] == row.pk
        # Nothing the helper does later carries it.
        services.change_roles(cast["nobody"], ["planner"], by=cast["admin"])
        assert "acting" not in Entry.objects.latest("id").changes
    page = said(miriam.get("/redaktion/protokoll/"))
    assert "Miriam als Ines hat „" in page
    ines = enter(visitor("ahausen"), cast["ines"])
    own = said(ines.get(ACCESSES))
    assert REASON in own
    assert "Miriam als Ines hat „" in own
    assert "von Hand beendet" in own
    other = enter(visitor("ahausen"), cast["nobody"])
    assert "Bisher hat sich niemand als Sie angemeldet." in said(other.get(ACCESSES))


def test_revisions_show_both(miriam, cast, ahausen):
    act(miriam, cast["ines"])
    offer = cast["offer"]
    send(miriam, f"/konto/angebote/{offer.pk}/was/", title="Vorlesen am Montag")
    with inside(ahausen):
        assert Revision.objects.filter(author_name="Miriam als Ines").exists()


def test_the_provider_is_told_by_mail(miriam, cast, ahausen):
    act(miriam, cast["ines"])
    (mail,) = mails_to(ahausen, "ines@lesen.example")
    assert "Miriam hilft Ihnen" in mail.subject
    assert REASON in mail.body
    assert "/konto/zugriffe/" in mail.body
    assert "&" not in mail.body


def test_sign_ins_and_devices_of_the_provider_tell_no_lie(miriam, cast, ahausen):
    act(miriam, cast["ines"])
    miriam.get("/konto/")
    with inside(ahausen):
        assert User.objects.get(pk=cast["ines"].pk).last_login is None
        assert not UserSession.objects.filter(user=cast["ines"]).exists()
        # The helper's own device list still leads to the session.
        assert UserSession.objects.get(user=cast["miriam"]).session_key == miriam.cookies["sessionid"].value


def test_the_session_key_changes_at_both_ends(miriam, cast):
    """Neither a key somebody planted before nor one copied meanwhile is of use."""
    before = miriam.cookies["sessionid"].value
    act(miriam, cast["ines"])
    meanwhile = miriam.cookies["sessionid"].value
    assert meanwhile != before
    thief = Client(HTTP_HOST="ahausen.localhost")
    thief.cookies["sessionid"] = before
    assert thief.get("/konto/").status_code == 302
    miriam.post(END)
    thief.cookies["sessionid"] = meanwhile
    assert thief.get("/konto/").status_code == 302
    assert miriam.get("/redaktion/").status_code == 200


def test_a_copied_cookie_is_the_helpers_after_the_end_by_time_and_never_the_providers(miriam, cast):
    act(miriam, cast["ines"])
    copied = miriam.cookies["sessionid"].value
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1), tick=False):
        assert "Sie handeln als" not in said(miriam.get("/konto/"))
        thief = Client(HTTP_HOST="ahausen.localhost")
        thief.cookies["sessionid"] = copied
        assert thief.get("/konto/").status_code == 302


def test_a_form_of_a_second_tab_from_before_the_end_does_nothing(cast, ahausen):
    client = Client(HTTP_HOST="ahausen.localhost", enforce_csrf_checks=True)

    def token(address):
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(address).content.decode())
        return found[1]

    sign_in = {"login": "miriam@amt.example", "password": PASSWORD, "csrfmiddlewaretoken": token("/konto/anmelden/")}
    assert client.post("/konto/anmelden/", sign_in).status_code == 302
    page = page_of(cast["ines"])
    assert client.post(page, {"reason": REASON, "csrfmiddlewaretoken": token(page)}).status_code == 302
    tab = token("/konto/angebote/")
    assert client.post(END, {"csrfmiddlewaretoken": token("/konto/")}).status_code == 302
    answer = client.post(f"/konto/angebote/{cast['offer'].pk}/kopieren/", {"csrfmiddlewaretoken": tab})
    assert answer.status_code == 403
    with inside(ahausen):
        assert Offer.objects.count() == 1


def test_helping_somebody_else_in_another_browser_ends_the_first(miriam, cast, ahausen, visitor):
    act(miriam, cast["ines"])
    with inside(ahausen):
        other = a_providers("olga@sport.example", provider=a_provider(name="Sport"))
    second = act(enter(visitor("ahausen"), cast["miriam"]), other)
    assert "Sie handeln als Olga." in said(second.get("/konto/"))
    assert "Sie handeln als" not in said(miriam.get("/konto/", follow=True))
    with inside(ahausen):
        assert list(ActingSession.objects.order_by("pk").values_list("ended_by", flat=True)) == ["next", ""]


@pytest.mark.parametrize("change", ["person closed", "person given a role", "helper closed", "helper demoted"])
def test_when_an_account_changes_meanwhile_it_is_over_at_once(miriam, cast, ahausen, change):
    act(miriam, cast["ines"])
    with inside(ahausen):
        if change == "person closed":
            services.deactivate(cast["ines"], by=cast["admin"])
        elif change == "person given a role":
            services.change_roles(cast["ines"], ["planner"], by=cast["admin"])
        elif change == "helper closed":
            services.deactivate(cast["miriam"], by=cast["admin"])
        else:
            services.change_roles(cast["miriam"], ["planner"], by=cast["admin"])
    answer = miriam.post("/konto/angebote/neu/")
    assert answer.status_code == 302
    assert "Sie handeln als" not in said(miriam.get("/konto/", follow=True))
    with inside(ahausen):
        assert ActingSession.objects.get().ended_by == "barred"
        assert Offer.objects.count() == 1


def test_a_change_past_the_services_is_noticed_too(miriam, cast, ahausen):
    act(miriam, cast["ines"])
    with inside(ahausen):
        User.objects.filter(pk=cast["ines"].pk).update(is_active=False)
    assert miriam.get("/konto/angebote/").url == "/konto/"
    assert "Die Anmeldung als jemand anderes wurde beendet" in said(miriam.get("/konto/"))


def test_signing_out_ends_it(miriam, cast, ahausen):
    act(miriam, cast["ines"])
    miriam.post("/konto/abmelden/")
    assert miriam.get("/konto/").status_code == 302
    with inside(ahausen):
        assert ActingSession.objects.get().ended_by == "signed_out"
    enter(miriam, cast["miriam"])
    assert "Sie handeln als" not in said(miriam.get("/konto/"))


def test_next_door_it_is_worth_nothing(miriam, cast, bedorf, visitor):
    act(miriam, cast["ines"])
    with inside(bedorf):
        twin = a_providers("ines@lesen.example")
    neighbour = visitor("bedorf")
    neighbour.cookies["sessionid"] = miriam.cookies["sessionid"].value
    assert neighbour.get("/konto/").status_code == 302
    assert "Sie handeln als" not in said(neighbour.get("/"))
    with inside(bedorf):
        assert not ActingSession.objects.filter(person=twin).exists()


def test_pages_of_those_who_help_nobody_cost_no_statement_more(miriam, cast):
    miriam.get("/konto/")
    with CaptureQueriesContext(connection) as plain:
        miriam.get("/konto/person/")
    assert not [each for each in plain.captured_queries if "actingsession" in each["sql"]]
    act(miriam, cast["ines"])
    miriam.get("/konto/anbieter/")
    with CaptureQueriesContext(connection) as acting:
        miriam.get("/konto/anbieter/")
    assert len([each for each in acting.captured_queries if "actingsession" in each["sql"]]) == 1
