"""Answers by mail, out of a real mailbox: a comment of who was written to, on the ticket that stays, once."""

from collections.abc import Iterator

import pytest

from core.access import Role
from mail.bouncing.mailbox import read_mailbox
from mail.models import OutboxMessage
from tenants.running.context import inside, inside_public
from tests.mail.mailbox import PASSWORD, USER, Mailbox, running
from tests.tracker.people import OPERATOR, editor_of
from tracker.channels import telling
from tracker.channels.answers.address import Mark, answer_address
from tracker.tickets.models import Comment, Ticket, of_municipality
from tracker.tickets.models.tickets import MOST_TEXT
from tracker.tickets.participating import participant_of
from tracker.tickets.services import comment, report
from tracker.tickets.uniting import merge


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Mailbox]:
    with running() as mailbox:
        yield mailbox


@pytest.fixture
def mailbox(dovecot, settings, db) -> Mailbox:
    settings.BOUNCE_ADDRESS = "rueck@portal.example"
    settings.BOUNCE_IMAP_HOST, settings.BOUNCE_IMAP_PORT = "127.0.0.1", dovecot.port
    settings.BOUNCE_IMAP_USER, settings.BOUNCE_IMAP_PASSWORD = USER, PASSWORD
    settings.BOUNCE_IMAP_TLS = False
    dovecot.clear()
    return dovecot


@pytest.fixture
def editor(person, ahausen):
    return person(ahausen, Role.EDITOR)


def a_ticket(town, user, title="Merkliste drucken") -> Ticket:
    return report(by=of_municipality(participant_of(town), Role.EDITOR, user=user), kind="wish", title=title)


def written_to(town) -> OutboxMessage:
    """The mail that tells of what is new there."""
    from django.utils import timezone

    with inside(town) if town else inside_public():
        telling.tell_due(timezone.now())
        return OutboxMessage.objects.filter(kind="tracker_notice").latest("pk")


def an_answer(to: str, sender: str, text: str = "Bei uns auch.\n\n> Neues\n", message_id="<1@x>", **headers) -> bytes:
    lines = {"From": f"Eva Muster <{sender}>", "To": to, "Subject": "Re: x", "Message-ID": message_id, **headers}
    head = "\n".join(f"{name.replace('_', '-')}: {value}" for name, value in lines.items() if value)
    return f"{head}\nContent-Type: text/plain; charset=utf-8\n\n{text}".encode()


def said(ticket: Ticket) -> list[str]:
    return list(Comment.objects.filter(ticket=ticket).exclude(participant=None).values_list("text", flat=True))


def test_an_answer_becomes_a_comment_of_the_municipality(ahausen, editor, mailbox):
    ticket = a_ticket(ahausen, editor)
    comment(ticket, "Wie oft?", by=OPERATOR)
    mail = written_to(ahausen)
    assert mail.reply_to.startswith("rueck+t-")
    assert "Sie können einfach auf diese E-Mail antworten" in mail.body
    mailbox.put(an_answer(mail.reply_to, editor.email))
    assert read_mailbox() == 1
    assert mailbox.left() == 0
    row = Comment.objects.get(participant=participant_of(ahausen))
    assert (row.text, row.author, row.internal) == ("Bei uns auch.", "Redaktion Ahausen", False)


def test_the_same_answer_twice_is_one_comment(ahausen, editor, mailbox):
    ticket = a_ticket(ahausen, editor)
    to = answer_address(Mark(participant_of(ahausen).pk, ticket.pk, editor.pk))
    for _twice in range(2):
        mailbox.put(an_answer(to, editor.email))
        read_mailbox()
    for _twice in range(2):
        mailbox.put(an_answer(to, editor.email, "Ohne Namen.", message_id=""))
        read_mailbox()
    assert said(ticket) == ["Bei uns auch.", "Ohne Namen."]


def test_an_answer_to_a_merged_ticket_reaches_the_other(ahausen, bedorf, editor, mailbox):
    ticket = a_ticket(ahausen, editor)
    comment(ticket, "Wie oft?", by=OPERATOR)
    mail = written_to(ahausen)
    other = report(by=editor_of(bedorf), kind="wish", title="Drucken")
    merge(ticket, other, by=OPERATOR)
    mailbox.put(an_answer(mail.reply_to, editor.email))
    assert read_mailbox() == 1
    assert "Bei uns auch." in said(other)


def test_an_answer_to_a_note_is_a_note(ahausen, bedorf, editor, mailbox):
    ticket = a_ticket(ahausen, editor)
    comment(ticket, "Kostenstelle?", by=OPERATOR, about=participant_of(ahausen))
    mail = written_to(ahausen)
    mailbox.put(an_answer(mail.reply_to, editor.email, "4711"))
    assert read_mailbox() == 1
    row = Comment.objects.get(text="4711")
    assert (row.internal, row.about) == (True, participant_of(ahausen))
    assert not Comment.objects.visible_to(editor_of(bedorf)).filter(text="4711").exists()


def test_an_operator_answers_too(ahausen, editor, person, mailbox):
    operators = person(None, Role.OPERATOR)
    ticket = a_ticket(ahausen, editor)
    mail = written_to(None)
    mailbox.put(an_answer(mail.reply_to, operators.email, "Wir schauen nach."))
    assert read_mailbox() == 1
    assert Comment.objects.get(ticket=ticket).author == "Betrieb der Plattform"


@pytest.mark.parametrize("sender", ["fremd@example.org", "", "editor@ahausen.example.evil.example"])
def test_somebody_else_does_not_speak_for_them(ahausen, editor, mailbox, sender):
    ticket = a_ticket(ahausen, editor)
    mailbox.put(an_answer(answer_address(Mark(participant_of(ahausen).pk, ticket.pk, editor.pk)), sender))
    assert read_mailbox() == 0
    assert mailbox.left() == 1, "it stays for a person"
    assert said(ticket) == []


def test_holiday_replies_are_no_answers(ahausen, editor, mailbox):
    ticket = a_ticket(ahausen, editor)
    to = answer_address(Mark(participant_of(ahausen).pk, ticket.pk, editor.pk))
    mailbox.put(an_answer(to, editor.email, "Bin im Urlaub.", Auto_Submitted="auto-replied"))
    read_mailbox()
    assert said(ticket) == []


@pytest.mark.parametrize(("text", "why"), [("> nur Zitat", "leer"), ("x" * (MOST_TEXT + 1), "zu lang")])
def test_an_answer_that_cannot_be_taken_is_told_back(ahausen, editor, mailbox, text, why):
    ticket = a_ticket(ahausen, editor)
    mailbox.put(an_answer(answer_address(Mark(participant_of(ahausen).pk, ticket.pk, editor.pk)), editor.email, text))
    assert read_mailbox() == 1
    assert said(ticket) == []
    with inside(ahausen):
        (mail,) = OutboxMessage.objects.filter(kind="tracker_answer_refused")
    assert (mail.to, why in mail.body) == (editor.email, True)


def test_who_lost_access_is_not_heard(ahausen, editor, mailbox):
    ticket = a_ticket(ahausen, editor)
    to = answer_address(Mark(participant_of(ahausen).pk, ticket.pk, editor.pk))
    with inside(ahausen):
        type(editor).objects.filter(pk=editor.pk).update(is_active=False)
    mailbox.put(an_answer(to, editor.email))
    assert read_mailbox() == 0
    assert said(ticket) == []


def test_a_mark_of_one_ticket_or_municipality_opens_no_other(ahausen, bedorf, editor, mailbox):
    ticket, other = a_ticket(ahausen, editor), a_ticket(ahausen, editor, "Anderes")
    to = answer_address(Mark(participant_of(ahausen).pk, ticket.pk, editor.pk))
    for forged in (to.replace(f"-{ticket.pk}-", f"-{other.pk}-"), to.replace("+t-", "+t-9")):
        mailbox.put(an_answer(forged, editor.email))
    assert read_mailbox() == 0
    assert said(other) == []


def test_other_mail_stays_for_a_person(ahausen, mailbox):
    mailbox.put(an_answer("rueck@portal.example", "eva@example.org", "Hallo"))
    assert read_mailbox() == 0
    assert mailbox.left() == 1
