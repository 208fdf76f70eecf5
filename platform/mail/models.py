"""Outbox and wording."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MailText(models.Model):
    """A municipality's own wording of one kind of mail in one language. Without a row the shipped text is used."""

    key = models.CharField(_("kind of mail"), max_length=60)
    language = models.CharField(_("language"), max_length=10, default="de", db_default="de")
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(
        _("text"), help_text=_("Placeholders in double braces are filled in, for example {{ portal }}.")
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("mail text")
        verbose_name_plural = _("mail texts")
        ordering = ("key", "language")
        constraints = (models.UniqueConstraint(fields=("key", "language"), name="mail_text_once"),)

    def __str__(self) -> str:
        return self.key


class MailChoice(models.Model):
    """Whether a municipality lets an optional kind of mail go out. Without a row it is as usual (mail.kinds)."""

    key = models.CharField(_("kind of mail"), max_length=60, unique=True)
    wanted = models.BooleanField(_("goes out"))

    class Meta:
        verbose_name = _("choice of a kind of mail")
        verbose_name_plural = _("choices of kinds of mail")
        ordering = ("key",)

    def __str__(self) -> str:
        return self.key


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    """Which mails."""

    def given_up(self) -> "OutboxQuerySet":
        """Those nobody tries to send any more."""
        return self.filter(state=OutboxMessage.State.FAILED)

    def waiting(self) -> "OutboxQuerySet":
        """Those that are still to be sent."""
        return self.filter(state=OutboxMessage.State.QUEUED)

    def unsent(self) -> "OutboxQuerySet":
        """Both: what could not be sent (yet)."""
        return self.exclude(state=OutboxMessage.State.SENT)

    def sendable(self) -> "OutboxQuerySet":
        """Those that may be sent (again): a text that was forgotten cannot."""
        return self.unsent().exclude(fleeting=True, body="")


class OutboxMessage(models.Model):
    """A mail waiting, sent or given up. Its Message-ID is fixed when it is written, so a double is recognisable."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("given up")

    to = models.EmailField(pgettext_lazy("of a mail", "to"))
    kind = models.CharField(_("kind of mail"), max_length=60, default="", db_default="", blank=True)
    language = models.CharField(_("language"), max_length=10, default="de", db_default="de")
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    html = models.TextField(
        _("text as HTML"),
        default="",
        db_default="",
        blank=True,
        help_text=_("Without the frame, which the mail gets when it leaves."),
    )
    sender = models.CharField(pgettext_lazy("of a mail", "from"), max_length=300)
    reply_to = models.EmailField(_("reply to"), blank=True)
    headers = models.JSONField(
        _("further header lines"), default=dict, db_default=models.Value({}, models.JSONField()), blank=True
    )
    fleeting = models.BooleanField(
        _("forget when sent"),
        default=False,
        db_default=False,
        help_text=_("The text belongs to somebody else: it is passed on and not kept."),
    )
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True)
    failed_at = models.DateTimeField(pgettext_lazy("of a mail", "given up on"), null=True, blank=True)
    bounced_at = models.DateTimeField(pgettext_lazy("of a mail", "came back"), null=True, blank=True)
    bounce = models.CharField(
        pgettext_lazy("of a mail", "why it came back"), max_length=500, default="", db_default="", blank=True
    )

    objects: ClassVar[OutboxQuerySet] = OutboxQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ("-id",)
        indexes = (
            # The few among the many that somebody has to look at: asked for on every page of the editors.
            models.Index(fields=("failed_at",), condition=models.Q(state="failed"), name="outbox_given_up"),
        )
        constraints = (
            models.CheckConstraint(
                name="outbox_state_known", condition=models.Q(state__in=["queued", "sent", "failed"])
            ),
            models.CheckConstraint(
                name="outbox_sent_has_time",
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"

    @property
    def is_forgotten(self) -> bool:
        """Whether its text is gone, so that it cannot be sent any more."""
        return self.fleeting and not self.body


class Unreachable(models.Model):
    """An address from which mail came back for good. Reminders to it are held back until somebody changes that."""

    address = models.EmailField(_("address"), unique=True)
    since = models.DateTimeField(_("since"), auto_now_add=True)
    said = models.CharField(_("what the mail server said"), max_length=500, blank=True)
    held_back = models.PositiveIntegerField(_("reminders held back"), default=0, db_default=0)

    class Meta:
        verbose_name = _("address that cannot be reached")
        verbose_name_plural = _("addresses that cannot be reached")
        ordering = ("-since", "-pk")

    def __str__(self) -> str:
        return self.address
