"""Webhooks that leave: where to, and what became of each message."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import fields
from core.sealing import seal, unseal
from tracker.channels.models.notices import Event
from tracker.tickets.models import Participant

_PURPOSE = "tracker.channels.hook"


class Hook(models.Model):
    """An address that is told of events: of a municipality, or (without participant) of the operator."""

    class Scope(models.TextChoices):
        """Which events it gets."""

        ALL = "all", _("events of all tickets")
        OWN = "own", _("events of our tickets only")

    participant = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    url = fields.URLField(_("address"), max_length=500)
    scope = models.CharField(_("events"), max_length=10, choices=Scope, default=Scope.ALL)
    active = models.BooleanField(pgettext_lazy("a webhook", "active"), default=True)
    sealed_secret = models.TextField(editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    # Since its last success.
    first_failure = models.DateTimeField(null=True, editable=False)
    last_failure = models.DateTimeField(null=True, editable=False)
    # We stopped by ourselves: nothing arrived for days.
    given_up_at = models.DateTimeField(null=True, editable=False)

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

    def __str__(self) -> str:
        return self.url

    @property
    def secret(self) -> str:
        """What messages are signed with; encrypted in the table."""
        return unseal(self.sealed_secret, purpose=_PURPOSE)

    @secret.setter
    def secret(self, secret: str) -> None:
        self.sealed_secret = seal(secret, purpose=_PURPOSE)


class Delivery(models.Model):
    """One message to one address. Its name stays the same with each attempt, so a double is recognised."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a webhook's message", "waiting")
        SENT = "sent", pgettext_lazy("a webhook's message", "arrived")
        FAILED = "failed", pgettext_lazy("a webhook's message", "given up")

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="deliveries")
    # Empty: a message that only tries whether anything arrives.
    event = models.ForeignKey(Event, null=True, on_delete=models.CASCADE, related_name="+")
    message = models.CharField(max_length=40, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try"), null=True)
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    error = models.CharField(_("last error"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    done_at = models.DateTimeField(_("arrived"), null=True)

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

    def __str__(self) -> str:
        return self.message
