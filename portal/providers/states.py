"""The states of a provider's profile, what may follow what, and who may do it."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.states import APPROVERS, EDITORS, OWNERS, PEOPLE, Machine, way


class State(models.TextChoices):
    """Where a provider's profile is."""

    DRAFT = "draft", gettext_lazy("draft")
    SUBMITTED = "submitted", gettext_lazy("waiting for approval")
    PUBLISHED = "published", gettext_lazy("public")
    PAUSED = "paused", gettext_lazy("approved, at present not public")
    BLOCKED = "blocked", gettext_lazy("blocked by the editors")
    ARCHIVED = "archived", gettext_lazy("archived")
    TRASHED = "trashed", gettext_lazy("in the bin")


MACHINE = Machine(
    State,
    way(State.DRAFT, to=State.SUBMITTED, by=PEOPLE),
    way(State.SUBMITTED, to=State.DRAFT, by=PEOPLE),
    way(State.DRAFT, State.SUBMITTED, to=State.PUBLISHED, by=APPROVERS),
    # It was approved: its administrators may take it off and bring it back.
    way(State.PUBLISHED, to=State.PAUSED, by=OWNERS),
    way(State.PAUSED, to=State.PUBLISHED, by=OWNERS),
    way(State.SUBMITTED, State.PUBLISHED, State.PAUSED, to=State.BLOCKED, by=EDITORS),
    way(State.BLOCKED, to=State.DRAFT, by=EDITORS),
    way(State.BLOCKED, to=State.PUBLISHED, by=EDITORS),
    way(State.DRAFT, State.SUBMITTED, State.PUBLISHED, State.PAUSED, to=State.ARCHIVED, by=OWNERS),
    # What the editors blocked is theirs to put away, and to delete.
    way(State.BLOCKED, to=State.ARCHIVED, by=EDITORS),
    way(State.BLOCKED, to=State.TRASHED, by=EDITORS),
    way(State.ARCHIVED, to=State.DRAFT, by=OWNERS),
    way(
        State.DRAFT,
        State.SUBMITTED,
        State.PUBLISHED,
        State.PAUSED,
        State.ARCHIVED,
        to=State.TRASHED,
        by=OWNERS,
    ),
    # Out of the bin there is one way, to where it came from: `portal.offers.removal.undelete_provider`.
    refused=lambda: _("A profile that is “%(old)s” cannot become “%(new)s”."),
)
