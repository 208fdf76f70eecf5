"""How often somebody wrote lately, without knowing who: counters under keys that nobody can read back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields


class Salt(models.Model):
    """The secret of one day. With it thrown away, the day's keys mean nothing, not even to us."""

    day = models.DateField(_("day"), primary_key=True)
    value = fields.CharField(max_length=64)

    class Meta:
        verbose_name = _("secret of the day")
        verbose_name_plural = _("secrets of the days")

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class Counter(models.Model):
    """How often something happened in a stretch of time. The key is a keyed hash (HMAC) with the day's salt."""

    key = fields.CharField(max_length=64)
    since = models.DateTimeField(_("since"))
    count = models.PositiveIntegerField(_("number"), default=1)

    class Meta:
        verbose_name = _("counter against spam")
        verbose_name_plural = _("counters against spam")
        constraints = (models.UniqueConstraint(fields=("key", "since"), name="counter_once"),)

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d %H:%M}: {self.count}"
