"""Profiles of providers as a kind of the engine."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.providers import approval, comparing, snapshot
from portal.providers.approval import Subject
from portal.providers.models import Provider
from portal.providers.services import enter_state
from portal.providers.states import State
from portal.revisions.kinds import Kind, register
from portal.revisions.models import Desk, Revision
from portal.revisions.signals import Event

NAME = "provider"
FOLLOWING = frozenset({State.DRAFT})
BOUND = frozenset({State.PUBLISHED, State.PAUSED, State.BLOCKED, State.ARCHIVED, State.TRASHED})
CLOSED = frozenset({State.ARCHIVED, State.TRASHED})
UNPUBLISHED = frozenset({State.DRAFT, State.SUBMITTED})


class ProviderRules:
    """See `portal.revisions.kinds.Rules`."""

    def lock(self, pk: int) -> Provider:
        return Provider.objects.select_for_update(of=("self",)).get(pk=pk)

    def follows(self, row: Provider) -> bool:
        return row.state in FOLLOWING

    def is_bound(self, row: Provider) -> bool:
        return row.state in BOUND

    def is_editable(self, row: Provider) -> bool:
        return row.state not in CLOSED

    def may_edit(self, by: Any, row: Provider) -> bool:
        return approval.may_edit(by, row, Subject.PROFILE)

    def may_submit(self, by: Any, row: Provider) -> bool:
        return approval.may_submit(by, row, Subject.PROFILE)

    def may_decide(self, by: Any, row: Provider, revision: Revision) -> bool:
        return approval.may_decide(by, row, revision)

    def desk(self, row: Provider, by: Any) -> Desk:
        # What the editors took down comes back past them in no way, also not as a draft after it was put away.
        first, blocked = row.state in UNPUBLISHED, row.taken_down_at is not None
        return approval.desk_for(row, by=by, what=Subject.PROFILE, first=first, blocked=blocked)

    def is_editor(self, by: Any) -> bool:
        return approval.acts_for_the_editors(by)

    def written_by(self, row: Provider, author: int | None) -> None:
        """A profile is the organisation's: who wrote it stands in its history."""

    def entered(self, row: Provider, event: Event, *, by: Any, reason: str = "", approved: bool = False) -> None:
        target = _after(row, event, approved=approved)
        if target is not None and target != row.state:
            enter_state(row, target, by=by, reason=reason)
        elif event == Event.RETURNED and row.state == State.DRAFT:
            row.state_reason = reason
            row.save(update_fields=["state_reason"])


def _after(row: Provider, event: Event, *, approved: bool) -> State | None:
    """The row's state after what happened to its revision; None: it stays. A returned profile is a draft again."""
    if event == Event.APPLIED:
        lifted = approved and row.state == State.BLOCKED
        return State.PUBLISHED if row.state in UNPUBLISHED or lifted else None
    if row.state not in UNPUBLISHED:
        return None
    waits = event in {Event.SUBMITTED, Event.HANDED_ON}
    return State.SUBMITTED if waits else State.DRAFT


KIND = register(
    Kind(
        name=NAME,
        label=_("profile of a provider"),
        model=Provider,
        format=snapshot.FORMAT,
        take=snapshot.take,
        apply=snapshot.apply,
        canonical=snapshot.canonical,
        differences=comparing.differences,
        missing=snapshot.missing,
        rules=ProviderRules(),
        related=("opening_hours", "facts", "images"),
        links=("categories",),
        upgrades={1: snapshot.second_format},
    )
)
