"""Which reminders went to whom about which offers, and what people want to hear.

Offers are named by their numbers, without a key in the database: what is deleted for good goes by plain SQL
(`portal.offers.removal`), and old rows go here after a while.
"""

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields

LINK_DAYS = 30
"""How long the link of a reminder counts."""
A_WEEK = timedelta(days=7)
"""Nobody gets two reminders within it, whoever sends them."""


class Purpose(models.TextChoices):
    """Why somebody was written to."""

    NIGHTLY = "nightly", _("reminder of the portal")
    EDITORS = "editors", _("reminder by the editorial team")
    AGAIN = "again", _("new link on request")


class LetterQuerySet(models.QuerySet["Letter"]):
    """Which letters."""

    def lately(self, now: datetime) -> "LetterQuerySet":
        """Reminders of the last week, whoever sent them. A new link that somebody asked for is none."""
        return self.filter(written_at__gt=now - A_WEEK).exclude(purpose=Purpose.AGAIN)

    def unsettled(self) -> "LetterQuerySet":
        """Those of which nobody knows yet whether they arrived."""
        return self.filter(delivered_at__isnull=True, failed_at__isnull=True)


class Letter(models.Model):
    """A reminder to one address, about offers of one or more organisations. Delivered is what the mail server took and
    did not send back."""

    address = fields.EmailField(_("e-mail"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    purpose = fields.CharField(_("reason"), max_length=8, choices=Purpose, default=Purpose.NIGHTLY)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    mail_id = models.BigIntegerField(_("number of the mail"), null=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True)
    failed_at = models.DateTimeField(_("not delivered"), null=True)

    objects: ClassVar[LetterQuerySet] = LetterQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ("-written_at", "-id")
        indexes = (
            models.Index(fields=("address", "-written_at"), name="upkeep_letter_to"),
            models.Index(fields=("-written_at",), name="upkeep_letter_newest"),
        )
        constraints = (
            models.CheckConstraint(name="upkeep_purpose_known", condition=Q(purpose__in=Purpose.values)),
            models.CheckConstraint(
                name="upkeep_delivered_or_not", condition=Q(delivered_at__isnull=True) | Q(failed_at__isnull=True)
            ),
        )

    def __str__(self) -> str:
        # No address: this stands in logs.
        return f"{self.pk}: {self.get_purpose_display()}"

    @property
    def last_day(self) -> date:
        """The last day on which its link counts."""
        return timezone.localdate(self.written_at) + timedelta(days=LINK_DAYS)

    @property
    def has_run_out(self) -> bool:
        """Whether its link counts no more."""
        return timezone.localdate() > self.last_day


class About(models.TextChoices):
    """What somebody was asked of an offer."""

    CHECK = "check", _("whether everything is still right")
    ENDING = "ending", _("whether it ends")


class Asked(models.Model):
    """An offer a letter was about."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="asked")
    offer_id = models.BigIntegerField(_("offer"))
    about = fields.CharField(_("what was asked"), max_length=8, choices=About, default=About.CHECK)

    class Meta:
        verbose_name = _("offer in a reminder")
        verbose_name_plural = _("offers in reminders")
        indexes = (models.Index(fields=("offer_id", "about"), name="upkeep_asked_offer"),)
        constraints = (
            models.UniqueConstraint(fields=("letter", "offer_id", "about"), name="upkeep_asked_once"),
            models.CheckConstraint(name="upkeep_about_known", condition=Q(about__in=About.values)),
        )

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.offer_id} ({self.about})"


class Ending(models.Model):
    """Somebody said from when on an offer is no more: on that day it is put away."""

    offer_id = models.BigIntegerField(_("offer"), primary_key=True)
    day = models.DateField(_("no more from"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField(_("said"), default=timezone.now)

    class Meta:
        verbose_name = _("announced end of an offer")
        verbose_name_plural = _("announced ends of offers")
        ordering = ("day", "offer_id")

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.day}"


class Stopped(models.Model):
    """An address that wants no reminders: somebody there is not responsible any more."""

    address = fields.EmailField(_("e-mail"), unique=True)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("address without reminders")
        verbose_name_plural = _("addresses without reminders")
        ordering = ("-since",)

    def __str__(self) -> str:
        return f"{self.pk}"


class Often(models.TextChoices):
    """How often somebody wants the summary."""

    WEEKLY = "weekly", _("once a week")
    MONTHLY = "monthly", _("once a month")


class Digest(models.Model):
    """Somebody wants a summary of their offers. Without a row nobody does."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="upkeep_digest"
    )
    often = fields.CharField(_("how often"), max_length=7, choices=Often, default=Often.MONTHLY)
    sent_on = models.DateField(_("last sent"), null=True)

    class Meta:
        verbose_name = _("summary by mail")
        verbose_name_plural = _("summaries by mail")
        constraints = (models.CheckConstraint(name="upkeep_often_known", condition=Q(often__in=Often.values)),)

    def __str__(self) -> str:
        return f"{self.pk}: {self.often}"
