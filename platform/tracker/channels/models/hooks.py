"""Webhooks that leave: where to, and what became of each message."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courier.models import Address, Message
from tracker.channels.models.notices import Event
from tracker.tickets.models import Participant


class Hook(Address):
    """An address that is told of events: of a municipality, or (without participant) of the operator."""

    purpose = "tracker.channels.hook"

    class Scope(models.TextChoices):
        """Which events it gets."""

        ALL = "all", _("events of all tickets")
        OWN = "own", _("events of our tickets only")

    participant = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    scope = models.CharField(_("events"), max_length=10, choices=Scope, default=Scope.ALL)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("participant", "url"),
                name="hook_once",
                nulls_distinct=False,
                violation_error_message=_("There is a webhook to this address already."),
            ),
            # http only to the operator's own network (LINK_INTERNAL_HOSTS); the form and `core.outgoing` see to it.
            models.CheckConstraint(
                name="hook_to_web",
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"),
                violation_error_message=_("The address must begin with https://."),
            ),
            models.CheckConstraint(name="hook_scope_known", condition=Q(scope__in=["all", "own"])),
            models.CheckConstraint(name="hook_given_up_is_off", condition=Q(given_up_at=None) | Q(active=False)),
        )


class Delivery(Message):
    """One message to one address."""

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="deliveries")
    # Empty: a message that only tries whether anything arrives.
    event = models.ForeignKey(Event, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("message of a webhook")
        verbose_name_plural = _("messages of webhooks")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("hook", "event"), name="delivery_once"),
            models.CheckConstraint(name="delivery_state_known", condition=Q(state__in=["waiting", "sent", "failed"])),
        )
        indexes = (
            models.Index(fields=("hook", "-id"), name="delivery_log"),
            models.Index(fields=("next_try_at",), condition=Q(state="waiting"), name="delivery_waiting"),
        )
