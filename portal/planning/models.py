"""What the room keeps: when each offer was public."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Span(models.Model):
    """A time in which an offer was public: published, not hidden, by a public provider, and not over.

    Kept by triggers (migration 0002) in the transaction of whatever changes it. The end may lie ahead, where the last
    date is known; it is missing where there is none. Mere numbers: what was public stays so when an offer goes.
    """

    offer_id = models.BigIntegerField(_("offer"))
    provider_id = models.BigIntegerField(_("provider"))
    since = models.DateTimeField(_("public since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("time of being public")
        verbose_name_plural = _("times of being public")
        constraints = (
            models.CheckConstraint(
                name="planning_span_in_order", condition=Q(until__isnull=True) | Q(until__gt=F("since"))
            ),
        )
        indexes = (models.Index(fields=("offer_id", "until"), name="planning_span_of_offer"),)

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.since:%Y-%m-%d}"
