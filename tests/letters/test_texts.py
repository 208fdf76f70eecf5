"""A municipality words its mails itself: shown beside how they look, checked before they are kept, never run."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from core.access import Role
from mail.models import MailText, OutboxMessage
from mail.services import post_kind
from tenants.running.context import inside

LIST = "/redaktion/mails/"
AT = f"{LIST}texte/people_helped/"
GOOD = {"subject": "{{ helper }} hilft", "body": "Hallo,\r\n\r\n{{ helper }} hilft bei {{ portal }}.\r\n\r\n{{ link }}"}
VALUES = {"helper": "Erika", "reason": "Hilfe", "time": "14:30", "link": "https://x.example/zugriffe/"}


@pytest.fixture
def editor(ahausen, signed_in):
    return signed_in(ahausen, Role.EDITOR)


def posted(ahausen) -> OutboxMessage:
    with inside(ahausen):
        return post_kind("people_helped", to="eva@example.org", values=VALUES)


def test_a_text_of_ones_own_is_used_from_the_next_mail_on_and_here_only(editor, ahausen, bedorf):
    before = posted(ahausen)
    answer = editor.post(AT, GOOD)
    assert (answer.status_code, answer.url) == (302, AT)
    mail = posted(ahausen)
    assert mail.subject == "Erika hilft"
    assert mail.body.splitlines()[0] == "Hallo,"
    assert "<p>Hallo,</p>" in mail.html
    there = posted(bedorf)
    assert there.body.splitlines()[0] == before.body.splitlines()[0] == "Guten Tag,"
    page = editor.get(LIST).content.decode()
    assert "1 mit eigenem Text" in page
    with inside(ahausen):
        assert Entry.objects.filter(action="mail_text.change").count() == 1


def test_saving_the_same_twice_is_one_change(editor, ahausen):
    editor.post(AT, GOOD)
    editor.post(AT, GOOD)
    with inside(ahausen):
        assert MailText.objects.count() == 1
        assert Entry.objects.filter(action="mail_text.change").count() == 1


def test_back_to_the_text_that_came_with_the_portal(editor, ahausen):
    shipped = posted(ahausen).body
    editor.post(AT, GOOD)
    assert editor.get(f"{AT}vorgabe/").status_code == 405
    assert editor.post(f"{AT}vorgabe/").url == AT
    assert posted(ahausen).body == shipped
    # Once more is no mistake.
    assert editor.post(f"{AT}vorgabe/").status_code == 302
    with inside(ahausen):
        assert Entry.objects.filter(action="mail_text.reset").count() == 1


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("body", "{{ helpr }} {{ helper }} {{ link }}", "Meinten Sie {{ helper }}"),
        ("body", "{{ grund }} {{ helper }} {{ link }}", "Meinten Sie {{ reason }} (Grund)?"),
        ("body", "{{ xyzxyz }} {{ helper }} {{ link }}", "Es gibt: {{ helper }}, {{ reason }}"),
        ("body", "{{ user.password }} {{ helper }} {{ link }}", "die kein Platzhalter sind"),
        ("body", "{% load i18n %} {{ helper }} {{ link }}", "die kein Platzhalter sind"),
        ("body", "{{ helper {{ link }} {{ helper }}", "die kein Platzhalter sind"),
        ("body", "{helper} {{ helper }} {{ link }}", "mit zwei Klammern auf jeder Seite"),
        ("body", "{{ helper }} hilft.", "Bitte lassen Sie {{ link }}"),
        ("body", "", "Bitte schreiben Sie einen Text."),
        ("body", " \n\t ", "Bitte schreiben Sie einen Text."),
        ("body", "x" * 102_400, "höchstens 10000 Zeichen; jetzt sind es 102400"),
        ("subject", "", "Bitte schreiben Sie einen Betreff."),
        ("subject", "{{ titel }}", "ist kein Platzhalter dieser Mail"),
        ("subject", "x" * 201, "höchstens 200 Zeichen"),
    ],
)
def test_what_cannot_go_out_is_not_kept_and_says_why(editor, ahausen, field, text, said):
    answer = editor.post(AT, {**GOOD, field: text})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert said in re.sub(r"\s+", " ", page)
    assert 'role="alert"' in page
    assert f'href="#id_{field}"' in page
    with inside(ahausen):
        assert not MailText.objects.exists()


def test_a_line_break_in_a_subject_becomes_a_space(editor, ahausen):
    assert editor.post(AT, {**GOOD, "subject": "Hilfe\nBcc: alle@example.org"}).status_code == 302
    assert posted(ahausen).subject == "Hilfe Bcc: alle@example.org"


def test_the_preview_shows_what_is_typed_with_values_of_this_portal_and_keeps_nothing(editor, ahausen):
    answer = editor.post(f"{AT}vorschau/", {"subject": "Neu", "body": "Hallo <b> {{ helper }}\n\n{{ link }}"})
    page = answer.content.decode()
    assert "Hallo &lt;b&gt;" in page
    assert "http://ahausen.localhost" in page
    assert "musterstadt.example" not in page
    assert 'style="' in page
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "script-src 'none'" in answer["Content-Security-Policy"]
    plain = editor.get(f"{AT}vorschau/?als=text")
    assert plain["Content-Type"].startswith("text/plain")
    assert "Betreff:" in plain.content.decode()
    with inside(ahausen):
        assert not MailText.objects.exists()


def test_a_preview_of_anything_is_a_page(editor):
    for body in ("", "{{", "{{ unbekannt }}", "<script>alert(1)</script>", "x" * 20_000):
        answer = editor.post(f"{AT}vorschau/", {"subject": "", "body": body})
        assert answer.status_code == 200
        assert "<script>" not in answer.content.decode()


def test_a_test_mail_goes_to_oneself_and_to_nobody_else(editor, ahausen):
    editor.post(AT, GOOD)
    assert editor.post(f"{AT}probe/").status_code == 302
    with inside(ahausen):
        mail = OutboxMessage.objects.get()
    assert mail.to == "editor@ahausen.example"
    assert mail.subject.startswith("[Probe] ")


def test_a_kind_that_is_spoken_has_a_text_for_each_language_of_the_portal(editor, ahausen):
    at = f"{LIST}texte/email_confirmation_signup/"
    page = editor.get(at).content.decode()
    assert "?fuer=en" in page
    english = {"subject": "Please confirm", "body": "Here: {{ activate_url }}", "fuer": "en"}
    assert editor.post(at, english).url == f"{at}?fuer=en"
    with inside(ahausen):
        values = {"activate_url": "https://x.example/"}
        mails = {
            each: post_kind("email_confirmation_signup", to="a@b.example", values=values, language=each)
            for each in ("en", "de", "ar")
        }
    assert mails["en"].subject == "Please confirm"
    assert mails["de"].subject == "Bitte bestätigen Sie Ihre Adresse"
    assert mails["ar"].subject not in {"Please confirm", "Bitte bestätigen Sie Ihre Adresse"}
    assert editor.get(f"{AT}?fuer=en").status_code == 404, "these mails are German"
    assert editor.get(f"{at}?fuer=xx").status_code == 404


def test_kinds_are_found_by_word_and_by_whose_words_they_are(editor):
    page = editor.get(f"{LIST}?q=zweiter+faktor+app").content.decode()
    assert "texte/totp_activated/" in page
    assert "texte/people_helped/" not in page
    assert "Keine Mail passt" in editor.get(f"{LIST}?q=gibtesnicht").content.decode()
    editor.post(AT, GOOD)
    own = editor.get(f"{LIST}?stand=eigener").content.decode()
    assert own.count("/texte/") == 1
    assert "texte/people_helped/" not in editor.get(f"{LIST}?stand=vorgabe").content.decode()


def test_a_kind_that_is_not_there_is_not_found(editor):
    for path in ("", "vorschau/"):
        assert editor.get(f"{LIST}texte/gibt-es-nicht/{path}").status_code == 404
    for path in ("", "vorgabe/", "probe/", "vorschau/"):
        assert editor.post(f"{LIST}texte/gibt-es-nicht/{path}").status_code == 404


@pytest.mark.parametrize("key", ["health_alert", "operator_broken_logs", "tracker_due"])
def test_what_goes_to_operators_is_not_for_a_town_hall_to_word(editor, key):
    assert f"texte/{key}/" not in editor.get(LIST).content.decode()
    assert editor.get(f"{LIST}texte/{key}/").status_code == 404
    assert editor.post(f"{LIST}texte/{key}/", GOOD).status_code == 404


def test_the_list_asks_as_much_with_many_texts_as_with_none(editor, ahausen):
    numbers = []
    editor.get(LIST)
    for text in (None, GOOD):
        if text:
            with inside(ahausen):
                MailText.objects.bulk_create(
                    MailText(key=f"kind_{n}", subject="x", body="{{ link }}") for n in range(60)
                )
        with CaptureQueriesContext(connection) as queries:
            editor.get(LIST)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
