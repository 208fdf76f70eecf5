"""A municipality deleted: what it counted for stays as a “former municipality”, its texts and pictures go.

Rooms above say what of theirs goes:

    register(forget)    # forget(participant), within the transaction that deletes the municipality

The sentence a ticket is called by stays: others talk about it and vote on it.
"""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from tracker.tickets.models import Attachment, Comment, Context, Draft, Participant, Ticket, Watch
from tracker.tickets.searching import write_search

Forget = Callable[[Participant], object]
_forgetting: list[Forget] = []


def register(forget: Forget) -> None:
    """Called once, when the room's app is ready."""
    _forgetting.append(forget)


def farewell(slug: str) -> None:
    """Forget everything but that it was there."""
    participant = Participant.objects.select_for_update().filter(slug=slug).first()
    if participant is None:
        return
    for forget in _forgetting:
        forget(participant)
    _forget_own(participant)
    Participant.objects.filter(pk=participant.pk).update(
        slug=None, name="", shown_name="", left_at=timezone.now(), municipality=None
    )


def _forget_own(participant: Participant) -> None:
    pictures = Attachment.objects.filter(ticket__reporter=participant)
    drafts = Draft.objects.filter(participant=participant)
    files = [row.file for row in pictures] + [row.picture for row in drafts if row.picture]
    storages = [(file.storage, file.name) for file in files]
    transaction.on_commit(lambda: [storage.delete(name) for storage, name in storages])
    pictures.delete()
    drafts.delete()
    Context.objects.filter(ticket__reporter=participant).delete()
    Comment.objects.filter(about=participant).delete()
    Comment.objects.filter(participant=participant).update(text="", person=None)
    Watch.objects.filter(participant=participant).delete()
    own = Ticket.objects.filter(reporter=participant)
    own.update(happened="", expected="", person=None)
    write_search(own.all())
