"""Announcements and who has put them away, in the shared schema. Of people only the number of their account there."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import fields
from core.access import Role
from core.html import check_length, clean_html
from tenants.models import Municipality

MOST_TITLE = 120


class Audience(models.TextChoices):
    """Which municipalities are told."""

    ALL = "all", _("all municipalities")
    WAVES = "waves", _("the municipalities of these waves")
    TOWNS = "towns", _("these municipalities")


class State(models.TextChoices):
    """How an announcement stands; `over` follows from its days."""

    DRAFT = "draft", pgettext_lazy("an announcement", "draft")
    COMING = "coming", pgettext_lazy("an announcement", "published, not begun")
    SHOWN = "shown", pgettext_lazy("an announcement", "is shown")
    OVER = "over", pgettext_lazy("an announcement", "over")
    WITHDRAWN = "withdrawn", pgettext_lazy("an announcement", "withdrawn")


ROLES = ((Role.EDITOR.value, _("editors")), (Role.ADMIN.value, _("administrators")))


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Which announcements."""

    def standing(self) -> "AnnouncementQuerySet":
        """Published and not withdrawn, whatever the day."""
        return self.filter(published_at__isnull=False, withdrawn_at=None)

    def to_mail(self, day: date) -> "AnnouncementQuerySet":
        """Those whose mails are due and were not queued."""
        due = self.standing().filter(by_mail=True, mailed_at=None, starts_on__lte=day)
        return due.filter(Q(ends_on=None) | Q(ends_on__gte=day))


class Announcement(models.Model):
    """A title and a text for people of town halls, shown from a day until another. Written, then published, then
    perhaps withdrawn; what is published does not change any more."""

    title = fields.CharField(_("title"), max_length=MOST_TITLE)
    text = fields.TextField(_("text"))
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day. Empty: until you withdraw it.")
    )
    audience = models.CharField(_("for"), max_length=10, choices=Audience, default=Audience.ALL)
    waves = ArrayField(models.CharField(max_length=40), verbose_name=_("waves"), default=list, blank=True)
    towns = models.ManyToManyField(Municipality, verbose_name=_("municipalities"), related_name="+", blank=True)
    roles = ArrayField(models.CharField(max_length=20, choices=ROLES), verbose_name=_("who reads it"))
    by_mail = models.BooleanField(_("also by mail"), default=False)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.CharField(_("published by"), max_length=254, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    # When the mails were queued: once.
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    objects: ClassVar[AnnouncementQuerySet] = AnnouncementQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(name="announcement_titled", condition=~Q(title="") & ~Q(text="")),
            models.CheckConstraint(name="announcement_audience_known", condition=Q(audience__in=Audience.values)),
            models.CheckConstraint(name="announcement_for_some_role", condition=Q(roles__len__gt=0)),
            models.CheckConstraint(
                name="announcement_days_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day must not lie before the first."),
            ),
            models.CheckConstraint(
                name="announcement_withdrawn_was_published",
                condition=Q(withdrawn_at=None) | Q(published_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        check_length(self.text)
        self.text = clean_html(self.text)
        if not self.text.strip():
            raise ValidationError({"text": _("Please write a text.")})

    @property
    def state(self) -> State:
        """As of today."""
        if self.withdrawn_at is not None:
            return State.WITHDRAWN
        if self.published_at is None:
            return State.DRAFT
        today = timezone.localdate()
        if self.starts_on > today:
            return State.COMING
        return State.OVER if self.ends_on is not None and self.ends_on < today else State.SHOWN

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    @property
    def is_standing(self) -> bool:
        """Published and not withdrawn."""
        return self.published_at is not None and self.withdrawn_at is None


class Dismissal(models.Model):
    """Somebody has put an announcement away: it stands on their desk no more."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    person = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("announcement put away")
        verbose_name_plural = _("announcements put away")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("announcement", "municipality", "person"), name="announcement_put_away_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.announcement_id}: {self.municipality_id}/{self.person}"
