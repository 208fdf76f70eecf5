"""What was read from a page or a flyer, and the proposals that came of it and wait for somebody's yes."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields
from core.models import PRIVATE_FILES
from portal.offers.models import Offer
from portal.providers.models import Provider

# After so long nobody works on it any more: its worker was killed and did not come back.
PATIENCE = timedelta(minutes=10)


class Source(models.TextChoices):
    """Where it was read."""

    PAGE = "page", _("web page")
    FLYER = "flyer", _("flyer")


class State(models.TextChoices):
    """How far it is."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("being read")
    DONE = "done", _("read")
    FAILED = "failed", _("not readable")


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Which readings."""

    def visible_to(self, user: Any) -> "ReadingQuerySet":
        """Those of a person's organisations, where several write together."""
        return self.filter(provider__in=Provider.objects.kept_by(user))

    def seen_by(self, user: Any) -> "ReadingQuerySet":
        """Besides those: what became an offer, for whoever may write that."""
        return self.filter(
            Q(provider__in=Provider.objects.kept_by(user)) | Q(offer__in=Offer.objects.editable_by(user))
        )


class Reading(models.Model):
    """One page or flyer. `found`: what could become offers, each a list of proposals (`portal.drafting.offering`)."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    source = fields.CharField(_("source"), max_length=10, choices=Source.choices)
    state = fields.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    address = fields.CharField(_("address"), max_length=500, blank=True)
    name = fields.CharField(_("name of the file"), max_length=200, blank=True)
    # Names nobody guesses: files lie where pictures lie.
    folder = models.UUIDField(default=uuid.uuid4, editable=False)
    digest = fields.CharField(max_length=64, editable=False)
    percent = models.PositiveSmallIntegerField(default=0)
    trouble = fields.CharField(max_length=30, blank=True)
    found = models.JSONField(default=list)
    # How many pages are shown, were read, and there are.
    shown = models.PositiveSmallIntegerField(default=0)
    read = models.PositiveSmallIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    recognised = models.BooleanField(default=False)
    offer = models.ForeignKey(Offer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of a page or flyer")
        verbose_name_plural = _("readings of pages and flyers")
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=("provider", "-created_at"), name="reading_of_provider"),)

    def __str__(self) -> str:
        return self.name or self.address

    @property
    def is_under_way(self) -> bool:
        """Whether somebody waits for it with reason."""
        return self.state in {State.WAITING, State.RUNNING} and not self.is_stuck

    @property
    def is_stuck(self) -> bool:
        """Whether it takes too long to go on waiting."""
        return self.state in {State.WAITING, State.RUNNING} and timezone.now() - self.created_at > PATIENCE

    def file(self, name: str) -> str:
        """Where a file of it lies."""
        return f"{PRIVATE_FILES}/drafting/{self.folder}/{name}"


class Proposal(models.Model):
    """One value of a draft that nobody has confirmed yet, or that somebody has: then `settled_at` says when."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="proposals")
    reading = models.ForeignKey(Reading, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    key = fields.CharField(max_length=30)
    source = fields.CharField(max_length=10, choices=Source.choices)
    certain = models.BooleanField(default=False)
    doubts = models.JSONField(default=list)
    said = fields.CharField(_("as it was read"), max_length=400, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("offer", "key"), name="proposal_once_per_value"),)

    def __str__(self) -> str:
        return f"{self.offer_id} {self.key}"
