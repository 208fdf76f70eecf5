"""Everything that is done with the text and the state of an offer, for `/konto/`, `/redaktion/`, imports and jobs.

The verbs of revisions are the engine's (`portal.revisions.verbs`); those of states are here.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from audit.services import record
from portal.offers import snapshot
from portal.offers.kind import KIND
from portal.offers.models import Offer
from portal.providers import approval
from portal.providers.approval import Subject
from portal.providers.models import Provider
from portal.revisions.verbs import Verbs

verbs = Verbs(KIND)
begin, autosave, submit = verbs.begin, verbs.autosave, verbs.submit
withdraw, approve, send_back, restore = verbs.withdraw, verbs.approve, verbs.send_back, verbs.restore
discard_working, put_aside = verbs.discard_working, verbs.put_aside
differences, missing, content_of = verbs.differences, verbs.missing, verbs.content_of
history, waiting_for, returned_to, working_of = verbs.history, verbs.waiting_for, verbs.returned_to, verbs.working_of


def start(provider: Provider, *, by: Any) -> Offer:
    """A new draft of this provider's with what its profile says already: place and contact."""
    return _made(provider, snapshot.blank(provider), by=by, action="start")


def copy(offer: Offer, *, by: Any) -> Offer:
    """A new draft with the text of another offer of the same provider."""
    return _made(offer.provider, snapshot.take(offer), by=by, action="copy")


def _made(provider: Provider, content: snapshot.Content, *, by: Any, action: str) -> Offer:
    if not approval.may_edit(by, provider, Subject.OFFER):
        raise PermissionDenied
    author = approval.account(by)
    with transaction.atomic():
        offer = Offer.objects.create(provider=provider, author=author, last_editor=author)
        snapshot.apply(offer, content)
        record(action, offer, by=by)
    return offer
