"""What editors deleted and may still take back."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields

DAYS = 30


class RemovedQuerySet(models.QuerySet["Removed"]):
    """Which deleted things."""

    def over(self, now: datetime | None = None) -> "RemovedQuerySet":
        """Those whose days are over."""
        return self.filter(at__lt=(now or timezone.now()) - timedelta(days=DAYS))


class Removed(models.Model):
    """A deleted thing, whole, with everything that was deleted along with it. Offers and providers are not here: being
    in the bin is a state of theirs."""

    kind = fields.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    title = fields.CharField(max_length=300)
    # [{"kind", "pk", "values": {column: value}}], whatever must be made first standing first.
    rows = models.JSONField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_name = fields.CharField(max_length=254, blank=True)

    objects: ClassVar[RemovedQuerySet] = RemovedQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("deleted thing")
        verbose_name_plural = _("deleted things")
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("at",), name="removed_at"),)
        constraints = (models.UniqueConstraint(fields=("kind", "subject_id"), name="removed_once"),)

    def __str__(self) -> str:
        return self.title
