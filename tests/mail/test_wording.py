"""A municipality words its mails itself, without being able to break them or to read more than they say."""

from core.access import Role
from mail.models import MailText, OutboxMessage
from mail.wording import worded
from tenants.lifecycle.making import create_municipality
from tenants.running.context import inside


def test_without_an_own_text_the_shipped_one_is_used(ahausen):
    with inside(ahausen):
        found = worded("invitation", {"portal": "Portal Ahausen", "link": "https://x", "address": "y"})
    assert "Portal Ahausen" in found.subject
    assert "https://x" in found.text


def test_an_own_text_is_filled_in_and_never_run(ahausen):
    with inside(ahausen):
        text = "{{ link }} {{portal}} {% load i18n %} {{ user.password }} {{ unbekannt }}"
        MailText.objects.create(key="invitation", subject="Hallo von {{ portal }}", body=text)
        found = worded("invitation", {"portal": "Portal & Co", "link": "https://x", "user": "geheim"})
    assert found.subject == "Hallo von Portal & Co"
    assert found.text == "https://x Portal & Co {% load i18n %} {{ user.password }} {{ unbekannt }}\n"


def test_the_reset_mail_takes_the_own_text_with_its_link(ahausen, person, visitor):
    person(ahausen, Role.EDITOR)
    with inside(ahausen):
        MailText.objects.create(
            key="password_reset_key", subject="Neues Passwort", body="Hier: {{ password_reset_url }}"
        )
    visitor("ahausen").post("/konto/passwort/", {"email": "editor@ahausen.example"})
    with inside(ahausen):
        mail = OutboxMessage.objects.get()
    assert mail.subject == "Neues Passwort"
    assert mail.body.startswith("Hier: http://ahausen.localhost")


def test_a_new_municipality_takes_over_the_wording_of_its_template(ahausen):
    with inside(ahausen):
        MailText.objects.create(key="invitation", subject="Hallo", body="{{ link }}")
    created = create_municipality(
        "cedorf", name="Cedorf", host="cedorf.localhost", template="ahausen", editor="eva@cedorf.example"
    )
    with inside(created):
        assert OutboxMessage.objects.get().subject == "Hallo"


def test_mails_to_people_with_an_account_are_german_whatever_the_page_spoke(ahausen, person, visitor):
    person(ahausen, Role.EDITOR)
    visitor("ahausen").post("/konto/passwort/?sprache=en", {"email": "editor@ahausen.example"})
    with inside(ahausen):
        mail = OutboxMessage.objects.get()
    assert "Passwort" in mail.subject
    assert "/konto/" in mail.body
    assert "password" not in mail.body.lower()
