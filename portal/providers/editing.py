"""Everything that is done with the text and the state of a provider's profile (see `portal.offers.editing`)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from audit.services import record
from portal.providers import snapshot
from portal.providers.approval import account, acts_for_the_editors
from portal.providers.kind import KIND
from portal.providers.models import Provider
from portal.providers.services import change_state
from portal.providers.states import State
from portal.revisions.errors import ReasonMissingError
from portal.revisions.kinds import Content
from portal.revisions.verbs import Verbs

verbs = Verbs(KIND)
begin, autosave, submit = verbs.begin, verbs.autosave, verbs.submit
withdraw, approve, send_back, restore = verbs.withdraw, verbs.approve, verbs.send_back, verbs.restore
discard_working, put_aside = verbs.discard_working, verbs.put_aside
differences, missing, content_of = verbs.differences, verbs.missing, verbs.content_of
history, waiting_for, returned_to, working_of = verbs.history, verbs.waiting_for, verbs.returned_to, verbs.working_of


def start(content: Content, *, by: Any) -> Provider:
    """A new provider as a draft, with what is known of it. Who may belong to it is told elsewhere (`Membership`)."""
    with transaction.atomic():
        provider = Provider.objects.create(author=account(by))
        snapshot.apply(provider, content)
        record("start", provider, by=by)
    return provider


def pause(provider: Provider, *, by: Any) -> None:
    """Take a public profile with all its offers off for a while."""
    change_state(provider, State.PAUSED, by=by)


def resume(provider: Provider, *, by: Any) -> None:
    """Bring a paused profile back; its text was approved."""
    change_state(provider, State.PUBLISHED, by=by)


def archive(provider: Provider, *, by: Any) -> None:
    """Put a profile away."""
    change_state(provider, State.ARCHIVED, by=by)


def block(provider: Provider, *, by: Any, reason: str) -> None:
    """The editors take a profile with all its offers down, and say why."""
    if not reason.strip():
        raise ReasonMissingError
    change_state(provider, State.BLOCKED, by=by, reason=reason.strip())


def unblock(provider: Provider, *, by: Any) -> None:
    """The editors let a profile be public again as it is."""
    if not acts_for_the_editors(by):
        raise PermissionDenied
    change_state(provider, State.PUBLISHED, by=by)


def trust(provider: Provider, *, by: Any, trusted: bool = True) -> None:
    """The editors exempt a provider from approval, or no longer do so."""
    if not acts_for_the_editors(by):
        raise PermissionDenied
    with transaction.atomic():
        locked = Provider.objects.select_for_update().get(pk=provider.pk)
        record("trust", locked, by=by, changes={"trusted": [locked.trusted, trusted]})
        Provider.objects.filter(pk=locked.pk).update(trusted=trusted)
    provider.trusted = trusted
