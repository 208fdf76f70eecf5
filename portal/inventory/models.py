"""Filters that somebody keeps, what is done with many rows at once, and notes that only the editors see."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields
from core.ordering import ByName

TAKEN_BACK_WITHIN = timedelta(days=7)
LONGEST_QUERY = 2000


class Subject(models.TextChoices):
    """What a list shows, named as its address."""

    OFFERS = "angebote", _("Offers")
    PROVIDERS = "anbieter", _("Providers")


class SavedFilter(models.Model):
    """A way to look at a list that somebody keeps under a name; the colleagues see it where it is shared."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    subject = fields.CharField(_("list"), max_length=10, choices=Subject)
    name = fields.CharField(_("name"), max_length=60)
    query = fields.CharField(_("filter"), max_length=LONGEST_QUERY, blank=True)
    shared = models.BooleanField(_("shared with the colleagues"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = (ByName("name"), "id")
        constraints = (
            models.UniqueConstraint(fields=("owner", "subject", "name"), name="saved_filter_named_once"),
            models.CheckConstraint(name="saved_filter_named", condition=~Q(name="")),
            models.CheckConstraint(name="saved_filter_of_a_list", condition=Q(subject__in=Subject.values)),
        )

    def __str__(self) -> str:
        return self.name


class BulkRun(models.Model):
    """Something done with many rows, in parts, by a job. `params` are what was chosen besides the rows."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        STOPPED = "stopped", _("stopped")
        DONE = "done", _("done")

    # Made with the summary: a second click finds the run of the first.
    key = fields.CharField(max_length=40, unique=True)
    subject = fields.CharField(max_length=10, choices=Subject)
    deed = fields.CharField(max_length=30)
    params = models.JSONField(default=dict, blank=True)
    reason = fields.CharField(_("reason"), max_length=300, blank=True)
    tells = models.BooleanField(default=False)
    state = fields.CharField(max_length=10, choices=State, default=State.RUNNING)
    # Whether its rows are being brought back; the same row tells how far both ways are.
    back = models.BooleanField(default=False)
    back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # Of those done: brought back, and what has changed since and therefore stays.
    returned = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_by_name = fields.CharField(max_length=254, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("bulk action")
        verbose_name_plural = _("bulk actions")
        ordering = ("-started_at", "-id")
        indexes = (models.Index(fields=("-started_at", "-id"), name="bulk_run_newest"),)
        constraints = (
            models.CheckConstraint(name="bulk_run_of_a_list", condition=Q(subject__in=Subject.values)),
            models.CheckConstraint(name="bulk_run_state_known", condition=Q(state__in=["running", "stopped", "done"])),
            models.CheckConstraint(
                name="bulk_run_ended", condition=Q(state="running", ended_at=None) | ~Q(state="running", ended_at=None)
            ),
        )

    def __str__(self) -> str:
        return f"{self.deed} ({self.total})"

    @property
    def settled(self) -> int:
        """How many rows were looked at, on the way there or back."""
        return self.returned + self.kept if self.back else self.done + self.refused

    @property
    def size(self) -> int:
        """How many there are to look at."""
        return self.done if self.back else self.total

    @property
    def is_running(self) -> bool:
        """Whether it goes on by itself."""
        return self.state == self.State.RUNNING

    @property
    def is_recent(self) -> bool:
        """Whether the time to take it back is not over."""
        return self.started_at > timezone.now() - TAKEN_BACK_WITHIN


class BulkItem(models.Model):
    """One row of a bulk action: what it was before and what it became, so that it can be taken back."""

    class State(models.TextChoices):
        PENDING = "pending", _("not yet")
        DONE = "done", _("done")
        REFUSED = "refused", _("left as it is")
        BACK = "back", _("taken back")
        KEPT = "kept", _("changed since, left as it is")

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="items")
    subject_id = models.BigIntegerField()
    state = fields.CharField(max_length=10, choices=State, default=State.PENDING)
    reason = fields.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("row of a bulk action")
        verbose_name_plural = _("rows of bulk actions")
        ordering = ("subject_id",)
        indexes = (models.Index(fields=("run", "state", "subject_id"), name="bulk_item_next"),)
        constraints = (
            models.UniqueConstraint(fields=("run", "subject_id"), name="bulk_item_once"),
            models.CheckConstraint(
                name="bulk_item_state_known", condition=Q(state__in=["pending", "done", "refused", "back", "kept"])
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject_id}: {self.state}"


class Note(models.Model):
    """What the editors write down about an offer or a provider; nobody else ever sees it."""

    subject = fields.CharField(max_length=10, choices=Subject)
    subject_id = models.BigIntegerField()
    text = fields.TextField(_("internal note"), blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)

    LONGEST: ClassVar[int] = 2000

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("subject", "subject_id"), name="note_once"),
            models.CheckConstraint(name="note_on_a_list", condition=Q(subject__in=Subject.values)),
        )

    def __str__(self) -> str:
        return self.text[:60]
