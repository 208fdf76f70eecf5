"""What is done about a mail that came back: it says so itself, and reminders to an address that is gone stop."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from mail.bouncing.notices import Notice
from mail.models import OutboxMessage, Unreachable
from tenants.models import Municipality
from tenants.running.context import PUBLIC, inside, inside_public


def note(notice: Notice) -> bool:
    """Whether the mail was one of ours. Twice is once: a notice read again changes nothing."""
    for schema, found in _candidates(notice):
        with _place(schema) as there:
            if there and _noted(notice, found):
                return True
    return False


@contextmanager
def _place(schema: str) -> Iterator[bool]:
    """Inside the schema of this name; False where there is none."""
    if schema == PUBLIC:
        with inside_public():
            yield True
        return
    with inside_public():
        municipality = Municipality.objects.filter(schema_name=schema).first()
    if municipality is None:
        yield False
        return
    with inside(municipality):
        yield True


@transaction.atomic
def _noted(notice: Notice, found: dict[str, object]) -> bool:
    rows = OutboxMessage.objects.select_for_update().exclude(state=OutboxMessage.State.QUEUED)
    message = rows.filter(**found).first()
    if message is None:
        return False
    if message.bounced_at is None:
        message.bounced_at, message.bounce = timezone.now(), notice.said
        message.save(update_fields=["bounced_at", "bounce"])
        if notice.gone:
            note_gone(message.to, notice.said)
    return True


def note_gone(address: str, said: str) -> None:
    """There is no such mailbox: reminders to it are held back from now on."""
    Unreachable.objects.get_or_create(address=address.lower(), defaults={"said": said[:500]})


def _candidates(notice: Notice) -> Iterator[tuple[str, dict[str, object]]]:
    """Where the mail may be: as its mark says, else as its Message-ID says, which names the schema as well."""
    if notice.mark is not None:
        yield notice.mark[0], {"pk": notice.mark[1]}
    for each in notice.ids:
        schema = each.strip("<>").partition("@")[0].rpartition(".")[2]
        if schema:
            yield schema, {"message_id": each}
