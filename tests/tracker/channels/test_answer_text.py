"""What somebody wrote in an answer by mail, and to whom it goes."""

import email
from email.message import EmailMessage
from email.policy import default

import pytest

from tracker.channels.answers.address import Mark, answer_address, mark_of
from tracker.channels.answers.text import answer_in, is_automatic

OWN = "Bei uns auch.\n\nSeit Montag."


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.BOUNCE_ADDRESS, settings.BOUNCE_MARKS = "rueck@portal.example", True
    settings.BOUNCE_IMAP_HOST = "imap.example"


def written(text: str, kind: str = "plain", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message.set_content(text, subtype=kind)
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return email.message_from_bytes(message.as_bytes(), policy=default)


@pytest.mark.parametrize(
    "quoted",
    [
        "\n\nAm 29. November 2026 um 10:00 schrieb Portal <portal@x.example>:\n> Neues zu T-1423\n> mehr",
        "\n\nAm So., 29. Nov. 2026 um 10:00 Uhr schrieb Portal\n<portal@x.example>:\n\n> Neues",
        "\n\nOn Sun, Nov 29, 2026 at 10:00 AM Portal <portal@x.example>\nwrote:\n> News",
        "\n\n-----Ursprüngliche Nachricht-----\nVon: Portal\nBetreff: x",
        "\n\n________________________________\nVon: Portal <portal@x.example>\nGesendet: Sonntag",
        "\n\nVon: Portal <portal@x.example>\nGesendet: Sonntag, 29. November 2026\nAn: Eva",
        "\n-- \nEva Muster\nStadt Pirmasens",
        "\n> Neues\n> mehr",
        "",
    ],
)
def test_the_mail_that_is_answered_stays_out(quoted):
    assert answer_in(written(OWN + quoted)) == OWN


def test_words_that_only_look_like_a_quote_stay():
    text = "Am Montag schrieb uns eine Mutter, sie finde nichts.\nVon: hier aus geht es.\n- ein Punkt"
    assert answer_in(written(text)) == text


def test_a_mail_of_markup_becomes_plain_text():
    assert answer_in(written("<p>Bei uns <b>auch</b>.</p><script>x()</script>", "html")) == "Bei uns auch."


def test_a_mail_without_words_is_empty_and_a_strange_charset_harms_nobody():
    picture = EmailMessage()
    picture.add_attachment(b"x", maintype="image", subtype="png")
    assert answer_in(email.message_from_bytes(picture.as_bytes(), policy=default)) == ""
    raw = b"Content-Type: text/plain; charset=klingonisch\n\nBei uns auch."
    assert answer_in(email.message_from_bytes(raw, policy=default)) == "Bei uns auch."


def test_what_no_person_wrote_is_known_as_such():
    assert is_automatic(written("x", Auto_Submitted="auto-replied"))
    assert is_automatic(written("x", Precedence="bulk"))
    assert is_automatic(written("x", List_Id="<x.example>"))
    assert not is_automatic(written("x"))
    assert not is_automatic(written("x", Auto_Submitted="no"))


@pytest.mark.parametrize("internal", [True, False])
def test_an_address_says_who_answers_what(internal):
    mark = Mark(12, 1423, 7, internal=internal)
    address = answer_address(mark)
    assert address.startswith("rueck+t-12-1423-7-")
    assert mark_of(address) == mark_of(f"<{address.upper()}>") == mark


@pytest.mark.parametrize(
    "change", [("t-12-", "t-13-"), ("-1423-", "-1424-"), ("-7-", "-8-"), ("-i-", "-o-"), ("rueck+t", "rueck+b")]
)
def test_an_address_that_was_changed_says_nothing(change):
    address = answer_address(Mark(12, 1423, 7, internal=True))
    assert mark_of(address.replace(*change)) is None


def test_without_a_mailbox_there_is_no_address(settings):
    settings.BOUNCE_IMAP_HOST = ""
    assert answer_address(Mark(1, 2, 3)) == ""


def test_an_address_that_servers_would_refuse_is_not_given(settings):
    settings.BOUNCE_ADDRESS = f"{'r' * 40}@portal.example"
    assert answer_address(Mark(1, 2, 3)) == ""
