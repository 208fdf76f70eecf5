"""What this room does when something happens elsewhere: an address is proved, the editors decide."""

from typing import Any

from allauth.account.signals import email_confirmed
from django.dispatch import receiver

from portal.organisations import letters
from portal.organisations.registering import fulfil, is_first_word
from portal.providers.models import Provider
from portal.revisions.models import Revision
from portal.revisions.signals import Event, moved
from tenants.running.context import PUBLIC, current_schema


@receiver(email_confirmed)
def make_what_was_wished_for(email_address: Any, **kwargs: Any) -> None:
    """Now it is known who registered. On the operator's side nobody registers."""
    if current_schema() != PUBLIC:
        fulfil(email_address.user)


@receiver(moved, sender=Revision)
def tell_the_founder(revision: Revision, event: Event, by: Any, **kwargs: Any) -> None:
    """The first word on a new organisation; later decisions are on its profile, and told by who keeps that."""
    if is_first_word(revision, event):
        provider = Provider.objects.get(pk=revision.subject_id)
        letters.registration_decided(provider, revision, approved=event == Event.APPLIED, by=by)
