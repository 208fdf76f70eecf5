"""Being a contact person: by one's own hand, until one says otherwise."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from audit.services import record
from core.access import Role
from tracker.forum import words
from tracker.forum.models import Contact
from tracker.tickets.models import Viewer


def own_contact(viewer: Viewer) -> Contact | None:
    """What somebody agreed to."""
    if viewer.participant is None or viewer.person is None:
        return None
    return Contact.objects.filter(participant=viewer.participant, person=viewer.person).first()


@transaction.atomic
def agree(contact: Contact, *, by: Viewer) -> Contact:
    """Be a contact person for editors of other municipalities; for oneself only."""
    if by.participant is None or by.person is None:
        raise PermissionDenied
    contact.participant, contact.person, contact.agreed_at = by.participant, by.person, timezone.now()
    known = Contact.objects.filter(participant=by.participant, person=by.person).values_list("pk", flat=True).first()
    contact.pk = known
    contact.save()
    words.index_contact(contact)
    record("forum.contact", contact, by=by.user, changes={"agreed": True})
    return contact


def may_withdraw(contact: Contact, viewer: Viewer) -> bool:
    """Whoever it is, the administrators of their municipality, and the operator."""
    if viewer.is_operator:
        return True
    if viewer.participant is None or contact.participant_id != viewer.participant.pk:
        return False
    return contact.person == viewer.person or Role.ADMIN in viewer.roles


@transaction.atomic
def withdraw(contact: Contact, *, by: Viewer) -> None:
    """Nobody is named any more."""
    if not may_withdraw(contact, by):
        raise PermissionDenied
    record("forum.contact_withdrawn", contact, by=by.user)
    contact.delete()
