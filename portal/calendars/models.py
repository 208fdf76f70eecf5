"""Calendars that providers named, what stands in them, and how each night went."""

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields
from core.ordering import ByName
from portal.calendars.reading.addresses import LONGEST, host_of
from portal.calendars.reading.failing import Failure
from portal.calendars.reading.parsing import LONGEST_UID
from portal.offers.models import Offer
from portal.providers.models import Provider

PATIENCE = timedelta(days=7)
"""So long a calendar may fail before nobody asks its server any more."""
KEPT_RUNS = 60


class State(models.TextChoices):
    """Where a calendar is."""

    NEW = "new", _("being set up")
    ACTIVE = "active", _("read every night")
    PAUSED = "paused", _("paused")
    ENDED = "ended", _("ended")


class Pause(models.TextChoices):
    """Why a calendar is paused."""

    PERSON = "person", _("by you")
    FAILING = "failing", _("because it could not be read for a week")
    NOBODY = "nobody", _("because whoever set it up has left, and nobody leads the organisation here")


class CalendarQuerySet(models.QuerySet["Calendar"]):
    """Which calendars."""

    def kept_by(self, user: Any) -> "CalendarQuerySet":
        """Those of the organisations this person belongs to."""
        return self.filter(provider__in=Provider.objects.kept_by(user))

    def there(self) -> "CalendarQuerySet":
        """Those that are not ended."""
        return self.exclude(state=State.ENDED)

    def due(self, now: Any) -> "CalendarQuerySet":
        """Those to be asked now."""
        return self.filter(state__in=[State.NEW, State.ACTIVE], due_at__lte=now)


class Calendar(models.Model):
    """An iCalendar address of a provider's. `details` are the parts of an offer's text that no calendar tells."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="calendars")
    name = fields.CharField(_("name"), max_length=120, blank=True)
    url = fields.CharField(_("address"), max_length=LONGEST)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = fields.CharField(max_length=8, choices=State, default=State.NEW)
    pause = fields.CharField(max_length=8, choices=Pause, blank=True)
    takes_new = models.BooleanField(_("take over new events by themselves"), default=True)
    details = models.JSONField(default=dict, blank=True)
    etag = fields.CharField(max_length=200, blank=True)
    modified = fields.CharField(max_length=60, blank=True)
    digest = fields.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(_("last asked"), null=True, blank=True)
    read_at = models.DateTimeField(_("last read"), null=True, blank=True)
    due_at = models.DateTimeField(_("asked next"), null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    failure = fields.CharField(max_length=16, blank=True)
    failure_status = models.PositiveSmallIntegerField(null=True, blank=True)
    failure_words = fields.CharField(max_length=200, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Most of its events went at once: since when that waits for a word.")
    )

    objects: ClassVar[CalendarQuerySet] = CalendarQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        ordering = (ByName("name"), "id")
        indexes = (models.Index(fields=("due_at",), condition=Q(due_at__isnull=False), name="calendar_due"),)
        constraints = (
            models.UniqueConstraint(
                fields=("provider", "url"), condition=~Q(state=State.ENDED), name="calendar_named_once"
            ),
            models.CheckConstraint(name="calendar_state_known", condition=Q(state__in=State.values)),
        )

    def __str__(self) -> str:
        return self.name or self.host

    @property
    def host(self) -> str:
        """Whose server it is; the address itself may be a secret."""
        return host_of(self.url)

    @property
    def failure_sentence(self) -> str:
        """What was wrong the last time, in a sentence."""
        return str(Failure(self.failure).label) if self.failure else ""

    @property
    def is_failing(self) -> bool:
        """Whether it could not be read the last time."""
        return self.failing_since is not None


class CalendarEvent(models.Model):
    """An event of a calendar, and the offer it became.

    `content` is what the calendar says of it now. `taken` is what it said when it was last taken over, `kept` what the
    offer said right after: where the offer says something else now, a person wrote it, and that stays. `own` are
    details for this event alone. `settled`: nothing is left to be done with it.
    """

    class Waits(models.TextChoices):
        """Why the calendar's changes do not reach the offer."""

        NOT = "", _("nothing waits")
        WRITING = "writing", _("Somebody is writing on the offer. The calendar's changes follow when it is sent.")
        RETURNED = "returned", _("The offer was returned. The calendar's changes follow when it was sent again.")
        DRAFT = "draft", _("The offer is a draft. Send it, then the calendar's changes follow.")
        AWAY = "away", _("The offer was put away or blocked. The calendar leaves it alone.")

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="events")
    uid = fields.CharField(max_length=LONGEST_UID)
    title = fields.CharField(max_length=255, blank=True)
    title_key = fields.CharField(max_length=120, blank=True)
    start_key = fields.CharField(max_length=40)
    first = models.DateField()
    last = models.DateField(null=True, blank=True)
    content = models.JSONField(default=dict)
    own = models.JSONField(default=dict, blank=True)
    wanted = models.BooleanField(default=True)
    problem = fields.CharField(max_length=500, blank=True)
    offer = models.ForeignKey(Offer, null=True, blank=True, on_delete=models.SET_NULL, related_name="calendar_events")
    taken = models.JSONField(default=dict, blank=True)
    kept = models.JSONField(default=dict, blank=True)
    by_hand = ArrayField(fields.CharField(max_length=20), default=list, blank=True)
    waits = fields.CharField(max_length=10, choices=Waits, blank=True)
    settled = models.BooleanField(default=False)
    missing = models.BooleanField(default=False)
    gone_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("event of a calendar")
        verbose_name_plural = _("events of a calendar")
        ordering = ("first", "id")
        constraints = (models.UniqueConstraint(fields=("calendar", "uid"), name="calendar_event_once"),)
        indexes = (models.Index(fields=("calendar", "settled"), name="calendar_event_open"),)

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Whether its last date has passed."""
        return self.last is not None and self.last < timezone.localdate()


class CalendarRun(models.Model):
    """One time a calendar was asked: what came of it."""

    class Outcome(models.TextChoices):
        """How it went."""

        SAME = "same", _("nothing new")
        READ = "read", _("read")
        FAILED = "failed", _("not read")

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="runs")
    at = models.DateTimeField()
    outcome = fields.CharField(max_length=6, choices=Outcome)
    failure = fields.CharField(max_length=16, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    words = fields.CharField(max_length=200, blank=True)
    found = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    ended = models.PositiveIntegerField(default=0)
    back = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("reading of a calendar")
        verbose_name_plural = _("readings of calendars")
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("calendar", "-at"), name="calendar_run_newest"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.outcome}"
