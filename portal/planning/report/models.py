"""A report that comes by itself: which paper, how often, and to whom."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import fields
from portal.printing.models import Paper


class Rhythm(models.TextChoices):
    """How often a report is made by itself."""

    NEVER = "", _("only when somebody asks for it")
    MONTHLY = "monthly", _("every month")
    QUARTERLY = "quarterly", _("every quarter")
    YEARLY = "yearly", _("every year")


MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.YEARLY: 12}


class Report(models.Model):
    """What its paper does not know. Due where `next_on` has come; it moves on once the file is made."""

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="report", primary_key=True)
    rhythm = fields.CharField(_("how often"), max_length=10, choices=Rhythm, blank=True, default=Rhythm.NEVER)
    next_on = models.DateField(_("next on"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = (
            models.CheckConstraint(name="report_rhythm_known", condition=Q(rhythm__in=[each.value for each in Rhythm])),
            models.CheckConstraint(name="report_next_where_rhythm", condition=Q(rhythm="") | Q(next_on__isnull=False)),
        )

    def __str__(self) -> str:
        return self.paper.title


class Reader(models.Model):
    """Somebody who is told when a report is ready; `told_of` is the day of the last one they were told of."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="readers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    told_of = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("reader of a report")
        verbose_name_plural = _("readers of reports")
        constraints: ClassVar = (models.UniqueConstraint(fields=("report", "user"), name="report_reader_once"),)

    def __str__(self) -> str:
        return f"{self.report_id}: {self.user_id}"
