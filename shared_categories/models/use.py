"""How many published offers municipalities have on what they adopted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.models import Municipality


class Use(models.Model):
    """One municipality has adopted one entry: counted each night by its own job, shown and compared by the operator.

    By the code, not by a key: a municipality may have adopted what was removed since. Goes with its municipality and
    is counted anew after a restore.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="+", verbose_name=_("municipality")
    )
    code = models.CharField(_("code"), max_length=10)
    offers = models.PositiveIntegerField(_("published offers"), default=0)
    night = models.DateField(_("night"), help_text=_("The day that began."))

    class Meta:
        verbose_name = _("use of an entry")
        verbose_name_plural = _("uses of entries")
        ordering = ("code", "municipality")
        constraints = (models.UniqueConstraint(fields=("municipality", "code"), name="catalogue_use_once"),)
        indexes = (models.Index(fields=("code",), name="catalogue_use_code"),)

    def __str__(self) -> str:
        return f"{self.municipality_id}: {self.code}"
