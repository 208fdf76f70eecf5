"""Figures by month, groups, consents, and what was told of a group in a month. No person stands here."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields
from tenants.models import Municipality

# A municipality whose last night of the month is older was not counted at its end.
OLDEST_NIGHT = timedelta(days=7)


class MonthFigures(models.Model):
    """What a municipality amounted to in the last night of a month that was counted; nights are forgotten, months stay.

    Goes with its municipality, as the nights do. `inhabitants` as they were known then.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    month = models.DateField(_("first day of the month"))
    night = models.DateField(_("night"))
    published_offers = models.PositiveIntegerField(_("published offers"))
    free_offers = models.PositiveIntegerField(_("of which free of charge"))
    accessible_offers = models.PositiveIntegerField(_("of which barrier-free"))
    providers = models.PositiveIntegerField(_("providers"))
    users = models.PositiveIntegerField(_("active accounts"))
    mails_sent = models.PositiveIntegerField(_("mails sent"))
    inhabitants = models.PositiveIntegerField(_("inhabitants"), null=True)

    class Meta:
        verbose_name = _("figures of a month")
        verbose_name_plural = _("figures of months")
        ordering = ("-month", "municipality_id")
        constraints = (models.UniqueConstraint(fields=("municipality", "month"), name="month_figures_once"),)
        indexes = (models.Index(fields=("month",), name="month_figures_month"),)

    def __str__(self) -> str:
        return f"{self.municipality_id}, {self.month:%Y-%m}"

    @property
    def is_of_the_end(self) -> bool:
        """Whether it was counted when the month ended: one that was suspended in its middle says nothing of its end."""
        return self.night >= self.month + relativedelta(months=1) - OLDEST_NIGHT


class Group(models.Model):
    """Similar municipalities, as the operator puts them together: by size, by kind."""

    name = fields.CharField(
        _("name"),
        max_length=80,
        unique=True,
        error_messages={"unique": _("There is a group of this name already.")},
        help_text=_("For example: towns of 20,000 to 50,000"),
    )
    sentence = fields.CharField(
        _("what they have in common"), max_length=200, blank=True, help_text=_("Members read it. Names are not told.")
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("group for comparison")
        verbose_name_plural = _("groups for comparison")
        ordering = ("name",)
        constraints = (models.CheckConstraint(name="comparison_group_named", condition=~Q(name="")),)

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A municipality belongs to one group at most: two that overlap but for one would tell that one."""

    municipality = models.OneToOneField(Municipality, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("member of a group")
        verbose_name_plural = _("members of groups")
        ordering = ("group_id", "municipality_id")

    def __str__(self) -> str:
        return f"{self.group_id}: {self.municipality_id}"


class Consent(models.Model):
    """A municipality takes part in comparisons; withdrawing it deletes the row. Who pressed the button stands in the
    municipality's own log."""

    municipality = models.OneToOneField(Municipality, on_delete=models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("consent to comparisons")
        verbose_name_plural = _("consents to comparisons")
        ordering = ("municipality_id",)

    def __str__(self) -> str:
        return str(self.municipality_id)


class Cohort(models.Model):
    """Whose figures are in the medians of a group in a month: decided once, when the month is over. Nobody in it means
    that nothing is told of that month."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="cohorts")
    month = models.DateField(_("first day of the month"))
    towns: "models.JSONField[list[int], list[int]]" = models.JSONField(_("municipalities"), default=list)
    decided_at = models.DateTimeField(_("decided"), default=timezone.now)

    class Meta:
        verbose_name = _("municipalities of a median")
        verbose_name_plural = _("municipalities of medians")
        ordering = ("group_id", "-month")
        constraints = (models.UniqueConstraint(fields=("group", "month"), name="cohort_decided_once"),)

    def __str__(self) -> str:
        return f"{self.group_id}, {self.month:%Y-%m}"


class Median(models.Model):
    """The rounded median of one figure in a cohort. Kept, so that it never changes."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="medians")
    figure = models.CharField(_("figure"), max_length=30)
    value = models.FloatField(_("median"))

    class Meta:
        verbose_name = _("median of a group")
        verbose_name_plural = _("medians of groups")
        ordering = ("cohort_id", "figure")
        constraints = (models.UniqueConstraint(fields=("cohort", "figure"), name="median_once"),)

    def __str__(self) -> str:
        return f"{self.cohort_id}: {self.figure}"
