"""Fields that providers, offers and places share."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields
from core.geo import NOWHERE, SOMEWHERE


class Precision(models.TextChoices):
    """How exact coordinates are."""

    EXACT = "exact", _("exact")
    POSTCODE = "postcode", _("middle of the postcode area")


class AddressFields(models.Model):
    """A postal address with coordinates in degrees (WGS 84)."""

    street = fields.CharField(_("street and number"), max_length=200, blank=True)
    postcode = fields.CharField(_("postcode"), max_length=5, blank=True)
    city = fields.CharField(_("town"), max_length=120, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    precision = fields.CharField(_("exactness"), max_length=10, choices=Precision, blank=True)

    class Meta:
        abstract = True

    @property
    def address_line(self) -> str:
        """The address on one line, as far as it is known."""
        town = f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (self.street, town) if part)

    @staticmethod
    def constraints(prefix: str) -> tuple[models.CheckConstraint, ...]:
        """What every table with an address asks of it."""
        nowhere = NOWHERE & models.Q(precision="")
        somewhere = SOMEWHERE & models.Q(precision__in=Precision.values)
        return (
            models.CheckConstraint(
                name=f"{prefix}_postcode_five_digits",
                condition=models.Q(postcode="") | models.Q(postcode__regex=r"^\d{5}$"),
                violation_error_message=_("A postcode has five digits."),
            ),
            models.CheckConstraint(
                name=f"{prefix}_coordinates_complete",
                condition=nowhere | somewhere,
                violation_error_message=_("Please give latitude, longitude and exactness together."),
            ),
        )


class Salutation(models.TextChoices):
    """How a contact person wants to be addressed."""

    NONE = "", _("no salutation")
    MS = "ms", _("Ms")
    MR = "mr", _("Mr")


class ContactFields(models.Model):
    """The person to ask."""

    contact_salutation = fields.CharField(_("salutation"), max_length=2, choices=Salutation, blank=True)
    contact_name = fields.CharField(_("contact person"), max_length=160, blank=True)
    contact_role = fields.CharField(_("responsible for"), max_length=200, blank=True)
    contact_phone = fields.CharField(_("phone of the contact person"), max_length=60, blank=True)
    contact_email = fields.EmailField(_("e-mail address of the contact person"), blank=True)

    class Meta:
        abstract = True
