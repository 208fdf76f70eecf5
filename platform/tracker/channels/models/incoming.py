"""What other programs tell us, and answers by mail."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import fields
from core.sealing import seal, unseal
from tracker.tickets.models import Participant, Ticket

_PURPOSE = "tracker.channels.source"


class Source(models.Model):
    """A program that may tell us something, at an address of its own and with its signature."""

    class Kind(models.TextChoices):
        GITHUB = "github", "GitHub"
        GITLAB = "gitlab", "GitLab"
        OPENCODE = "opencode", "openCode"
        SENTRY = "sentry", "Sentry"

    kind = models.CharField(_("program"), max_length=10, choices=Kind)
    name = fields.CharField(_("name"), max_length=80, help_text=_("For example the project’s name"))
    key = models.CharField(max_length=40, unique=True, editable=False)
    sealed_secret = models.TextField(editable=False)
    active = models.BooleanField(pgettext_lazy("a webhook", "active"), default=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    heard_at = models.DateTimeField(_("last heard of"), null=True, editable=False)
    # Why the last message was refused, and when.
    refused = models.CharField(max_length=100, blank=True, editable=False)
    refused_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("incoming webhook")
        verbose_name_plural = _("incoming webhooks")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="source_kind_known", condition=Q(kind__in=["github", "gitlab", "opencode", "sentry"])
            ),
            models.CheckConstraint(name="source_name_given", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def secret(self) -> str:
        """What messages are signed with; encrypted in the table."""
        return unseal(self.sealed_secret, purpose=_PURPOSE)

    @secret.setter
    def secret(self, secret: str) -> None:
        self.sealed_secret = seal(secret, purpose=_PURPOSE)


class Received(models.Model):
    """A message that was taken: the same one is refused when it comes again."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    message = models.CharField(max_length=128)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("received message")
        verbose_name_plural = _("received messages")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("source", "message"), name="received_once"),)

    def __str__(self) -> str:
        return self.message


class OuterIssue(models.Model):
    """An issue elsewhere that is about a ticket."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    url = fields.URLField(_("address of the issue"), max_length=500)
    number = models.PositiveBigIntegerField(null=True, blank=True)
    closed = models.BooleanField(default=False)
    refused = models.BooleanField(default=False)
    milestone = fields.CharField(max_length=100, blank=True)
    # By the clock of the other program: what is older changes nothing.
    heard_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("issue elsewhere")
        verbose_name_plural = _("issues elsewhere")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("ticket", "url"), name="outer_issue_once"),
            models.CheckConstraint(
                name="outer_issue_by_tls",
                condition=Q(url__startswith="https://"),
                violation_error_message=_("The address must begin with https://."),
            ),
        )
        indexes = (models.Index(fields=("url",), name="outer_issue_url"),)

    def __str__(self) -> str:
        return self.url


class SentryError(models.Model):
    """An error that Sentry saw. Title and page are the operator's alone; municipalities see whether it was theirs."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    issue = models.CharField(max_length=40)
    title = fields.CharField(_("title"), max_length=300, blank=True)
    url = fields.URLField(max_length=500, blank=True)
    ticket = models.ForeignKey(Ticket, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    number = models.PositiveIntegerField(_("times"), default=0)
    first_at = models.DateTimeField(_("first seen"), default=timezone.now)
    last_at = models.DateTimeField(_("last seen"), default=timezone.now)

    class Meta:
        verbose_name = _("error seen by Sentry")
        verbose_name_plural = _("errors seen by Sentry")
        ordering = ("-last_at", "-pk")
        constraints = (models.UniqueConstraint(fields=("source", "issue"), name="sentry_error_once"),)
        indexes = (models.Index(fields=("-last_at", "-id"), name="sentry_error_newest"),)

    def __str__(self) -> str:
        return self.title or self.issue


class Affected(models.Model):
    """A municipality in which an error was seen, and how often."""

    error = models.ForeignKey(SentryError, on_delete=models.CASCADE, related_name="affected")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("times"), default=0)
    last_at = models.DateTimeField(_("last seen"), default=timezone.now)

    class Meta:
        verbose_name = _("municipality affected by an error")
        verbose_name_plural = _("municipalities affected by an error")
        ordering = ("-number", "pk")
        constraints = (models.UniqueConstraint(fields=("error", "participant"), name="affected_once"),)

    def __str__(self) -> str:
        return f"{self.error_id}: {self.participant_id}"


class Answered(models.Model):
    """An answer by mail that was read; read again it changes nothing."""

    message_id = models.CharField(max_length=250, unique=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer by mail")
        verbose_name_plural = _("answers by mail")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.message_id
