"""What all processes of the service must know alike for a short while."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SharedValue(models.Model):
    """A value under the keyed digest of its name, in a table without a log: quick, and nobody's loss after a crash.

    Written and read by tenants.running.cache alone. No address and no IP number can be read from it.
    """

    key = models.CharField(_("key"), max_length=64, primary_key=True)
    value = models.JSONField(_("value"))
    expires_at = models.DateTimeField(_("expires"), db_index=True)

    class Meta:
        verbose_name = _("shared value")
        verbose_name_plural = _("shared values")

    def __str__(self) -> str:
        return self.key
