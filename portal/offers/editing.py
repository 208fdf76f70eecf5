"""Everything that is done with the text and the state of an offer, for `/konto/`, `/redaktion/`, imports and jobs.

The verbs of revisions are the engine's (`portal.revisions.verbs`); those of states are here.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from audit.services import record
from portal.offers import removal, snapshot
from portal.offers.kind import KIND
from portal.offers.models import Offer
from portal.offers.services import change_state
from portal.offers.states import State
from portal.providers import approval
from portal.providers.approval import Subject
from portal.providers.models import Provider
from portal.revisions.errors import ReasonMissingError
from portal.revisions.verbs import Verbs

verbs = Verbs(KIND)
begin, autosave, submit = verbs.begin, verbs.autosave, verbs.submit
withdraw, approve, send_back, restore = verbs.withdraw, verbs.approve, verbs.send_back, verbs.restore
discard_working, put_aside = verbs.discard_working, verbs.put_aside
differences, missing, content_of = verbs.differences, verbs.missing, verbs.content_of
history, waiting_for, returned_to, working_of = verbs.history, verbs.waiting_for, verbs.returned_to, verbs.working_of
trash, undelete = removal.trash, removal.undelete


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


def pause(offer: Offer, *, by: Any) -> None:
    """Take a public offer off for a while."""
    change_state(offer, State.PAUSED, by=by)


def resume(offer: Offer, *, by: Any) -> None:
    """Bring a paused offer back; its text was approved."""
    change_state(offer, State.PUBLISHED, by=by, only_from=State.PAUSED)


def archive(offer: Offer, *, by: Any) -> None:
    """Put an offer away."""
    change_state(offer, State.ARCHIVED, by=by)


def reopen(offer: Offer, *, by: Any) -> None:
    """Make an archived offer a draft again."""
    change_state(offer, State.DRAFT, by=by, only_from=State.ARCHIVED)


def take_down(offer: Offer, *, by: Any, reason: str) -> None:
    """The editors take a public offer down and say what to change; its people write on as in a draft."""
    change_state(offer, State.RETURNED, by=by, reason=_said(reason), only_from=State.PUBLISHED)


def block(offer: Offer, *, by: Any, reason: str) -> None:
    """The editors take an offer down for good; only they bring it back, with the next text they approve or at once."""
    change_state(offer, State.BLOCKED, by=by, reason=_said(reason))


def unblock(offer: Offer, *, by: Any) -> None:
    """The editors let an offer be public again as it is."""
    change_state(offer, State.PUBLISHED, by=by, only_from=State.BLOCKED)


def _said(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissingError
    return reason.strip()
