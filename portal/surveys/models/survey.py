"""A survey: what it is about, who may answer, and when."""

from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields

USUAL_MONTHS = 24
MOST_MONTHS = 60


class Access(models.TextChoices):
    """Who may answer."""

    EVERYBODY = "everybody", _("everybody, without an account")
    PROVIDERS = "providers", _("providers who are signed in, each person once")
    LINK = "link", _("whoever has a personal link, each link once")


class State(models.TextChoices):
    """How far a survey is. It follows from its days."""

    DRAFT = "draft", _("draft")
    PLANNED = "planned", _("planned")
    RUNNING = "running", _("running")
    OVER = "over", _("over")


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Which surveys."""

    def running(self, today: date) -> "SurveyQuerySet":
        """Those that can be answered today."""
        days = {"first_day__lte": today, "last_day__gte": today}
        return self.filter(released_at__isnull=False, ended_at__isnull=True, **days)

    def over(self, today: date) -> "SurveyQuerySet":
        """Those nobody can answer any more."""
        return self.filter(Q(ended_at__isnull=False) | Q(last_day__lt=today), released_at__isnull=False)


class Survey(models.Model):
    """A questionnaire with its days. `secret` makes the marks of who has answered; it goes when the survey is over."""

    title = fields.CharField(_("title"), max_length=120)
    slug = fields.CharField(max_length=60, unique=True)
    introduction = fields.TextField(
        _("introduction"),
        max_length=2000,
        blank=True,
        help_text=_("What it is about, who asks, and how long it takes. Two or three sentences."),
    )
    thanks = fields.TextField(
        _("what happens next"),
        max_length=1000,
        blank=True,
        help_text=_("Stands on the page of thanks, for example when and where you tell the results."),
    )
    access = fields.CharField(_("who may answer"), max_length=10, choices=Access, default=Access.EVERYBODY)
    first_day = models.DateField(_("first day"), default=timezone.localdate)
    last_day = models.DateField(_("last day"))
    on_start = models.BooleanField(
        _("Show a notice on the start page while it is running"),
        default=False,
        help_text=_("Only surveys for everybody have one."),
    )
    keep_months = models.PositiveSmallIntegerField(
        _("delete the answers after so many months"),
        default=USUAL_MONTHS,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
        help_text=_("Counted from the end of the survey. The questionnaire itself stays."),
    )
    released_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    forgotten_on = models.DateField(null=True, blank=True)
    secret = fields.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[SurveyQuerySet] = SurveyQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(name="survey_access_known", condition=Q(access__in=Access.values)),
            models.CheckConstraint(
                name="survey_days_in_order",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(name="survey_months_kept", condition=Q(keep_months__range=(1, MOST_MONTHS))),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is answered."""
        return f"/umfrage/{self.slug}/"

    @property
    def state(self) -> State:
        """How far it is today."""
        today = timezone.localdate()
        if self.released_at is None:
            return State.DRAFT
        if self.ended_at is not None or self.last_day < today:
            return State.OVER
        return State.PLANNED if self.first_day > today else State.RUNNING

    @property
    def end_day(self) -> date:
        """The last day on which it could be answered."""
        return min(self.last_day, timezone.localdate(self.ended_at)) if self.ended_at else self.last_day
