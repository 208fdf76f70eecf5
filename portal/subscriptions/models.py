"""Who wants to hear of which search, and what they have heard already."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import fields
from portal.offers.models import Offer

LONGEST_QUERY = 2000
# A link in a confirmation mail is good for so long; what nobody confirmed is forgotten after that.
CONFIRM_WITHIN = timedelta(hours=48)
FORGET_UNCONFIRMED = timedelta(days=7)
# A subscription ends by itself; the subscriber is asked in time.
VALID_FOR = timedelta(days=365)
ASK_BEFORE = timedelta(days=30)


class Frequency(models.TextChoices):
    """How often somebody wants to hear of new offers at most."""

    AT_ONCE = "sofort", _("as soon as there is something new")
    DAILY = "taeglich", _("once a day")
    WEEKLY = "woechentlich", _("once a week, on Monday")


class State(models.TextChoices):
    """Where a subscription is."""

    PENDING = "pending", _("not confirmed yet")
    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Which subscriptions."""

    def due(self, now: datetime) -> "SubscriptionQuerySet":
        """Active ones whose next look at the offers has come."""
        return self.filter(state=State.ACTIVE, due_at__lte=now, expires_at__gt=now)

    def to_ask(self, now: datetime) -> "SubscriptionQuerySet":
        """Those that end soon and whose subscriber was not asked yet."""
        return self.exclude(state=State.PENDING).filter(expires_at__lte=now + ASK_BEFORE, asked_at__isnull=True)

    def to_forget(self, now: datetime) -> "SubscriptionQuerySet":
        """Those nobody confirmed, and those that have ended."""
        unconfirmed = Q(state=State.PENDING, created_at__lte=now - FORGET_UNCONFIRMED)
        return self.filter(unconfirmed | Q(expires_at__lte=now))


class Subscription(models.Model):
    """A search somebody wants to hear of. The search is kept as the normalised query string of its address.

    `key` never leaves the server by itself: the links in mails carry it signed (see tokens.py).
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = fields.EmailField(_("e-mail"))
    query = fields.CharField(_("search"), max_length=LONGEST_QUERY, blank=True)
    language = fields.CharField(_("language of the mails"), max_length=10, default="de")
    frequency = fields.CharField(_("how often"), max_length=12, choices=Frequency, default=Frequency.DAILY)
    state = fields.CharField(_("state"), max_length=8, choices=State, default=State.PENDING)
    created_at = models.DateTimeField(_("asked for"))
    mailed_at = models.DateTimeField(_("last mail on the subscription itself"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    due_at = models.DateTimeField(_("next look"), null=True, blank=True)
    expires_at = models.DateTimeField(_("ends"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked whether to go on"), null=True, blank=True)

    objects: ClassVar[SubscriptionQuerySet] = SubscriptionQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("search subscription")
        verbose_name_plural = _("search subscriptions")
        ordering = ("id",)
        indexes = (models.Index(fields=("state", "due_at"), name="subscription_due"),)
        constraints = (
            models.UniqueConstraint(fields=("email", "query"), name="subscription_once"),
            models.CheckConstraint(name="subscription_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="subscription_frequency_known", condition=Q(frequency__in=Frequency.values)),
            models.CheckConstraint(
                name="subscription_confirmed_has_times",
                condition=Q(state=State.PENDING)
                | Q(confirmed_at__isnull=False, due_at__isnull=False, expires_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        # No address: this stands in logs.
        return f"{self.pk}: {self.query or '*'}"


class Told(models.Model):
    """An offer a subscriber has had by mail: never again in the same subscription."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="told")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField(_("told"))

    class Meta:
        verbose_name = _("offer told by mail")
        verbose_name_plural = _("offers told by mail")
        constraints = (models.UniqueConstraint(fields=("subscription", "offer"), name="subscription_told_once"),)

    def __str__(self) -> str:
        return f"{self.subscription_id}: {self.offer_id}"
