"""What is found out at night, and what the editors decided about it.

Rows name offers, providers and pages by their numbers, without a key in the database: what is deleted for good goes by
plain SQL (`portal.offers.removal`), and the next night forgets here what is gone there.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import fields
from core.singleton import Singleton, singleton_constraint

REST_DAYS = 14
"""Nobody is reminded of the same more often."""


class Subject(models.TextChoices):
    """What has links, or may be there twice."""

    OFFER = "offer", _("offer")
    PROVIDER = "provider", _("provider")
    PAGE = "page", _("page")


def _percent(label: object, default: int) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(
        label,  # type: ignore[arg-type]  # a lazy text
        default=default,
        db_default=default,
        validators=[MaxValueValidator(100)],
    )


class Goals(Singleton):
    """What the town wants to reach, in percent. One row."""

    checked = _percent(_("Checked in time"), 85)
    complete = _percent(_("Complete"), 90)
    pictured = _percent(_("With a picture and its description"), 90)
    accessibility = _percent(_("Accessibility known"), 80)
    readable = _percent(_("Easy to read"), 70)
    heard = _percent(_("Providers heard of within a year"), 95)

    class Meta:
        verbose_name = _("goals of quality")
        verbose_name_plural = _("goals of quality")
        constraints = (singleton_constraint("quality_goals_one_row"),)

    def __str__(self) -> str:
        return str(_("Goals of quality"))


class Night(models.Model):
    """The numbers of a night, to compare with: what was counted, and of how many."""

    day = models.DateField(_("day"), primary_key=True)
    numbers = models.JSONField(_("numbers"), default=dict)

    class Meta:
        verbose_name = _("figures of a night")
        verbose_name_plural = _("figures of nights")
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day}"


class Reading(models.Model):
    """How hard an offer's text is to read (`portal.quality.readability`); found out when the text changes."""

    offer_id = models.BigIntegerField(_("offer"), primary_key=True)
    score = models.FloatField(_("Wiener Sachtextformel"), null=True)
    hard = models.BooleanField(_("hard to read"), default=False)
    read_at = models.DateTimeField(_("state of the text"))

    class Meta:
        verbose_name = _("readability")
        verbose_name_plural = _("readability")
        indexes = (models.Index(fields=("offer_id",), name="quality_reading_hard", condition=Q(hard=True)),)

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.score}"


class LinkQuerySet(models.QuerySet["Link"]):
    """Which links."""

    def minded(self) -> "LinkQuerySet":
        """Those nobody said are all right."""
        return self.filter(Q(ignored_until__isnull=True) | Q(ignored_until__lt=timezone.now()))

    def broken(self) -> "LinkQuerySet":
        """Those behind which there is nothing, as two looks some days apart have shown."""
        return self.minded().filter(verdict=Link.Verdict.BROKEN)

    def unclear(self) -> "LinkQuerySet":
        """Those of which nobody knows yet."""
        return self.minded().filter(verdict__in=[Link.Verdict.UNCLEAR, Link.Verdict.SUSPECT])


class Link(models.Model):
    """An address outside that stands somewhere on the portal."""

    class Verdict(models.TextChoices):
        NEW = "new", _("not looked at yet")
        FINE = "fine", _("there")
        UNCLEAR = "unclear", _("unclear")
        SUSPECT = "suspect", _("not found once")
        BROKEN = "broken", pgettext_lazy("link", "broken")

    url = fields.URLField(_("address"), max_length=1000, unique=True)
    verdict = fields.CharField(_("state"), max_length=8, choices=Verdict, default=Verdict.NEW)
    cause = fields.CharField(_("cause"), max_length=20, blank=True)
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    checked_at = models.DateTimeField(_("looked at"), null=True)
    due_at = models.DateTimeField(_("next look"))
    failed_since = models.DateTimeField(_("not found since"), null=True)
    ignored_until = models.DateTimeField(_("said to be all right until"), null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ("failed_since", "id")
        indexes = (
            models.Index(fields=("due_at",), name="quality_link_due"),
            models.Index(fields=("verdict", "failed_since"), name="quality_link_verdict"),
        )
        constraints = (
            models.CheckConstraint(
                name="quality_link_verdict_known",
                condition=Q(verdict__in=["new", "fine", "unclear", "suspect", "broken"]),
            ),
        )

    def __str__(self) -> str:
        return self.url


class LinkPlace(models.Model):
    """Where a link stands."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="places")
    kind = fields.CharField(_("kind"), max_length=8, choices=Subject)
    subject_id = models.BigIntegerField(_("number"))

    class Meta:
        verbose_name = _("place of a link")
        verbose_name_plural = _("places of links")
        constraints = (models.UniqueConstraint(fields=("kind", "subject_id", "link"), name="quality_place_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class PairQuerySet(models.QuerySet["Pair"]):
    """Which pairs."""

    def open(self) -> "PairQuerySet":
        """Those nobody decided on, the likest first."""
        return self.filter(decided_at__isnull=True).order_by("-likeness", "pk")


class Pair(models.Model):
    """Two offers or two providers that may be one. Decided ones are kept: nobody is asked twice."""

    kind = fields.CharField(_("kind"), max_length=8, choices=Subject)
    first_id = models.BigIntegerField(_("first"))
    second_id = models.BigIntegerField(_("second"))
    likeness = models.FloatField(_("likeness"))
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible double")
        verbose_name_plural = _("possible doubles")
        indexes = (
            models.Index(fields=("kind", "-likeness"), name="quality_pair_open", condition=Q(decided_at__isnull=True)),
        )
        constraints = (
            models.UniqueConstraint(fields=("kind", "first_id", "second_id"), name="quality_pair_once"),
            models.CheckConstraint(name="quality_pair_in_order", condition=Q(first_id__lt=models.F("second_id"))),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.first_id} – {self.second_id}"


class Reason(models.TextChoices):
    """What a provider is reminded of."""

    UNCHECKED = "ungeprueft", _("Offers nobody has checked for a long time")
    INCOMPLETE = "unvollstaendig", _("Incomplete offers")
    LINKS = "links", _("Offers with broken links")


class Reminder(models.Model):
    """A provider was reminded of something."""

    provider_id = models.BigIntegerField(_("provider"))
    reason = fields.CharField(_("reason"), max_length=16, choices=Reason)
    day = models.DateTimeField(_("sent"), default=timezone.now)
    offers = models.PositiveIntegerField(_("number of offers"), default=0)
    mails = models.PositiveSmallIntegerField(_("number of mails"), default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ("-day", "-id")
        indexes = (models.Index(fields=("reason", "provider_id", "-day"), name="quality_reminder_last"),)

    def __str__(self) -> str:
        return f"{self.provider_id}: {self.reason}"
