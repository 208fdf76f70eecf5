"""Where to, what became of each message, and what was told of each offer last."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields
from courier.models import Address, Message


class Event(models.TextChoices):
    """What happens to an offer in the eyes of residents."""

    PUBLISHED = "published", _("an offer became public")
    CHANGED = "changed", _("a public offer changed")
    ENDED = "ended", _("an offer is over or was withdrawn")


class HookQuerySet(models.QuerySet["Hook"]):
    """Which webhooks."""

    def active(self) -> "HookQuerySet":
        """Those that are told anything now."""
        return self.filter(active=True)


class Hook(Address):
    """An address that is told of some events."""

    purpose = "portal.webhooks.hook"

    events = ArrayField(
        models.CharField(max_length=10, choices=Event), verbose_name=_("What is it told?"), default=list
    )

    objects: ClassVar[HookQuerySet] = HookQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("url",),
                name="webhook_once",
                violation_error_message=_("There is a webhook to this address already."),
            ),
            models.CheckConstraint(
                name="webhook_to_web",
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"),
                violation_error_message=_("The address must begin with https://."),
            ),
            models.CheckConstraint(name="webhook_events_known", condition=Q(events__contained_by=Event.values)),
            models.CheckConstraint(name="webhook_given_up_is_off", condition=Q(given_up_at=None) | Q(active=False)),
        )


class Delivery(Message):
    """One message to one address. What it says of the offer is made when it is sent: never more than residents see
    then. Without an event it only tries whether anything arrives."""

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=10, choices=Event, blank=True)
    # A mere number: an offer that was deleted is told of, too.
    offer = models.BigIntegerField(null=True)
    title = fields.CharField(max_length=255, blank=True)
    # When it happened.
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("message of a webhook")
        verbose_name_plural = _("messages of webhooks")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(name="webhook_delivery_state", condition=Q(state__in=["waiting", "sent", "failed"])),
            models.CheckConstraint(
                name="webhook_delivery_about", condition=Q(event="", offer=None) | (~Q(event="") & ~Q(offer=None))
            ),
        )
        indexes = (
            models.Index(fields=("hook", "-id"), name="webhook_log"),
            models.Index(fields=("next_try_at",), condition=Q(state="waiting"), name="webhook_waiting"),
        )

    @property
    def event_names(self) -> list[str]:
        """As the part of the pages that puts events into words takes them."""
        return [self.event]


class Told(models.Model):
    """What the addresses know of an offer: whether residents find it, as of which change. Kept while any is active."""

    offer = models.BigIntegerField(unique=True)
    public = models.BooleanField()
    moment = models.DateTimeField()

    class Meta:
        verbose_name = _("state told to webhooks")
        verbose_name_plural = _("states told to webhooks")

    def __str__(self) -> str:
        return str(self.offer)
