"""One table for every kind of text that is edited; it knows none of them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields


class State(models.TextChoices):
    """Where a revision is. The first two are open; the others are history and never change again."""

    WORKING = "working", _("being written")
    SUBMITTED = "submitted", _("waiting for approval")
    APPLIED = "applied", _("taken over")
    RETURNED = "returned", _("returned with a reason")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REPLACED = "replaced", _("replaced by a newer one")


OPEN = frozenset({State.WORKING, State.SUBMITTED})
SETTLED = frozenset(State) - OPEN


class Desk(models.TextChoices):
    """Who is to decide on what was submitted."""

    NOBODY = "", _("nobody")
    PROVIDER = "provider", _("the administrators of the provider")
    EDITORS = "editors", _("the editors")


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Which revisions."""

    def of(self, kind: str, subject_id: int | models.OuterRef) -> "RevisionQuerySet":
        """Those of one subject."""
        return self.filter(kind=kind, subject_id=subject_id)

    def waiting(self) -> "RevisionQuerySet":
        """Those that were submitted and on which nobody has decided."""
        return self.filter(state=State.SUBMITTED)

    def history(self) -> "RevisionQuerySet":
        """All but what is being written, the last first."""
        return self.exclude(state=State.WORKING).order_by("-settled_at", "-id")

    def still_returned(self) -> "RevisionQuerySet":
        """Returned, and neither answered by a newer one nor put aside."""
        return self.filter(state=State.RETURNED, seen_at__isnull=True)

    def to_be_seen(self) -> "RevisionQuerySet":
        """Applied without approval, and no editor has looked yet."""
        return self.filter(state=State.APPLIED, informed=True, seen_at__isnull=True)


class Revision(models.Model):
    """A text of one subject, whole. `version` counts the changes while it is open, so that nobody overwrites or
    approves what they have not seen; `marks` are the digests of what it started from (see tokens.py)."""

    kind = fields.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    content = models.JSONField()
    format = models.PositiveSmallIntegerField()
    # What somebody typed that could not be understood, by field, so that nothing typed is lost.
    typed = models.JSONField(default=dict, blank=True)
    state = fields.CharField(max_length=10, choices=State, default=State.WORKING)
    version = models.PositiveIntegerField(default=1)
    waits_for = fields.CharField(max_length=10, choices=Desk, blank=True)
    marks = models.JSONField(default=dict, blank=True)
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_name = fields.CharField(max_length=254, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    # When it was submitted or decided on: the order of a subject's history.
    settled_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_by_name = fields.CharField(max_length=254, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = fields.TextField(blank=True)
    note = fields.CharField(max_length=300, blank=True)
    # Applied without approval: the editors may look at it afterwards.
    informed = models.BooleanField(default=False)
    # When an editor looked at such a one, or the provider put a returned one aside.
    seen_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[RevisionQuerySet] = RevisionQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("kind", "subject_id", "-settled_at", "-id"), name="revision_history"),
            models.Index(
                fields=("kind", "waits_for", "submitted_at"), condition=Q(state="submitted"), name="revision_desk"
            ),
            models.Index(
                fields=("kind", "subject_id"), condition=Q(state="returned", seen_at=None), name="revision_returned"
            ),
            models.Index(
                fields=("settled_at",),
                condition=Q(state="applied", informed=True, seen_at=None),
                name="revision_unseen",
            ),
            # What was changed last, of everything.
            models.Index(
                fields=("-settled_at", "-id"), condition=~Q(state="working"), include=("kind",), name="revision_recent"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "subject_id", "author"),
                condition=Q(state="working"),
                name="revision_one_working_each",
            ),
            models.UniqueConstraint(
                fields=("kind", "subject_id"), condition=Q(state="submitted"), name="revision_one_waiting"
            ),
            models.CheckConstraint(name="revision_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="revision_waits_for_somebody",
                condition=Q(state="submitted", waits_for__in=["provider", "editors"])
                | (~Q(state="submitted") & Q(waits_for="")),
            ),
            models.CheckConstraint(
                name="revision_submitted_has_date",
                condition=~Q(state__in=["submitted", "returned", "withdrawn"]) | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="revision_settled_is_decided",
                condition=Q(state__in=["working", "submitted"], decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state__in=["working", "submitted"]) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="revision_in_order",
                condition=Q(state="working", settled_at__isnull=True)
                | (~Q(state="working") & Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="revision_returned_with_reason", condition=~Q(state="returned") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="revision_informed_is_applied", condition=Q(informed=False) | Q(state="applied")
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}: {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        """Whether it may still change."""
        return self.state in OPEN
