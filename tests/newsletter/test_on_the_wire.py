"""An issue as a mail server gets it: header lines a signature can cover, both texts, refusals at the last dot."""

import email
import re
from email.policy import default

import pytest
import time_machine

from mail import delivery
from mail.delivery import Verdict
from mail.models import OutboxMessage
from portal.newsletter import letters
from portal.newsletter.models import Issue
from tenants.running.context import inside
from tests.mail.servers import smtp_server
from tests.newsletter.town import NOW, a_newsletter, a_running_mailing, dated, readers, write_all

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
TITLE = f"Grüße aus Überlingen – „{LONG}“ lädt zum Frühlingsfest für alle ein"
# What RFC 8058 wants covered by the signature (4), beside what every signature covers.
SIGNED = ("From", "To", "Subject", "Message-ID", "Date", "MIME-Version", "Content-Type", "Reply-To",
          "List-Unsubscribe", "List-Unsubscribe-Post", "List-Id")  # fmt: skip


@pytest.fixture
def inbox(settings):
    with smtp_server(settings) as found:
        yield found


@pytest.fixture
def message(ahausen, inbox):
    with inside(ahausen), time_machine.travel(NOW, tick=False):
        newsletter = a_newsletter(contact="Runder Tisch Kinderschutz", contact_email="runder-tisch@amt.example")
        readers(newsletter, 1)
        dated(LONG, days=2)
        mailing = a_running_mailing(newsletter)
        Issue.objects.filter(pk=mailing.issue_id).update(title=TITLE)
        write_all(mailing)
        yield OutboxMessage.objects.get(kind=letters.ISSUE)


def handed_over(message):
    begun = delivery.begin(message.pk)
    answer = delivery.hand_over(begun)
    delivery.note(begun, answer)
    message.refresh_from_db()
    return answer


def test_a_signature_can_cover_the_lines_that_end_it_and_programs_can_read_them(message, inbox):
    assert handed_over(message).verdict is Verdict.SENT
    [raw] = inbox.letters
    head, _blank, _body = raw.replace("\r\n", "\n").partition("\n\n")
    mail = email.message_from_bytes(raw.encode(), policy=default)
    for name in SIGNED:
        assert len(mail.get_all(name, [])) == 1, f"{name} once: a signature covers it, and nobody can add another"
    assert head.isascii()
    lines = head.split("\n")
    assert not [line for line in lines if len(line) > 998 or line.strip().endswith(":")], (
        "whole, on the line of its name"
    )
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
    [stop] = [line for line in lines if line.startswith("List-Unsubscribe: ")]
    assert re.fullmatch(r"List-Unsubscribe: <https?://[^\s<>]+/newsletter/abo/[^\s<>/]+/abmelden/>", stop)
    assert stop.endswith(message.headers["List-Unsubscribe"])
    assert mail["Subject"] == TITLE
    assert mail["Reply-To"] == "runder-tisch@amt.example"


def test_it_reads_the_same_without_html_and_in_the_dark(message, inbox):
    handed_over(message)
    mail = email.message_from_bytes(inbox.letters[0].encode(), policy=default)
    text, page = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    stop = message.headers["List-Unsubscribe"].strip("<>")
    for each in (LONG, "Guten Tag!", "04.03.", stop):
        assert each in text
    assert "<" not in text.replace("<https", "").replace("<http", "")
    assert LONG in page
    assert "prefers-color-scheme: dark" in page or "prefers-color-scheme:dark" in page
    assert mail.get_content_type() == "multipart/alternative"


@pytest.mark.parametrize(("said", "state"), [("451 later", "queued"), ("554 no", "failed")])
def test_what_the_server_refuses_after_the_last_dot_was_not_sent(message, inbox, said, state):
    """Just before the dot the mail counts as sent, so that nobody gets two; the answer counts more."""
    inbox.data_answer = said
    handed_over(message)
    assert (message.state, message.sent_at, inbox.letters) == (state, None, [])
    assert message.body
    if state == "queued":
        inbox.data_answer = "250 OK"
        handed_over(message)
        assert (message.state, len(inbox.letters)) == ("sent", 1)
