"""What was turned, and for whom; in the shared schema."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.models import Municipality

LONGEST_NAME = 40


class Setting(models.Model):
    """A switch is on or off for one municipality, for a wave, or (without both) for all. The narrower holds.

    `name` is no key to anything: a switch that the code declares no more leaves its settings, until somebody removes
    them.
    """

    name = models.CharField(_("switch"), max_length=LONGEST_NAME)
    wave = models.CharField(_("wave"), max_length=40, blank=True)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    is_on = models.BooleanField(_("on"))
    turned_at = models.DateTimeField(_("turned"), default=timezone.now)
    turned_by = models.CharField(_("turned by"), max_length=254)

    class Meta:
        verbose_name = _("setting of a switch")
        verbose_name_plural = _("settings of switches")
        ordering = ("name", "wave", "municipality_id")
        constraints = (
            models.UniqueConstraint(
                fields=("name", "wave"), condition=Q(municipality=None), name="switch_once_for_all_or_a_wave"
            ),
            models.UniqueConstraint(
                fields=("name", "municipality"),
                condition=Q(municipality__isnull=False),
                name="switch_once_for_a_municipality",
            ),
            models.CheckConstraint(name="switch_named", condition=~Q(name="")),
            models.CheckConstraint(name="switch_for_one_or_a_wave", condition=Q(municipality=None) | Q(wave="")),
        )

    def __str__(self) -> str:
        return self.name
