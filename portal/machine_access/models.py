"""Under which number a program knows an offer, and what it was answered."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields
from portal.offers.models import Offer
from portal.providers.models import Provider
from portal.tokens.models import Token

LONGEST_ID = 200
LONGEST_KEY = 255


class ExternalOffer(models.Model):
    """An offer as an organisation's own system knows it. Of the organisation and not of the token: a program that gets
    a new token goes on with what it has written."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    external_id = fields.CharField(_("number there"), max_length=LONGEST_ID)
    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("offer of a program")
        verbose_name_plural = _("offers of programs")
        constraints = (models.UniqueConstraint(fields=("provider", "external_id"), name="external_offer_once"),)

    def __str__(self) -> str:
        return self.external_id


class KeptAnswer(models.Model):
    """What a program was answered, for a day: who asks the same once more under the same key gets the same."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=LONGEST_KEY)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=60)
    body = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer to a program")
        verbose_name_plural = _("answers to programs")
        constraints = (models.UniqueConstraint(fields=("token", "key"), name="kept_answer_once"),)
        indexes = (models.Index(fields=("at",), name="kept_answer_at"),)

    def __str__(self) -> str:
        return self.key
