"""How an issue goes out. Apart from the issue itself: this changes with every part, and no public page shows it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import fields
from mail.models import OutboxMessage
from portal.newsletter.models.issues import Issue
from portal.newsletter.models.readers import Reader


class Mailing(models.Model):
    """The sending of one issue: planned for a moment, running, held, ended.

    Whoever was a reader at `started_at` gets it; who has a `Delivery` has it in the outbox already. `sent`, `failed`
    and `bounced` are counted from the outbox as long as its rows are kept.
    """

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("of a newsletter", "planned")
        RUNNING = "running", pgettext_lazy("of a newsletter", "is being sent")
        HELD = "held", pgettext_lazy("of a newsletter", "held")
        DONE = "done", pgettext_lazy("of a newsletter", "sent")
        ENDED = "ended", pgettext_lazy("of a newsletter", "ended by hand")

    issue = models.OneToOneField(Issue, on_delete=models.CASCADE, related_name="mailing")
    state = fields.CharField(_("state"), max_length=8, choices=State)
    starts_at = models.DateTimeField(_("begins"))
    started_at = models.DateTimeField(_("began"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    recipients = models.PositiveIntegerField(_("readers"), default=0)
    sent = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    bounced = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("sending of an issue")
        verbose_name_plural = _("sendings of issues")
        ordering = ("-starts_at", "-id")
        constraints = (
            models.CheckConstraint(
                name="newsletter_mailing_known",
                condition=Q(state__in=["planned", "running", "held", "done", "ended"]),
            ),
            models.CheckConstraint(
                name="newsletter_mailing_began",
                condition=Q(state__in=["planned", "ended"]) | Q(started_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.state}"


class Delivery(models.Model):
    """An issue was written to a reader: never once more."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="deliveries")
    reader = models.ForeignKey(Reader, on_delete=models.SET_NULL, null=True, related_name="deliveries")
    mail = models.ForeignKey(OutboxMessage, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("issue that was written to a reader")
        verbose_name_plural = _("issues that were written to readers")
        constraints = (models.UniqueConstraint(fields=("mailing", "reader"), name="newsletter_delivered_once"),)

    def __str__(self) -> str:
        return f"{self.mailing_id}: {self.reader_id}"
