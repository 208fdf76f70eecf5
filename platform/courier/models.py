"""What every room that sends webhooks keeps: where to, and what became of each message. Parents of its own tables."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import fields
from core.sealing import seal, unseal


class Address(models.Model):
    """Somewhere that is told of events. `purpose` parts what rooms seal with the key of this installation."""

    purpose: ClassVar[str]

    url = fields.URLField(_("address"), max_length=500)
    active = models.BooleanField(pgettext_lazy("a webhook", "active"), default=True)
    sealed_secret = models.TextField(editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    # Since its last success.
    first_failure = models.DateTimeField(null=True, editable=False)
    last_failure = models.DateTimeField(null=True, editable=False)
    # We stopped by ourselves: nothing arrived for days.
    given_up_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.url

    @property
    def secret(self) -> str:
        """What messages are signed with; encrypted in the table."""
        return unseal(self.sealed_secret, purpose=self.purpose)

    @secret.setter
    def secret(self, secret: str) -> None:
        self.sealed_secret = seal(secret, purpose=self.purpose)

    def start_afresh(self) -> None:
        """Somebody switched it on: what failed before counts no more. Not saved here."""
        self.given_up_at = self.first_failure = self.last_failure = None


class MessageState(models.TextChoices):
    """What became of a message."""

    WAITING = "waiting", pgettext_lazy("a webhook's message", "waiting")
    SENT = "sent", pgettext_lazy("a webhook's message", "arrived")
    FAILED = "failed", pgettext_lazy("a webhook's message", "given up")


class Message(models.Model):
    """One message to one address (`hook`, a key to the room's own). Its name stays the same with each attempt, so a
    double is recognised."""

    State = MessageState

    message = models.CharField(max_length=40, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=MessageState, default=MessageState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try"), null=True)
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    error = models.CharField(_("last error"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    done_at = models.DateTimeField(_("arrived"), null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.message

    def go_again(self) -> None:
        """With all attempts before it. Not saved here."""
        self.state, self.attempts, self.next_try_at, self.done_at = MessageState.WAITING, 0, timezone.now(), None
