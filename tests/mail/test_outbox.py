"""Mail: written with its cause, delivered by a real SMTP conversation, kept for another try when that fails."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction

from core.access import Role
from mail.models import OutboxMessage
from operations.models import PostedMail
from tenants.running.context import inside, inside_public
from tests.conftest import municipality
from tests.mail.letters import a_letter
from tests.mail.servers import free_port, smtp_server


@pytest.fixture
def smtp(settings):
    with smtp_server(settings) as inbox:
        yield inbox


def _post(**fields):
    with inside(municipality("ahausen")):
        return a_letter(**fields)


def test_a_mail_goes_out_by_smtp_with_its_own_message_id(own_database, smtp):
    message = _post()
    call_command("work", until_empty=True)
    assert len(smtp.letters) == 1
    assert message.message_id in smtp.letters[0]
    with inside(municipality("ahausen")):
        sent = OutboxMessage.objects.get()
        assert (sent.state, sent.attempts) == ("sent", 1)
        assert sent.sent_at is not None


def test_a_mail_of_a_rolled_back_change_was_never_written(own_database, smtp):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _post()
        raise ZeroDivisionError
    call_command("work", until_empty=True)
    assert smtp.letters == []


def test_an_unreachable_server_keeps_the_mail_for_the_next_try(own_database, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    _post()
    call_command("work", until_empty=True)
    with inside(municipality("ahausen")):
        assert OutboxMessage.objects.get().state == "queued"


def test_an_address_the_server_refuses_is_given_up_with_the_reason(own_database, smtp):
    _post(to="nobody@example.org")
    call_command("work", until_empty=True)
    with inside(municipality("ahausen")):
        message = OutboxMessage.objects.get()
        assert message.state == "failed"
        assert "no such mailbox" in message.last_error


def test_a_subject_cannot_smuggle_in_headers(own_database, smtp):
    _post(subject="Hallo\nBcc: alle@example.org")
    call_command("work", until_empty=True)
    assert "\nBcc:" not in smtp.letters[0]


def test_mail_of_the_demo_stays_in_the_house(own_database, settings):
    settings.EMAIL_BACKEND = "operations.postbox.PostboxBackend"
    _post()
    call_command("work", until_empty=True)
    with inside_public():
        assert PostedMail.objects.get().municipality == "ahausen"
    assert mail.outbox == []


def test_the_postbox_is_for_operators_only(db, signed_in, visitor, ahausen):
    assert visitor("").get("/betrieb/postausgang/").status_code == 302
    assert "Grüße" not in signed_in(None, Role.OPERATOR).get("/betrieb/postausgang/").content.decode()
    assert visitor("ahausen").get("/betrieb/postausgang/").status_code == 404
