"""How costs were shared out, kept as it was told."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields


class CostShares(models.Model):
    """A sum for a period, the mixture of keys (name → percent), and of each municipality what it was weighed by and its
    cents, as of the day it was made. Names are kept as they were; nothing here changes any more."""

    title = fields.CharField(_("title"), max_length=120)
    first = models.DateField(_("from"))
    last = models.DateField(_("until"))
    cents = models.PositiveBigIntegerField(_("sum in cents"))
    mixture: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(_("keys in percent"))
    # Of each: slug, name, cents, and the number of each key.
    rows: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(_("shares"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.CharField(_("made by"), max_length=254)

    class Meta:
        verbose_name = _("shares of costs")
        verbose_name_plural = _("shares of costs")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(name="cost_shares_titled", condition=~Q(title="")),
            models.CheckConstraint(name="cost_shares_of_something", condition=Q(cents__gt=0)),
            models.CheckConstraint(name="cost_shares_days_in_order", condition=Q(last__gte=F("first"))),
        )

    def __str__(self) -> str:
        return self.title
