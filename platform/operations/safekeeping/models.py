"""What somebody asked for in the browser: exports, which go after a week, and other long work on municipalities."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# They hold all data of people in a municipality.
KEPT = timedelta(days=7)


class ExportState(models.TextChoices):
    """How an export stands."""

    WAITING = "waiting", pgettext_lazy("an export", "being written")
    DONE = "done", pgettext_lazy("an export", "ready")
    FAILED = "failed", pgettext_lazy("an export", "failed")
    REMOVED = "removed", pgettext_lazy("an export", "file deleted")


class Export(models.Model):
    """One export of one municipality; the row stays when the file is gone."""

    slug = models.CharField(_("short name"), max_length=63)
    name = models.CharField(_("name"), max_length=200)
    asked_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    asked_by = models.CharField(_("asked for by"), max_length=254)
    state = models.CharField(
        pgettext_lazy("a rollout", "state"), max_length=10, choices=ExportState, default=ExportState.WAITING
    )
    # What is being written, and how much of it.
    what = models.CharField(max_length=100, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)
    bytes = models.BigIntegerField(_("size"), null=True, blank=True)
    rows = models.PositiveBigIntegerField(_("rows"), default=0)
    files = models.PositiveIntegerField(_("files"), default=0)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(name="export_state_known", condition=models.Q(state__in=ExportState.values)),
            models.UniqueConstraint(
                name="export_one_waiting", fields=("slug",), condition=models.Q(state=ExportState.WAITING)
            ),
        )

    def __str__(self) -> str:
        return f"{self.slug} {self.asked_at:%Y-%m-%d}"

    @property
    def is_waiting(self) -> bool:
        """Whether a job still writes it."""
        return self.state == ExportState.WAITING

    @property
    def is_there(self) -> bool:
        """Whether its file can be fetched."""
        return self.state == ExportState.DONE

    @property
    def goes_at(self) -> datetime | None:
        """When its file is deleted."""
        return self.ended_at + KEPT if self.ended_at else None

    @property
    def source_key(self) -> str:
        """How its file is called in addresses (`operations.safekeeping.sources`)."""
        return f"export-{self.pk}"

    @property
    def file_name(self) -> str:
        """What it is called on the disk and for whoever fetches it."""
        return f"{self.slug}-{self.asked_at:%Y%m%d}-{self.pk}.zip"


class WorkKind(models.TextChoices):
    """What is done. Each is a service of `tenants` that `manage` offers too."""

    LOOK = "look", pgettext_lazy("a long work", "look into an export")
    RESTORE = "restore", pgettext_lazy("a long work", "restore an export")
    TRIAL = "trial", pgettext_lazy("a long work", "try out an export")
    DELETE = "delete", pgettext_lazy("a long work", "delete for good")
    BACKUP = "backup", pgettext_lazy("a long work", "back up")
    DRILL = "drill", pgettext_lazy("a long work", "rehearse restoring")


class WorkState(models.TextChoices):
    """How it stands. ENDED is a trial whose municipality is deleted again."""

    WAITING = "waiting", pgettext_lazy("a long work", "under way")
    DONE = "done", pgettext_lazy("a long work", "done")
    FAILED = "failed", pgettext_lazy("a long work", "failed")
    ENDED = "ended", pgettext_lazy("a long work", "ended")


class WorkQuerySet(models.QuerySet["Work"]):
    """Which works."""

    def trials(self) -> "WorkQuerySet":
        """Those whose scratch municipality is there."""
        return self.filter(kind=WorkKind.TRIAL, state=WorkState.DONE)


class Work(models.Model):
    """Something long that a job does for an operator, with how far it is and what came of it."""

    kind = models.CharField(_("what"), max_length=10, choices=WorkKind)
    # The municipality it is about (empty: all), by the name it has then.
    slug = models.CharField(_("short name"), max_length=63, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    # The file it is about (`operations.safekeeping.sources`), and what else was wished.
    source = models.CharField(_("file"), max_length=150, blank=True)
    wish = models.JSONField(_("wish"), default=dict)
    asked_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    asked_by = models.CharField(_("asked for by"), max_length=254)
    state = models.CharField(
        pgettext_lazy("a rollout", "state"), max_length=10, choices=WorkState, default=WorkState.WAITING
    )
    # What is being done, and how much of it.
    what = models.CharField(max_length=300, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)
    result = models.JSONField(_("result"), default=dict)
    # When a trial's municipality is deleted.
    goes_at = models.DateTimeField(_("is deleted at"), null=True, blank=True)

    objects: ClassVar[WorkQuerySet] = WorkQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("long work")
        verbose_name_plural = _("long works")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(name="work_kind_known", condition=models.Q(kind__in=WorkKind.values)),
            models.CheckConstraint(name="work_state_known", condition=models.Q(state__in=WorkState.values)),
            models.UniqueConstraint(
                name="work_one_waiting",
                fields=("kind", "slug", "source"),
                condition=models.Q(state=WorkState.WAITING),
            ),
        )
        indexes = (models.Index(fields=("slug", "-id"), name="work_of_slug"),)

    def __str__(self) -> str:
        return self.name or self.slug or str(self.get_kind_display())

    @property
    def is_waiting(self) -> bool:
        """Whether a job still does it."""
        return self.state == WorkState.WAITING
