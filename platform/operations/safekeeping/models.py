"""Exports that somebody asked for in the browser; a job writes them, and after a week they go."""

from datetime import datetime, timedelta

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
    def file_name(self) -> str:
        """What it is called on the disk and for whoever fetches it."""
        return f"{self.slug}-{self.asked_at:%Y%m%d}-{self.pk}.zip"
