"""The table of German postcodes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Postcode(models.Model):
    """A German postcode and its middle, in degrees (WGS 84). © OpenStreetMap contributors, ODbL."""

    code = models.CharField(_("postcode"), max_length=5, primary_key=True)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))

    class Meta:
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        constraints = (models.CheckConstraint(name="postcode_five_digits", condition=models.Q(code__regex=r"^\d{5}$")),)

    def __str__(self) -> str:
        return self.code
