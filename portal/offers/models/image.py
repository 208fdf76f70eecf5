"""Images of an offer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields
from portal.media.models import LibraryImage
from portal.offers.models.offer import Offer


class OfferImage(LibraryImage):
    """An image of an offer: the large one at the top, one within the text, or the contact person."""

    class Kind(models.TextChoices):
        HERO = "hero", _("large picture")
        CONTENT = "content", _("picture in the text")
        CONTACT = "contact", _("portrait of the contact person")

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="images")
    kind = fields.CharField(_("use"), max_length=10, choices=Kind)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("image of an offer")
        verbose_name_plural = _("images of offers")
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(
                name="offer_image_kind_known", condition=models.Q(kind__in=["hero", "content", "contact"])
            ),
            models.CheckConstraint(
                name="offer_image_credited",
                condition=~models.Q(copyright=""),
                violation_error_message=_("Please say who made the image."),
            ),
        )

    def __str__(self) -> str:
        return self.alt_text or str(self.image)
