"""Mail that comes back, read from a real mailbox (Dovecot) after a real delivery (aiosmtpd)."""

import email
from collections.abc import Iterator
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import default

import pytest
from django.core.management import call_command
from django.utils import timezone

from mail.bouncing.envelope import mail_of, return_address
from mail.bouncing.mailbox import MailboxError, read_mailbox
from mail.models import OutboxMessage, Unreachable
from mail.services import post_kind
from mail.tasks import read_what_came_back
from tenants.running.context import inside
from tests.conftest import municipality
from tests.mail.mailbox import PASSWORD, USER, Mailbox, running
from tests.mail.servers import Inbox, smtp_server

RETURN = "rueck@portal.example"


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Mailbox]:
    with running() as mailbox:
        yield mailbox


@pytest.fixture
def mailbox(dovecot, settings) -> Mailbox:
    settings.BOUNCE_ADDRESS = RETURN
    settings.BOUNCE_IMAP_HOST, settings.BOUNCE_IMAP_PORT = "127.0.0.1", dovecot.port
    settings.BOUNCE_IMAP_USER, settings.BOUNCE_IMAP_PASSWORD = USER, PASSWORD
    settings.BOUNCE_IMAP_TLS = False
    dovecot.clear()
    return dovecot


@pytest.fixture
def smtp(settings) -> Iterator[Inbox]:
    with smtp_server(settings) as inbox:
        yield inbox


def sent(to: str = "weg@verein.example", town: str = "ahausen") -> OutboxMessage:
    """A mail that was taken by the mail server."""
    with inside(municipality(town)):
        message = post_kind("people_signed_out", to=to, values={"link": "https://x.example/"})
        OutboxMessage.objects.filter(pk=message.pk).update(state="sent", sent_at=timezone.now())
        message.refresh_from_db()
        return message


def marked(message: OutboxMessage, town: str = "ahausen") -> str:
    with inside(municipality(town)):
        return return_address(message.pk)


def notice(
    *,
    to: str = RETURN,
    message_id: str = "",
    action: str = "failed",
    status: str = "5.1.1",
    said: str = "550 5.1.1 <weg@verein.example>: Recipient address rejected: User unknown",
) -> bytes:
    """What a mail server writes (RFC 3464)."""
    whole = MIMEMultipart("report", report_type="delivery-status")
    whole["From"], whole["To"] = "MAILER-DAEMON@mx.verein.example", to
    whole["Subject"], whole["Auto-Submitted"] = "Undelivered Mail Returned to Sender", "auto-replied"
    whole.attach(MIMEText("I'm sorry to have to inform you that your message could not be delivered."))
    fields = (
        "Reporting-MTA: dns; mx.verein.example\n\n"
        f"Final-Recipient: rfc822; weg@verein.example\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; {said}\n"
    )
    status_part = email.message_from_string(f"Content-Type: message/delivery-status\n\n{fields}")
    whole.attach(status_part)
    headers = MIMEText(f"From: portal@portal.example\nMessage-ID: {message_id}\nSubject: x\n", "rfc822-headers")
    whole.attach(headers)
    return whole.as_bytes()


def seen(message: OutboxMessage, town: str = "ahausen") -> OutboxMessage:
    with inside(municipality(town)):
        return OutboxMessage.objects.get(pk=message.pk)


def gone(town: str = "ahausen") -> list[str]:
    with inside(municipality(town)):
        return list(Unreachable.objects.values_list("address", flat=True))


def test_a_mail_leaves_with_the_mailbox_as_its_envelope_and_comes_back_by_its_mark(own_database, mailbox, smtp):
    with inside(municipality("ahausen")):
        message = post_kind("people_signed_out", to="weg@verein.example", values={"link": "https://x.example/"})
    call_command("work", until_empty=True)
    assert smtp.senders == [marked(message)]
    arrived = email.message_from_string(smtp.letters[0], policy=default)
    assert arrived["From"].addresses[0].addr_spec == "portal@localhost"
    # The notice names no Message-ID, as many do.
    mailbox.put(notice(to=smtp.senders[0]))
    read_what_came_back(timestamp=0)
    found = seen(message)
    assert (found.state, found.bounce) == (
        "sent",
        "550 5.1.1 <weg@verein.example>: Recipient address rejected: User unknown",
    )
    assert found.bounced_at is not None
    assert gone() == ["weg@verein.example"]
    assert mailbox.left() == 0


def test_without_a_mark_the_message_id_tells_which_mail_and_whose_it_was(own_database, mailbox, settings):
    settings.BOUNCE_MARKS = False
    here, there = sent(), sent(town="bedorf")
    mailbox.put(notice(message_id=there.message_id))
    assert read_mailbox() == 1
    assert seen(here).bounced_at is None
    assert seen(there, "bedorf").bounced_at is not None
    assert (gone("ahausen"), gone("bedorf")) == ([], ["weg@verein.example"])


def test_a_full_mailbox_comes_back_without_stopping_reminders(own_database, mailbox):
    message = sent()
    mailbox.put(notice(to=marked(message), status="5.2.2", said="552 5.2.2 mailbox full"))
    assert read_mailbox() == 1
    assert seen(message).bounce == "552 5.2.2 mailbox full"
    assert gone() == []


def test_a_mail_that_is_only_late_has_not_come_back(own_database, mailbox):
    message = sent()
    mailbox.put(notice(to=marked(message), action="delayed", status="4.4.1", said="connect timed out"))
    assert read_mailbox() == 0
    assert seen(message).bounced_at is None
    assert mailbox.left() == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"From: eva@verein.example\nTo: %s\nAuto-Submitted: auto-replied\nSubject: Abwesend\n\nIch bin im Urlaub.\n",
        b"From: eva@verein.example\nTo: %s\nSubject: Re: Stimmt noch?\n\nJa, alles. user unknown war gestern.\n",
        b"\xff\xfe\x00 no mail at all",
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nAction: failed",
        b"Subject: " + b"a" * 300_000 + b"\n\nx",
    ],
    ids=["holiday", "an answer of a person", "rubbish", "cut off", "a header without an end"],
)
def test_what_is_no_notice_stays_in_the_mailbox_for_a_person(own_database, mailbox, raw):
    message = sent()
    mailbox.put(raw.replace(b"%s", RETURN.encode()))
    assert read_mailbox() == 0
    assert seen(message).bounced_at is None
    assert mailbox.left() == 1
    assert read_mailbox() == 0, "and is not read again"


def test_nobody_can_make_mails_of_others_come_back(own_database, mailbox):
    message = sent()
    forged = f"rueck+b-ahausen-{message.pk}-0123456789abcdef@portal.example"
    assert mail_of(forged) is None
    assert mail_of(marked(message).upper()) == ("ahausen", message.pk), "some mail servers shout"
    mailbox.put(notice(to=forged))
    mailbox.put(notice(message_id="<1.2.3.no_such_town@portal.example>"))
    assert read_mailbox() == 0
    assert seen(message).bounced_at is None


def test_a_notice_read_twice_changes_nothing(own_database, mailbox):
    message = sent()
    mailbox.put(notice(to=marked(message)))
    mailbox.put(notice(to=marked(message), said="550 5.1.1 second words"))
    assert read_mailbox() == 2
    assert "User unknown" in seen(message).bounce
    assert gone() == ["weg@verein.example"]


def test_words_of_a_server_that_knows_no_standard_are_understood(own_database, mailbox):
    message = sent()
    mailbox.put(
        (
            f"From: MAILER-DAEMON@old.example\nTo: {marked(message)}\nSubject: failure notice\n\n"
            "Hi. This is the qmail-send program at old.example.\n"
            "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
            "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
            "<weg@verein.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
            "--- Below this line is a copy of the message.\n"
        ).encode()
    )
    assert read_mailbox() == 1
    assert "no mailbox here by that name" in seen(message).bounce
    assert gone() == ["weg@verein.example"]


def test_reminders_to_an_address_that_is_gone_are_held_back_until_it_is_changed(own_database, mailbox):
    mailbox.put(notice(to=marked(sent())))
    read_mailbox()
    values = {"provider": "V", "number": 1, "list": "- x", "link": "https://x.example/"}
    with inside(municipality("ahausen")):
        assert post_kind("quality_incomplete", to="Weg@Verein.example", values=values) is None
        assert Unreachable.objects.get().held_back == 1
        assert post_kind("quality_incomplete", to="da@verein.example", values=values) is not None
        # What somebody asked for themselves is always tried.
        assert post_kind("password_reset_key", to="weg@verein.example", values={"password_reset_url": "x"}) is not None


def test_an_address_the_server_refuses_at_once_is_gone_as_well(own_database, mailbox, smtp):
    smtp.refusals = {"nobody": "550 5.1.1 no such user", "spam": "550 5.7.1 blocked using a list"}
    with inside(municipality("ahausen")):
        for to in ("nobody@example.org", "spam@example.org"):
            post_kind("people_signed_out", to=to, values={"link": "https://x.example/"})
    call_command("work", until_empty=True)
    with inside(municipality("ahausen")):
        assert set(OutboxMessage.objects.values_list("state", flat=True)) == {"failed"}
    assert gone() == ["nobody@example.org"]


def test_a_mailbox_that_cannot_be_read_stops_nothing(own_database, mailbox, settings, caplog):
    settings.BOUNCE_IMAP_PASSWORD = "wrong"
    with pytest.raises(MailboxError):
        read_mailbox()
    read_what_came_back(timestamp=0)
    assert "cannot be read" in caplog.text
    settings.BOUNCE_IMAP_HOST = ""
    read_what_came_back(timestamp=0)
