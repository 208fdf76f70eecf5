"""Applying: the form, the limits against scripts, the mail, the button; and what operators decide."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from core.access import Role
from mail.models import OutboxMessage
from onboarding import limits, making, services, tasks
from onboarding.models import Application, OfferedTemplate
from tenants.models import Domain, Municipality, State
from tenants.refused import RefusedError
from tenants.running.context import inside, inside_public
from tests.conftest import PASSWORD
from tests.onboarding.conftest import applied, given, made

FORM = "/mitmachen/"
LIST = "/betrieb/antraege/"


def mails(kind):
    with inside_public():
        return list(OutboxMessage.objects.filter(kind=kind))


def test_an_application_counts_when_its_mail_was_answered_by_a_button(db, visitor, person, unhurried):
    person(None, Role.OPERATOR)
    client = visitor("")
    answer = client.post(FORM, given())
    assert (answer.status_code, answer.url) == (302, "/mitmachen/danke/")
    assert "sessionid" not in client.cookies
    assert "csrftoken" not in client.cookies
    (mail,) = mails("onboarding_confirm")
    assert mail.to == "thul@merzig.example"
    link = re.search(r"http://localhost[:\d]*(/mitmachen/\S+/)", mail.body)[1]
    # A program that scans mail opens every link.
    assert "Bitte bestätigen Sie" in client.get(link).content.decode()
    with inside_public():
        assert Application.objects.get().state == "new"
    assert not mails("onboarding_applied")
    for _twice in range(2):
        assert "ist bestätigt" in client.post(link).content.decode()
    with inside_public():
        assert Application.objects.get().state == "confirmed"
    (told,) = mails("onboarding_applied")
    assert told.to.endswith("@platform.example")


@pytest.mark.parametrize("token", ["x", "1:x:y", "1:1vXqzT:" + "a" * 43])
def test_a_forged_link_confirms_nothing(db, visitor, token):
    answer = visitor("").post(f"{FORM}{token}/")
    assert answer.status_code == 404
    assert "gilt nicht mehr" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"name": ""}, "dieses Feld"),
        ({"email": "keine"}, "E-Mail"),
        ({"slug": "Merzig Stadt"}, "Kurzname"),
        ({"slug": "www"}, "reserviert"),
        ({"official_key": "123"}, "5, 8 oder 12"),
        ({"federal_state": "XX"}, "Auswahl"),
        ({"template": "ahausen"}, "Auswahl"),
        ({"name": "A\tB"}, "Zeile"),
        ({limits.HONEYPOT: "https://spam.example"}, "zu schnell"),
        ({limits.TOKEN: "gefälscht"}, "zu schnell"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(db, visitor, unhurried, changes, word):
    answer = visitor("").post(FORM, given(**changes))
    assert answer.status_code == 200
    assert word.lower() in answer.content.decode().lower()
    with inside_public():
        assert not Application.objects.exists()
    assert not mails("onboarding_confirm")


def test_a_form_filled_in_at_once_is_a_machines(db, visitor):
    assert "zu schnell" in visitor("").post(FORM, given()).content.decode()


def test_the_form_says_nothing_of_who_is_there(db, ahausen, visitor, unhurried):
    """A taken short name gets the same answer as a free one."""
    assert visitor("").post(FORM, given(slug="ahausen")).status_code == 302


def test_five_hundred_applications_of_a_script_harm_nobody(db, visitor, unhurried, rf):
    def once(number):
        return visitor("").post(
            FORM, given(email=f"n{number}@x.example", name=f"Ort {number}"), REMOTE_ADDR="198.51.100.7"
        )

    answers = [once(number) for number in range(15)]
    # Drawing the same refusal hundreds of times tells nothing more: what decides is asked.
    with inside_public():
        asked = [limits.may_apply(rf.post(FORM, REMOTE_ADDR="198.51.100.7")) for _number in range(470)]
    assert not any(asked)
    answers += [once(number) for number in range(485, 500)]
    assert [answer.status_code for answer in answers].count(302) == limits.PER_NETWORK_HOUR
    assert {answer.status_code for answer in answers[limits.PER_NETWORK_HOUR :]} == {429}
    assert len(mails("onboarding_confirm")) == limits.PER_NETWORK_HOUR
    # Nothing waits for the operator, and somebody else's network is not hindered.
    with inside_public():
        assert not Application.objects.to_decide().exists()
    assert visitor("").post(FORM, given(), REMOTE_ADDR="203.0.113.9").status_code == 302
    with inside_public():
        Application.objects.update(applied_at=timezone.now() - 2 * limits.OLDEST * 2)
        tasks.nightly(0)
        assert not Application.objects.exists()


def test_from_many_networks_there_is_an_end_too_and_one_address_gets_few_mails(db, visitor, unhurried, monkeypatch):
    monkeypatch.setattr(limits, "ALTOGETHER_HOUR", 8)
    for number in range(12):
        visitor("").post(FORM, given(), REMOTE_ADDR=f"198.51.{number}.7")
    assert len(mails("onboarding_confirm")) == limits.PER_ADDRESS_DAY
    assert visitor("").post(FORM, given(email="n@x.example"), REMOTE_ADDR="198.51.99.7").status_code == 429


def test_an_operator_accepts_and_the_portal_is_there_closed_to_the_world(db, ahausen, signed_in, visitor):
    operator = signed_in(None, Role.OPERATOR)
    application = applied()
    page = operator.get(f"{LIST}{application.pk}/").content.decode()
    for words in ("Sabine Thul", "Hauptamt", "10042112", "Start am besten im Dezember", "Saarland"):
        assert words in page
    answer = operator.post(f"{LIST}{application.pk}/annehmen/", {"slug": "merzig", "template": "ahausen"})
    assert answer.status_code == 302
    with inside_public():
        (job,) = ProcrastinateJob.objects.filter(task_name="onboarding.tasks.make")
    tasks.make(**job.args["arguments"])
    with inside_public():
        application.refresh_from_db()
        town = Municipality.objects.get(slug="merzig")
        assert (application.state, application.municipality) == ("made", town)
        assert town.state == State.DRAFT
        assert Domain.objects.get(tenant=town).domain == "merzig.vorschau.localhost"
    with inside(town):
        editor = User.objects.get()
        assert {Role.EDITOR, Role.ADMIN} == set(editor.roles)
        (invitation,) = OutboxMessage.objects.filter(kind="invitation")
    assert "http://merzig.vorschau.localhost" in invitation.body
    visitor_there = visitor("")
    visitor_there.defaults["HTTP_HOST"] = "merzig.vorschau.localhost"
    assert visitor_there.get("/").status_code == 404
    # Started twice, as after a worker that was killed between the portal and our note of it.
    with inside_public():
        Application.objects.update(state="accepted", municipality=None)
    making.make(application.pk)
    with inside_public():
        application.refresh_from_db()
        assert (application.state, application.municipality) == ("made", town)


@pytest.mark.parametrize(
    ("slug", "template", "word"),
    [
        ("ahausen", "", "schon eine Kommune"),
        ("www", "", "reserviert"),
        ("Mer zig", "", "kein gültiger Kurzname"),
        ("merzig", "gibt-es-nicht", "als Vorlage dienen"),
    ],
)
def test_what_cannot_be_made_is_not_accepted(db, ahausen, signed_in, slug, template, word):
    application = applied()
    answer = signed_in(None, Role.OPERATOR).post(
        f"{LIST}{application.pk}/annehmen/", {"slug": slug, "template": template}
    )
    assert answer.status_code == 400
    assert word in answer.content.decode()
    with inside_public():
        application.refresh_from_db()
        assert application.state == "confirmed"


def test_what_fails_in_the_job_is_said_and_can_be_decided_again(db, signed_in):
    application = applied()
    services.accept(application.pk, slug="merzig", template="", by="x")
    with inside_public():
        Application.objects.update(email="keine-adresse")
    making.make(application.pk)
    with inside_public():
        application.refresh_from_db()
        assert application.state == "failed"
        assert application.error
        assert not Municipality.objects.filter(slug="merzig").exists()
        Application.objects.update(email="thul@merzig.example")
    services.accept(application.pk, slug="merzig", template="", by="x")


def test_two_applications_of_one_short_name_make_one_portal(db):
    first, second = applied(), applied(name="Merzig-Wadern")
    services.accept(first.pk, slug="merzig", by="x")
    with pytest.raises(RefusedError, match="schon eine Kommune"):
        services.accept(second.pk, slug="merzig", by="x")


def test_a_refusal_needs_its_reason_and_the_applicant_reads_it(db, signed_in):
    application = applied()
    operator = signed_in(None, Role.OPERATOR)
    assert operator.post(f"{LIST}{application.pk}/ablehnen/", {"reason": " "}).status_code == 400
    assert operator.post(f"{LIST}{application.pk}/ablehnen/", {"reason": "Gibt es schon."}).status_code == 302
    (mail,) = mails("onboarding_refused")
    assert "Gibt es schon." in mail.body
    assert "Gibt es schon." in operator.get(f"{LIST}{application.pk}/").content.decode()
    with pytest.raises(RefusedError, match="schon entschieden"):
        services.accept(application.pk, slug="merzig", by="x")


def test_the_list_shows_who_is_next_and_nobody_unconfirmed(db, signed_in, visitor, unhurried):
    visitor("").post(FORM, given(name="Unbestätigt"))
    applied(name="Zu entscheiden", slug="losheim")
    made(name="Im Aufbau")
    operator = signed_in(None, Role.OPERATOR)
    page = operator.get(LIST).content.decode()
    assert "Unbestätigt" not in page
    assert "Wartet seit" in page
    assert "Zu entscheiden" not in operator.get(f"{LIST}?zustand=aufbau").content.decode()
    assert "Im Aufbau" not in operator.get(f"{LIST}?zustand=offen").content.decode()


def test_every_step_is_a_command_too(db, ahausen, capsys):
    call_command("offer_template", "ahausen", label="Wie Ahausen")
    with inside_public():
        assert OfferedTemplate.objects.get().label == "Wie Ahausen"
    first, second = applied(), applied(slug="losheim", name="Losheim")
    call_command("applications")
    assert "Losheim" in capsys.readouterr().out
    call_command("applications", accept=first.pk, template="ahausen")
    call_command("applications", refuse=second.pk, reason="Nein.")
    with pytest.raises(CommandError):
        call_command("applications", accept=second.pk)
    call_command("offer_template", "ahausen", take_back=True)
    with inside_public():
        assert {each.slug: each.state for each in Application.objects.all()} == {"merzig": "made", "losheim": "refused"}
        assert not OfferedTemplate.objects.exists()


def test_the_invited_editor_signs_in_on_the_preview_host(db, visitor):
    application = made()
    with inside(application.municipality):
        editor = User.objects.get()
        editor.set_password(PASSWORD)
        editor.save()
    client = visitor("")
    client.defaults["HTTP_HOST"] = "merzig.vorschau.localhost"
    assert client.post("/konto/anmelden/", {"login": editor.email, "password": PASSWORD}).status_code == 302
    page = client.get("/redaktion/").content.decode()
    assert "Weg zum Start: " in page
    assert "Wartet seit" in page
