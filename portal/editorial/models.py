"""What the editors say to each other about what waits, and how each of them likes to work."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields
from core.singleton import Singleton, singleton_constraint

LONGEST_NOTE = 2000
MOST_DAYS = 365
GOAL_DAYS = 7


class Ticket(models.Model):
    """Who is in charge of a thing that waits, and who wants to know of it. `kind` and `item` are its name in
    `core.work`; what is decided about it stands in its own room."""

    kind = fields.CharField(max_length=30)
    item = models.BigIntegerField()
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    watchers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("who is in charge")
        verbose_name_plural = _("who is in charge")
        ordering = ("kind", "item")
        constraints = (models.UniqueConstraint(fields=("kind", "item"), name="ticket_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.item}"


class Note(models.Model):
    """What an editor wrote to colleagues about a thing that waits."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_name = fields.CharField(max_length=254, blank=True)
    text = fields.TextField(_("note"), max_length=LONGEST_NOTE)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("note of an editor")
        verbose_name_plural = _("notes of editors")
        ordering = ("written_at", "id")
        constraints = (models.CheckConstraint(name="note_says_something", condition=~Q(text="")),)

    def __str__(self) -> str:
        return f"{self.ticket}: {self.written_at:%Y-%m-%d}"


class Keys(models.TextChoices):
    """Whether single keys do something (WCAG 2.1.4: everybody can switch them off)."""

    ON = "on", _("on")
    ALT = "alt", _("only together with the Alt key")
    OFF = "off", _("off")


class Day(models.IntegerChoices):
    """As Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class HabitsQuerySet(models.QuerySet["Habits"]):
    """Whose habits."""

    def wanting_mail(self) -> "HabitsQuerySet":
        """Those of active people who chose a day for the weekly mail."""
        return self.filter(mail_day__isnull=False, user__is_active=True)


class Habits(models.Model):
    """How one person works at the desk. Without a row: keys on, no weekly mail."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    keys = fields.CharField(_("single keys"), max_length=5, choices=Keys, default=Keys.ON)
    mail_day = models.PositiveSmallIntegerField(_("weekly mail"), choices=Day, null=True, blank=True)
    # The Monday of the last week that needs no mail any more: written, nothing waited, or chosen too late in the week.
    mailed_for = models.DateField(null=True, blank=True, editable=False)
    mailed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[HabitsQuerySet] = HabitsQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("habits at the desk")
        verbose_name_plural = _("habits at the desk")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(name="habits_keys_known", condition=Q(keys__in=Keys.values)),
            models.CheckConstraint(name="habits_day_known", condition=Q(mail_day=None) | Q(mail_day__lte=6)),
        )

    def __str__(self) -> str:
        return str(self.user)


class DeskRules(Singleton):
    """What counts for everybody at the desk of this municipality."""

    goal_days = models.PositiveSmallIntegerField(
        _("days until a decision"),
        default=GOAL_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
        help_text=_("What waits longer stands out in the list. Usual are 7 days."),
    )

    class Meta:
        verbose_name = _("rules of the desk")
        verbose_name_plural = _("rules of the desk")
        constraints = (
            singleton_constraint("desk_rules_one_row"),
            models.CheckConstraint(
                name="desk_rules_goal",
                condition=Q(goal_days__gte=1, goal_days__lte=MOST_DAYS),
                violation_error_message=_("Please give between 1 and 365 days."),
            ),
        )

    def __str__(self) -> str:
        return str(_("Rules of the desk"))

    @classmethod
    def goal(cls) -> int:
        """After how many days something stands out."""
        found = cls.objects.filter(pk=1).values_list("goal_days", flat=True).first()
        return GOAL_DAYS if found is None else found
