"""In which of ten conditions a provider finds an offer: its state, what waits, what was returned, its dates."""

from datetime import datetime
from typing import Any, Protocol

from django.db import models
from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.offers.states import State
from portal.revisions.models import Revision


class Condition(models.TextChoices):
    """What a provider reads in the list. An archived offer counts as over: it is put away like one."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("Being checked")
    PUBLIC = "public", pgettext_lazy("condition of an offer", "Public")
    CHANGE_IN_REVIEW = "change_in_review", _("Public, change being checked")
    RETURNED = "returned", _("Returned")
    BLOCKED = "blocked", _("Blocked")
    PAUSED = "paused", _("Paused")
    HIDDEN = "hidden", _("Hidden")
    OVER = "over", _("Over")
    TRASHED = "trashed", _("In the bin")

    @property
    def explanation(self) -> str:
        """What that means, and what happens next."""
        return str(_EXPLANATIONS[self])


_EXPLANATIONS = {
    Condition.DRAFT: _("Only you and your organisation see it. Submit it when it is ready."),
    Condition.IN_REVIEW: _("It was handed in and is being checked. You will get a mail. You can still change it."),
    Condition.PUBLIC: _("Everybody can find it."),
    Condition.CHANGE_IN_REVIEW: _("Everybody sees the old text until your change is approved."),
    Condition.RETURNED: _("Please change what is asked for and submit it again."),
    Condition.BLOCKED: _("The editors took it down. Nobody finds it until they bring it back; please write to them."),
    Condition.PAUSED: _("At present nobody finds it. You can make it public again at any time."),
    Condition.HIDDEN: _(
        "Nobody looked at it for long, so nobody finds it now. Say that it is still right, and it is there again."
    ),
    Condition.OVER: _("Its last date has passed or it was put away. Copy it into the next season, or give new dates."),
    Condition.TRASHED: _("It will be deleted for good 30 days after it was put here. Until then you can take it back."),
}
_BY_STATE = {
    State.DRAFT: Condition.DRAFT,
    State.SUBMITTED: Condition.IN_REVIEW,
    State.RETURNED: Condition.RETURNED,
    State.PAUSED: Condition.PAUSED,
    State.ARCHIVED: Condition.OVER,
    State.BLOCKED: Condition.BLOCKED,
    State.TRASHED: Condition.TRASHED,
}
# What waits and what was returned tells of these; the others say it themselves.
MOVING = frozenset({State.PUBLISHED, State.PAUSED, State.BLOCKED})


class Listed(Protocol):
    """An offer with what `with_condition` adds."""

    @property
    def state(self) -> str: ...
    @property
    def ends_at(self) -> datetime | None: ...
    @property
    def hidden_at(self) -> datetime | None: ...
    @property
    def waiting_id(self) -> int | None: ...
    @property
    def returned_id(self) -> int | None: ...


def condition(
    state: str, ends_at: datetime | None, *, waiting: bool, returned: bool, now: datetime, hidden: bool = False
) -> Condition:
    """The one place that says which condition it is. What somebody must do comes first."""
    if state not in MOVING:
        return _BY_STATE[State(state)]
    if returned:
        return Condition.RETURNED
    if waiting:
        return Condition.CHANGE_IN_REVIEW if state == State.PUBLISHED else Condition.IN_REVIEW
    if state != State.PUBLISHED:
        return _BY_STATE[State(state)]
    if ends_at is not None and ends_at < now:
        return Condition.OVER
    return Condition.HIDDEN if hidden else Condition.PUBLIC


def with_condition(offers: QuerySet[Any]) -> QuerySet[Any]:
    """Add `waiting_id waiting_for waiting_since returned_id returned_reason`; no further statement for a list."""
    mine = Revision.objects.of("offer", OuterRef("pk"))
    waiting = mine.waiting()
    returned = mine.still_returned().order_by("-settled_at", "-id")
    found: QuerySet[Any] = offers.annotate(
        waiting_id=Subquery(waiting.values("pk")[:1]),
        waiting_for=Subquery(waiting.values("waits_for")[:1]),
        waiting_since=Subquery(waiting.values("submitted_at")[:1]),
        returned_id=Subquery(returned.values("pk")[:1]),
        returned_reason=Subquery(returned.values("reason")[:1]),
    )
    return found


def subjects_waiting() -> QuerySet[Any]:
    """The ids of all offers with a text that waits: asked once and kept, not once for each row."""
    return Revision.objects.filter(kind="offer").waiting().values("subject_id")


def subjects_returned() -> QuerySet[Any]:
    """The ids of all offers with a returned text that is still open."""
    return Revision.objects.filter(kind="offer").still_returned().values("subject_id")


def with_condition_key(offers: QuerySet[Any], *, now: datetime | None = None) -> QuerySet[Any]:
    """Add `condition`, the same word in SQL, to filter and to count by; rows of tens of thousands cost little."""
    waiting, returned = subjects_waiting(), subjects_returned()
    states = {state: When(state=state, then=Value(found.value)) for state, found in _BY_STATE.items()}
    settled = [each for state, each in states.items() if state not in MOVING]
    standing = [each for state, each in states.items() if state in MOVING]
    found: QuerySet[Any] = offers.annotate(
        condition=Case(
            *settled,
            When(pk__in=returned, then=Value(Condition.RETURNED.value)),
            When(pk__in=waiting, state=State.PUBLISHED, then=Value(Condition.CHANGE_IN_REVIEW.value)),
            When(pk__in=waiting, then=Value(Condition.IN_REVIEW.value)),
            *standing,
            When(ends_at__lt=now or timezone.now(), then=Value(Condition.OVER.value)),
            When(hidden_at__isnull=False, then=Value(Condition.HIDDEN.value)),
            default=Value(Condition.PUBLIC.value),
            output_field=CharField(),
        )
    )
    return found


def condition_of(offer: Any, *, now: datetime | None = None) -> Condition:
    """The condition of an offer fetched with `with_condition` (or of any, which then costs one statement)."""
    found = offer if hasattr(offer, "waiting_id") else _fetched(offer)
    return condition(
        found.state,
        found.ends_at,
        waiting=found.waiting_id is not None,
        returned=found.returned_id is not None,
        hidden=found.hidden_at is not None,
        now=now or timezone.now(),
    )


def reason_of(offer: Any) -> str:
    """Why it was returned, blocked or taken down; empty where nobody said."""
    found = offer if hasattr(offer, "returned_reason") else _fetched(offer)
    return str(found.returned_reason or found.state_reason or "")


def _fetched(offer: models.Model) -> Any:
    return with_condition(type(offer)._default_manager.filter(pk=offer.pk)).get()
