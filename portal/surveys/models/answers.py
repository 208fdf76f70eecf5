"""What is kept of answers. There is no row for an answer of somebody: each raises numbers, and is gone.

So there is nothing to find out from these tables: no address, no account, no time, no order, and no two answers of the
same person beside each other but where a question breaks the others down (then how often two answers came together is
counted). Texts stand alone under random keys; every night they are written anew in another order (`tidying.py`), so
that not even the place on the disk tells when one came.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import fields
from portal.surveys.models.questions import Question
from portal.surveys.models.survey import Survey


class Tally(models.Model):
    """How often an answer was given to a question (`NO_ANSWER`: how often it was left empty)."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="tallies")
    value = models.IntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("number of answers")
        verbose_name_plural = _("numbers of answers")
        constraints = (models.UniqueConstraint(fields=("question", "value"), name="survey_tally_once"),)

    def __str__(self) -> str:
        return f"{self.question_id}: {self.value} × {self.count}"


class CrossTally(models.Model):
    """How often an answer came together with one to a question about people (`by`) that breaks results down."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="crossed")
    value = models.IntegerField()
    by = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="crossing")
    by_value = models.IntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("number of answers by group")
        verbose_name_plural = _("numbers of answers by group")
        constraints = (
            models.UniqueConstraint(fields=("question", "value", "by", "by_value"), name="survey_cross_tally_once"),
        )

    def __str__(self) -> str:
        return f"{self.question_id}: {self.value} × {self.count}"


class WeekTally(models.Model):
    """How many people answered in a week, by its Monday."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="weeks")
    monday = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("answers of a week")
        verbose_name_plural = _("answers of weeks")
        constraints = (models.UniqueConstraint(fields=("survey", "monday"), name="survey_week_once"),)

    def __str__(self) -> str:
        return f"{self.monday:%Y-%m-%d}: {self.count}"


class FreeText(models.Model):
    """What somebody wrote, without anything beside it."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="texts")
    text = fields.TextField()

    class Meta:
        verbose_name = _("text of an answer")
        verbose_name_plural = _("texts of answers")
        ordering = ("key",)
        constraints = (models.CheckConstraint(name="survey_text_written", condition=~Q(text="")),)

    def __str__(self) -> str:
        return self.text[:60]


class Participation(models.Model):
    """That an account has answered: a keyed hash (HMAC) under the survey's secret. Nothing leads from it to answers,
    and with the secret, which goes when the survey is over, nothing leads to it."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="participations")
    mark = fields.CharField(max_length=64)

    class Meta:
        verbose_name = _("mark of having answered")
        verbose_name_plural = _("marks of having answered")
        constraints = (models.UniqueConstraint(fields=("survey", "mark"), name="survey_participation_once"),)

    def __str__(self) -> str:
        return self.mark[:8]


class PersonalLink(models.Model):
    """A link that was not used yet, as a digest. Whoever answers by it deletes the row: nothing is left of it."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="links")
    digest = fields.CharField(max_length=64)

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        constraints = (models.UniqueConstraint(fields=("survey", "digest"), name="survey_link_once"),)

    def __str__(self) -> str:
        return self.digest[:8]
