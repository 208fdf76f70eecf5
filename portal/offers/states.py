"""The states of an offer, what may follow what, and who may do it."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.states import APPROVERS, EDITORS, OWNERS, PEOPLE, Machine, way


class State(models.TextChoices):
    """Where an offer is. That its dates are over is no state: it follows from the dates."""

    DRAFT = "draft", gettext_lazy("draft")
    SUBMITTED = "submitted", gettext_lazy("waiting for approval")
    RETURNED = "returned", gettext_lazy("returned with a reason")
    PUBLISHED = "published", gettext_lazy("public")
    PAUSED = "paused", gettext_lazy("approved, at present not public")
    ARCHIVED = "archived", gettext_lazy("archived")
    BLOCKED = "blocked", gettext_lazy("blocked by the editors")
    TRASHED = "trashed", gettext_lazy("in the bin")


MACHINE = Machine(
    State,
    way(State.DRAFT, State.RETURNED, State.PAUSED, to=State.SUBMITTED, by=PEOPLE),
    way(State.SUBMITTED, State.RETURNED, to=State.DRAFT, by=PEOPLE),
    way(State.DRAFT, State.SUBMITTED, to=State.PUBLISHED, by=APPROVERS),
    # It was approved: whoever paused it may bring it back.
    way(State.PUBLISHED, to=State.PAUSED, by=PEOPLE),
    way(State.PAUSED, to=State.PUBLISHED, by=PEOPLE),
    way(State.SUBMITTED, State.PUBLISHED, to=State.RETURNED, by=EDITORS),
    way(
        State.DRAFT,
        State.SUBMITTED,
        State.RETURNED,
        State.PUBLISHED,
        State.PAUSED,
        to=State.ARCHIVED,
        by=OWNERS,
    ),
    way(State.ARCHIVED, to=State.DRAFT, by=OWNERS),
    way(State.SUBMITTED, State.RETURNED, State.PUBLISHED, State.PAUSED, State.ARCHIVED, to=State.BLOCKED, by=EDITORS),
    way(State.BLOCKED, to=State.PUBLISHED, by=EDITORS),
    # What the editors blocked is theirs to put away, and to delete: else it would be gone in thirty days, and why.
    way(State.BLOCKED, to=State.ARCHIVED, by=EDITORS),
    way(State.BLOCKED, to=State.TRASHED, by=EDITORS),
    way(State.DRAFT, State.RETURNED, to=State.TRASHED, by=PEOPLE),
    way(
        State.SUBMITTED,
        State.PUBLISHED,
        State.PAUSED,
        State.ARCHIVED,
        to=State.TRASHED,
        by=OWNERS,
    ),
    # Out of the bin there is one way, to where it came from: `portal.offers.removal.undelete`.
    refused=lambda: _("An offer that is “%(old)s” cannot become “%(new)s”."),
)
