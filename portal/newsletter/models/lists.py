"""A list of addresses that somebody reads in: what was found in it, before anything is done with it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import fields
from portal.newsletter.models.newsletters import Newsletter

# Addresses of people who may know nothing of us: forgotten soon, whatever was done with them.
KEPT_FOR = timedelta(days=2)


class Finding(models.TextChoices):
    """What an entry of a list is."""

    NEW = "neu", _("new")
    TYPO = "tippfehler", _("typing error?")
    BAD = "unlesbar", _("no address")
    DOUBLE = "doppelt", _("there twice in the list")
    KNOWN = "bekannt", _("is a reader already")
    LEFT = "abgemeldet", _("has unsubscribed")
    GONE = "unzustellbar", _("mail came back")


class AddressList(models.Model):
    """What stands in a list: `rows` are [line, as it was written, address, finding, what was probably meant].

    `key` comes with the form, so that a second click finds the list of the first. `place` is how far it was taken over.
    """

    class State(models.TextChoices):
        READY = "ready", _("waits for you")
        TAKING = "taking", _("is being taken over")
        DONE = "done", _("taken over")

    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="+")
    key = fields.CharField(max_length=40, unique=True)
    name = fields.CharField(max_length=150)
    rows = models.JSONField(default=list)
    state = fields.CharField(max_length=8, choices=State, default=State.READY)
    # Whether each address is asked first; without it somebody says why they may be written to.
    asks = models.BooleanField(default=True)
    evidence = fields.CharField(max_length=300, blank=True)
    corrected = models.BooleanField(default=False)
    place = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("list of addresses")
        verbose_name_plural = _("lists of addresses")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(name="newsletter_list_known", condition=Q(state__in=["ready", "taking", "done"])),
        )

    def __str__(self) -> str:
        return f"{self.newsletter_id}: {self.pk}"
