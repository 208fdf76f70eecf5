"""What operators were told of, so that they are told once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Alert(models.Model):
    """How one cause stands with the alerts: one row each, written at every measurement."""

    cause = models.CharField(_("cause"), max_length=40, unique=True)
    # Measurements in a row in which anybody was disturbed by it, and in which nobody was.
    seen = models.PositiveIntegerField(_("measurements with it"), default=0)
    missed = models.PositiveIntegerField(_("measurements without it"), default=0)
    is_open = models.BooleanField(_("told and not over"), default=False)
    told_at = models.DateTimeField(_("last told"), null=True, blank=True)
    told_number = models.PositiveIntegerField(_("municipalities when last told"), default=0)
    measured_at = models.DateTimeField(_("measured"))

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ("cause",)
        constraints = (
            models.CheckConstraint(
                name="alert_open_was_told", condition=models.Q(is_open=False) | models.Q(told_at__isnull=False)
            ),
            models.CheckConstraint(name="alert_seen_or_missed", condition=models.Q(seen=0) | models.Q(missed=0)),
        )

    def __str__(self) -> str:
        return self.cause
