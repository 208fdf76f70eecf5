"""What this room does when something happens elsewhere: an address is proved, the editors decide."""

from typing import Any

from allauth.account.signals import email_confirmed
from django.dispatch import receiver

from portal.organisations import letters
from portal.organisations.registering import fulfil
from portal.providers.kind import NAME
from portal.providers.models import Provider
from portal.revisions.models import Revision, State
from portal.revisions.signals import Event, moved
from tenants.running.context import PUBLIC, current_schema


@receiver(email_confirmed)
def make_what_was_wished_for(email_address: Any, **kwargs: Any) -> None:
    """Now it is known who registered. On the operator's side nobody registers."""
    if current_schema() != PUBLIC:
        fulfil(email_address.user)


@receiver(moved, sender=Revision)
def tell_the_founder(revision: Revision, event: Event, by: Any, **kwargs: Any) -> None:
    """Only the first word on a new organisation: later decisions are on its profile, and told by who keeps that."""
    if revision.kind != NAME or event not in {Event.APPLIED, Event.RETURNED} or revision.decided_by is None:
        return
    if revision.submitted_at is None or revision.decided_by_id == revision.author_id:
        return
    provider = Provider.objects.get(pk=revision.subject_id)
    earlier = Revision.objects.of(NAME, provider.pk).filter(state=State.APPLIED).exclude(pk=revision.pk)
    if earlier.exists() or (event == Event.RETURNED and provider.published_at is not None):
        return
    letters.registration_decided(provider, revision, approved=event == Event.APPLIED, by=by)
