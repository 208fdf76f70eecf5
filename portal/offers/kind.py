"""Offers as a kind of the engine: how their states and people go together with revisions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.offers import snapshot
from portal.offers.freshness import looked_at
from portal.offers.models import Offer
from portal.offers.open_points import open_points
from portal.offers.services import enter_state
from portal.offers.states import State
from portal.providers import approval
from portal.providers.approval import Subject
from portal.providers.states import State as ProviderState
from portal.revisions.kinds import Kind, register
from portal.revisions.models import Desk, Revision
from portal.revisions.signals import Event

NAME = "offer"
# Nobody but its people sees these: every save is written to the row.
FOLLOWING = frozenset({State.DRAFT, State.RETURNED})
# Public, or may become so again without anybody looking at the text.
BOUND = frozenset({State.PUBLISHED, State.PAUSED, State.BLOCKED, State.ARCHIVED, State.TRASHED})
CLOSED = frozenset({State.ARCHIVED, State.TRASHED})
UNPUBLISHED = frozenset({State.DRAFT, State.RETURNED, State.SUBMITTED})


class OfferRules:
    """See `portal.revisions.kinds.Rules`."""

    def lock(self, pk: int) -> Offer:
        return Offer.objects.select_for_update(of=("self",)).select_related("provider").get(pk=pk)

    def follows(self, row: Offer) -> bool:
        return row.state in FOLLOWING

    def is_bound(self, row: Offer) -> bool:
        return row.state in BOUND

    def is_editable(self, row: Offer) -> bool:
        return row.state not in CLOSED and row.provider.state != ProviderState.TRASHED

    def may_edit(self, by: Any, row: Offer) -> bool:
        return approval.may_edit(by, row.provider, Subject.OFFER)

    def may_submit(self, by: Any, row: Offer) -> bool:
        return approval.may_submit(by, row.provider, Subject.OFFER)

    def may_decide(self, by: Any, row: Offer, revision: Revision) -> bool:
        return approval.may_decide(by, row.provider, revision)

    def desk(self, row: Offer, by: Any) -> Desk:
        # What the editors took down comes back past them in no way, also not as a draft after it was put away.
        blocked = row.state == State.BLOCKED or (row.published_at is not None and row.taken_down_at is not None)
        first = row.state in UNPUBLISHED
        return approval.desk_for(row.provider, by=by, what=Subject.OFFER, first=first, blocked=blocked)

    def is_editor(self, by: Any) -> bool:
        return approval.acts_for_the_editors(by)

    def written_by(self, row: Offer, author: int | None) -> None:
        row.last_editor_id = author or row.last_editor_id

    def entered(self, row: Offer, event: Event, *, by: Any, reason: str = "", approved: bool = False) -> None:
        if event == Event.APPLIED:
            # What somebody changed they have looked at.
            changed = looked_at(row)
            if changed:
                Offer.objects.filter(pk=row.pk).update(**{name: getattr(row, name) for name in changed})
        target = _after(row, event, approved=approved)
        if target is not None and target != row.state:
            enter_state(row, target, by=by, reason=reason)


def _after(row: Offer, event: Event, *, approved: bool) -> State | None:
    """The row's state after what happened to its revision; None: it stays."""
    if event == Event.APPLIED:
        lifted = approved and row.state == State.BLOCKED
        return State.PUBLISHED if row.state in UNPUBLISHED or lifted else None
    if row.state not in UNPUBLISHED:
        return None
    return {
        Event.SUBMITTED: State.SUBMITTED,
        Event.HANDED_ON: State.SUBMITTED,
        Event.RETURNED: State.RETURNED,
        Event.WITHDRAWN: State.DRAFT,
    }.get(event)


KIND = register(
    Kind(
        name=NAME,
        label=_("offer"),
        model=Offer,
        format=snapshot.FORMAT,
        take=snapshot.take,
        apply=snapshot.apply,
        canonical=snapshot.canonical,
        differences=snapshot.differences,
        missing=snapshot.missing,
        rules=OfferRules(),
        related=("schedules", "locations", "images"),
        links=snapshot.LINKS,
        open_points=open_points,
    )
)
