"""The questions of a survey."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import fields
from portal.surveys.models.survey import Survey
from portal.surveys.spoken import AGES, YES_OR_NO
from portal.taxonomy.models import District, TargetGroup

# Counted where a question was left empty.
NO_ANSWER = -1
SCALE = (1, 2, 3, 4, 5)
MOST_QUESTIONS = 20
MOST_OPTIONS = 20
LONGEST_OPTION = 120
LONGEST_TEXT = 1000
LARGEST_NUMBER = 100_000


class Kind(models.TextChoices):
    """How a question is answered."""

    ONE = "one", _("one of several answers")
    MANY = "many", _("several answers")
    SCALE = "scale", _("scale from 1 to 5")
    YES_NO = "yes_no", _("yes or no")
    NUMBER = "number", _("number")
    TEXT = "text", _("short text")
    DISTRICT = "district", _("district")
    GROUP = "group", _("target group")
    AGE = "age", _("age")


# By which the other questions can be broken down.
ABOUT_PEOPLE = frozenset({Kind.DISTRICT, Kind.GROUP, Kind.AGE})
WITH_OPTIONS = frozenset({Kind.ONE, Kind.MANY})
FROM_LISTS = frozenset({Kind.DISTRICT, Kind.GROUP})


class Question(models.Model):
    """A question. `listed` keeps the entries of a list (number, name) as they were when the survey was released: what
    is renamed or deleted there later changes no result."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveIntegerField(default=0)
    kind = fields.CharField(_("how it is answered"), max_length=10, choices=Kind)
    text = fields.CharField(_("question"), max_length=300)
    help = fields.CharField(
        _("explanation"), max_length=300, blank=True, help_text=_("In one sentence, where the question needs one.")
    )
    required = models.BooleanField(
        _("has to be answered"),
        default=False,
        help_text=_("Only where nothing can be said without it: whoever is forced leaves."),
    )
    options = models.JSONField(default=list, blank=True)
    low = fields.CharField(_("what 1 means"), max_length=60, blank=True)
    high = fields.CharField(_("what 5 means"), max_length=60, blank=True)
    breakdown = models.BooleanField(
        _("break the other results down by this"),
        default=False,
        help_text=_("Then how often answers come together is counted too. Groups that are too small are never shown."),
    )
    listed = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("position", "id")
        constraints = (models.CheckConstraint(name="survey_question_kind_known", condition=Q(kind__in=Kind.values)),)

    def __str__(self) -> str:
        return self.text

    def choices(self) -> list[tuple[int, str]]:
        """What can be chosen, by the number it is counted under; empty for numbers and texts."""
        made: dict[str, Any] = {
            Kind.ONE: lambda: list(enumerate(self.options)),
            Kind.MANY: lambda: list(enumerate(self.options)),
            Kind.SCALE: self._scale,
            Kind.YES_NO: lambda: [(value, str(words)) for value, words in YES_OR_NO],
            Kind.AGE: lambda: [(value, str(words)) for value, words in AGES],
            Kind.DISTRICT: self._from_list,
            Kind.GROUP: self._from_list,
        }
        found: list[tuple[int, str]] = made[self.kind]() if self.kind in made else []
        return found

    def _scale(self) -> list[tuple[int, str]]:
        ends = {SCALE[0]: self.low, SCALE[-1]: self.high}
        return [(value, f"{value} – {ends[value]}" if ends.get(value) else str(value)) for value in SCALE]

    def _from_list(self) -> list[tuple[int, str]]:
        return [(pk, name) for pk, name in self.listed] or list_of(self.kind)

    @property
    def is_text(self) -> bool:
        """Whether words are written, which nobody counts."""
        return self.kind == Kind.TEXT

    @property
    def breaks_down(self) -> bool:
        """Whether other results are told by it."""
        return self.breakdown and self.kind in ABOUT_PEOPLE


def list_of(kind: str) -> list[tuple[int, str]]:
    """The entries of the town's list today."""
    rows = District.objects.all() if kind == Kind.DISTRICT else TargetGroup.objects.all()
    return [(row.pk, row.name) for row in rows]
