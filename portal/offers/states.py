"""The states of an offer and what may follow what."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an offer is. That its dates are over is no state: it follows from the dates."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for approval")
    RETURNED = "returned", _("returned with a reason")
    PUBLISHED = "published", _("public")
    PAUSED = "paused", _("approved, at present not public")
    ARCHIVED = "archived", _("archived")
    BLOCKED = "blocked", _("blocked by the editors")
    TRASHED = "trashed", _("in the bin")


TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED, State.PUBLISHED, State.ARCHIVED}),
    State.SUBMITTED: frozenset({State.DRAFT, State.RETURNED, State.PUBLISHED, State.ARCHIVED}),
    State.RETURNED: frozenset({State.DRAFT, State.SUBMITTED, State.ARCHIVED}),
    State.PUBLISHED: frozenset({State.PAUSED, State.RETURNED, State.ARCHIVED}),
    State.PAUSED: frozenset({State.PUBLISHED, State.SUBMITTED, State.ARCHIVED}),
    State.ARCHIVED: frozenset({State.DRAFT}),
    State.BLOCKED: frozenset({State.PUBLISHED, State.ARCHIVED}),
    State.TRASHED: frozenset(),
}
for _state in State:
    if _state not in {State.DRAFT, State.TRASHED, State.BLOCKED}:
        TRANSITIONS[_state] |= {State.BLOCKED}
    TRANSITIONS[_state] |= {State.TRASHED} - {_state}


def check_transition(old: str, new: str) -> None:
    """Raise ValidationError when an offer may not go from one state to the other."""
    if State(new) not in TRANSITIONS[State(old)]:
        raise ValidationError(
            _("An offer that is “%(old)s” cannot become “%(new)s”."),
            params={"old": State(old).label, "new": State(new).label},
        )
