"""When an offer takes place: rules as the truth, single occurrences for searching."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import fields
from portal.offers.models.offer import Offer
from portal.offers.rules import FIRST_YEAR, LAST_YEAR, SHAPE, RuleError, check, tidy

MOST_EXCEPTIONS = 1000
_POSSIBLE = (date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))


class Off(models.TextChoices):
    """Days that are left out of a repetition by themselves (portal.offers.left_out)."""

    PUBLIC = "public", _("public holidays")
    SCHOOL = "school", _("school holidays")


class Schedule(models.Model):
    """One rule of an offer's dates, in local time (Europe/Berlin). An offer has as many as it needs.

    Without `rrule` it is one date, or one stretch from `first_date` to `last_date` (a period). With an RFC 5545
    RRULE (without DTSTART, which is `first_date`) it repeats; two time windows on one day are two rules. `exdates`
    are days on which it does not take place, `reasons` why (by ISO date), `off` the holidays it leaves out.
    """

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="schedules")
    first_date = models.DateField(_("first day"))
    last_date = models.DateField(_("last day"), null=True, blank=True, help_text=_("Of a period without repetition."))
    start_time = models.TimeField(_("from"), null=True, blank=True)
    end_time = models.TimeField(_("to"), null=True, blank=True)
    rrule = fields.CharField(_("repetition"), max_length=300, blank=True, help_text=_("RRULE of RFC 5545."))
    exdates = ArrayField(models.DateField(), verbose_name=_("except on"), default=list, blank=True)
    reasons = models.JSONField(_("reasons"), default=dict, db_default={}, blank=True)
    off = ArrayField(
        models.CharField(max_length=10, choices=Off),
        verbose_name=_("leaves out"),
        default=list,
        db_default=[],
        blank=True,
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("dates")
        verbose_name_plural = _("dates")
        ordering = ("position", "first_date", "start_time", "id")
        constraints = (
            models.CheckConstraint(
                name="schedule_days_in_order",
                condition=Q(last_date__isnull=True) | Q(last_date__gte=F("first_date")),
                violation_error_message=_("The last day must not be before the first."),
            ),
            models.CheckConstraint(name="schedule_period_or_rule", condition=Q(last_date__isnull=True) | Q(rrule="")),
            models.CheckConstraint(
                name="schedule_end_needs_start",
                condition=Q(end_time__isnull=True) | Q(start_time__isnull=False),
            ),
            models.CheckConstraint(
                name="schedule_rule_shape",
                condition=Q(rrule="") | Q(rrule__regex=r"^FREQ=[A-Z]+(;[A-Z]+=[A-Z0-9,+-]+)*$"),
            ),
            models.CheckConstraint(
                name="schedule_rule_bounded",
                condition=Q(rrule="") | Q(rrule__regex=SHAPE),
                violation_error_message=_("This repetition cannot be understood, or goes on too long."),
            ),
            models.CheckConstraint(
                name="schedule_days_possible",
                condition=Q(first_date__range=_POSSIBLE)
                & (Q(last_date__isnull=True) | Q(last_date__range=_POSSIBLE))
                & Q(exdates__len__lte=MOST_EXCEPTIONS),
                violation_error_message=_("One of the days is in a year that cannot be right, or there are too many."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.first_date} {self.rrule}".strip()

    def clean(self) -> None:
        super().clean()
        if self.rrule and self.first_date:
            try:
                self.rrule = tidy(self.rrule, start=self.start_time)
                check(self.rrule, self.first_date)
            except RuleError as error:
                raise ValidationError({"rrule": _("This repetition cannot be understood: %s") % error}) from error


class Occurrence(models.Model):
    """One time an offer takes place, expanded from its rules up to a horizon (see portal.offers.occurrences)."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="occurrences")
    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="occurrences")
    starts_at = models.DateTimeField(_("beginning"))
    ends_at = models.DateTimeField(_("end"))
    has_time = models.BooleanField(_("with time of day"))
    first_date = models.DateField(_("first local day"))
    last_date = models.DateField(_("last local day"))
    start_time = models.TimeField(_("local time of the beginning"), null=True)
    end_time = models.TimeField(_("local time of the end"), null=True)

    class Meta:
        verbose_name = _("occurrence")
        verbose_name_plural = _("occurrences")
        ordering = ("starts_at", "id")
        indexes = (
            models.Index(fields=("offer", "ends_at", "starts_at"), name="occurrence_next"),
            models.Index(fields=("first_date", "last_date"), name="occurrence_days"),
        )
        constraints = (
            models.UniqueConstraint(fields=("schedule", "starts_at"), name="occurrence_once"),
            models.CheckConstraint(name="occurrence_in_order", condition=Q(ends_at__gte=F("starts_at"))),
            models.CheckConstraint(name="occurrence_days_in_order", condition=Q(last_date__gte=F("first_date"))),
        )

    def __str__(self) -> str:
        return f"{self.first_date}"
