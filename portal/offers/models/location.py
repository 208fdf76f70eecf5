"""Where an offer takes place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields
from portal.offers.models.offer import Offer
from portal.providers.fields import AddressFields


class Location(AddressFields):
    """One place of an offer; several are possible. An offer without a district is for the whole area."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="locations")
    name = fields.CharField(_("name of the place"), max_length=200, blank=True)
    note = fields.CharField(_("how to find it (for example the room)"), max_length=255, blank=True)
    district = models.ForeignKey(
        "taxonomy.District",
        verbose_name=_("district"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="locations",
    )
    hide_exact_address = models.BooleanField(
        _("show only the district"), default=False, help_text=_("For shelters and other protected places.")
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ("position", "id")
        indexes = (models.Index(fields=("latitude", "longitude"), name="location_coordinates"),)
        constraints = AddressFields.constraints("location")

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.address_line) if part)

    @property
    def district_name(self) -> str:
        """The name of the district, empty without one. Reads district: fetch it with the row."""
        return self.district.name if self.district else ""
