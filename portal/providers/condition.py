"""In which condition an organisation finds its profile: its state, what waits, what was returned."""

from typing import Any

from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.providers.states import State
from portal.revisions.models import Revision


class Condition(models.TextChoices):
    """What the people of an organisation read on the overview of their profile."""

    DRAFT = "draft", pgettext_lazy("profile", "Draft")
    IN_REVIEW = "in_review", pgettext_lazy("profile", "Being checked")
    PUBLIC = "public", pgettext_lazy("profile", "Public")
    CHANGE_IN_REVIEW = "change_in_review", pgettext_lazy("profile", "Public, change being checked")
    RETURNED = "returned", pgettext_lazy("profile", "Returned")
    BLOCKED = "blocked", pgettext_lazy("profile", "Blocked")
    PAUSED = "paused", pgettext_lazy("profile", "Paused")
    ARCHIVED = "archived", pgettext_lazy("profile", "Put away")
    TRASHED = "trashed", pgettext_lazy("profile", "In the bin")

    @property
    def explanation(self) -> str:
        """What that means, and what happens next."""
        return str(_EXPLANATIONS[self])


_EXPLANATIONS = {
    Condition.DRAFT: _("Only your organisation sees this page. Hand it in when it is ready; then it is approved."),
    Condition.IN_REVIEW: _("The editorial team is reading it. You will get a mail. You can still change it."),
    Condition.PUBLIC: _("Everybody can find your organisation."),
    Condition.CHANGE_IN_REVIEW: _("Everybody sees the old page until your change is approved."),
    Condition.RETURNED: _("Please change what is asked for and hand it in again."),
    Condition.BLOCKED: _(
        "The editorial team took the page and all offers down. Change what is asked for and hand it in."
    ),
    Condition.PAUSED: _("At present nobody finds your organisation and its offers."),
    Condition.ARCHIVED: _("The organisation was put away. Nobody finds it, and nothing can be changed."),
    Condition.TRASHED: _("The organisation lies in the bin and will be deleted for good."),
}
_BY_STATE = {
    State.DRAFT: Condition.DRAFT,
    State.SUBMITTED: Condition.IN_REVIEW,
    State.PUBLISHED: Condition.PUBLIC,
    State.PAUSED: Condition.PAUSED,
    State.BLOCKED: Condition.BLOCKED,
    State.ARCHIVED: Condition.ARCHIVED,
    State.TRASHED: Condition.TRASHED,
}
_FINAL = frozenset({State.ARCHIVED, State.TRASHED, State.SUBMITTED})


def with_condition(providers: QuerySet[Any]) -> QuerySet[Any]:
    """Add `waiting_id waiting_for returned_id returned_reason`; no further statement for a list."""
    mine = Revision.objects.of("provider", OuterRef("pk"))
    waiting = mine.waiting()
    returned = mine.still_returned().order_by("-settled_at", "-id")
    found: QuerySet[Any] = providers.annotate(
        waiting_id=Subquery(waiting.values("pk")[:1]),
        waiting_for=Subquery(waiting.values("waits_for")[:1]),
        returned_id=Subquery(returned.values("pk")[:1]),
        returned_reason=Subquery(returned.values("reason")[:1]),
    )
    return found


def condition_of(provider: Any) -> Condition:
    """The condition of a provider fetched with `with_condition`. What somebody must do comes first."""
    state = State(provider.state)
    if state in _FINAL:
        return _BY_STATE[state]
    if provider.returned_id is not None:
        return Condition.RETURNED
    if provider.waiting_id is not None:
        return Condition.CHANGE_IN_REVIEW if state == State.PUBLISHED else Condition.IN_REVIEW
    return _BY_STATE[state]


def reason_of(provider: Any) -> str:
    """Why it was returned or blocked; empty where nobody said."""
    return str(provider.returned_reason or provider.state_reason or "")


def is_sparse(provider: Any) -> bool:
    """Whether residents would find next to nothing: no word on what it does, or no way to reach it."""
    said = provider.summary or provider.description
    reachable = provider.email or provider.phone or provider.contact_email or provider.contact_phone
    return not said or not reachable
