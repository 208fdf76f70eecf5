"""Decisions that can still be taken back, and the sentences an editor uses again and again."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields

# How long a decision can be taken back; its mail leaves then.
TIME_TO_THINK = timedelta(minutes=5)
LONGEST_SENTENCE = 500


class Verb(models.TextChoices):
    """What was decided."""

    APPROVED = "approved", _("approved")
    CHANGED = "changed", _("approved with own changes")
    RETURNED = "returned", _("given back")
    BLOCKED = "blocked", _("blocked")


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Which decisions."""

    def open(self) -> "DecisionQuerySet":
        """Those that can be taken back, as far as their time tells."""
        return self.filter(taken_back_at__isnull=True, until__gt=timezone.now())


class Decision(models.Model):
    """What was before a decision, for as long as it can be taken back. It is no history: that is the revisions' and the
    audit log's; the row goes after a day."""

    kind = fields.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    revision_id = models.BigIntegerField()
    verb = fields.CharField(max_length=10, choices=Verb)
    title = fields.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    memory = models.JSONField(default=dict, blank=True)
    after = fields.CharField(max_length=64)
    mails = models.JSONField(default=list, blank=True)
    left_out = models.JSONField(default=list, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DecisionQuerySet] = DecisionQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("-id",)
        indexes = (models.Index(fields=("revision_id",), name="decision_of_revision"),)
        constraints = (
            models.CheckConstraint(name="decision_verb_known", condition=models.Q(verb__in=Verb.values)),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title}: {self.get_verb_display()}"

    @property
    def can_be_taken_back(self) -> bool:
        """As far as its time tells; whether its mail waits or something happened since, the deed finds out."""
        return self.taken_back_at is None and self.until > timezone.now()


class Sentence(models.Model):
    """A reason that is given again and again, in the order the editors want."""

    text = fields.TextField(_("sentence"), max_length=LONGEST_SENTENCE)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("sentence")
        verbose_name_plural = _("sentences")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text
