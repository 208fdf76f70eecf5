"""The yearly poll before the municipalities meet: what is talked about, when, and what they choose."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields
from tracker.forum.models.authors import Searched, Written
from tracker.forum.models.talk import TITLE
from tracker.tickets.models import Participant

POLL_TEXT, ITEM_TEXT = 4000, 1000


class Poll(Searched, models.Model):
    """One meeting and what is asked before it. Every municipality has one voice, whoever gives it."""

    title = fields.CharField(_("title"), max_length=TITLE)
    text = fields.CharField(_("what it is about"), max_length=POLL_TEXT)
    closes_on = models.DateField(_("answers until"), help_text=_("The last day on which municipalities answer."))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    outcome = fields.CharField(_("what came of it"), max_length=POLL_TEXT, blank=True)
    meeting = models.ForeignKey(
        "PollDate", verbose_name=_("day of the meeting"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        ordering = ("-closes_on", "-id")
        constraints = (models.CheckConstraint(name="forum_poll_title_given", condition=~Q(title="")),)

    def __str__(self) -> str:
        return self.title

    def is_open(self, today: date | None = None) -> bool:
        """Whether answers are taken."""
        return self.closed_at is None and (today or timezone.localdate()) <= self.closes_on


class AgendaItem(Written):
    """What a municipality wants to talk about there."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="items")
    title = fields.CharField(_("point"), max_length=TITLE)
    text = fields.CharField(_("explanation"), max_length=ITEM_TEXT, blank=True)

    class Meta:
        ordering = ("created_at", "id")
        constraints = (models.CheckConstraint(name="forum_item_title_given", condition=~Q(title="")),)

    def __str__(self) -> str:
        return self.title


class Support(models.Model):
    """A municipality wants to talk about that too."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="supports")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("item", "participant"), name="forum_support_once"),)

    def __str__(self) -> str:
        return f"{self.participant}: {self.item_id}"


class PollDate(models.Model):
    """A moment the meeting could take place."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="dates")
    starts_at = models.DateTimeField(_("beginning"))
    place = fields.CharField(_("place"), max_length=200, blank=True)

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (models.UniqueConstraint(fields=("poll", "starts_at"), name="forum_date_once"),)

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts_at):%d.%m.%Y %H:%M}"


class DateAnswer(models.Model):
    """Whether a municipality can come then."""

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        MAYBE = "maybe", _("if need be")
        NO = "no", _("no")

    date = models.ForeignKey(PollDate, on_delete=models.CASCADE, related_name="answers")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    answer = fields.CharField(_("answer"), max_length=5, choices=Answer)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("date", "participant"), name="forum_date_answer_once"),
            models.CheckConstraint(name="forum_date_answer_known", condition=Q(answer__in=("yes", "maybe", "no"))),
        )

    def __str__(self) -> str:
        return f"{self.participant}: {self.answer}"


class Question(models.Model):
    """What the municipalities choose together; one answer each, or several."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="questions")
    text = fields.CharField(_("question"), max_length=300)
    several = models.BooleanField(_("several answers"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.text


class Option(models.Model):
    """One of the answers to choose from."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    text = fields.CharField(_("answer"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.text


class Choice(models.Model):
    """What a municipality chose. `alone` says that the question has one answer: then the database takes no second."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="choices")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    alone = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("option", "participant"), name="forum_choice_once"),
            models.UniqueConstraint(
                fields=("question", "participant"), condition=Q(alone=True), name="forum_choice_alone"
            ),
        )

    def __str__(self) -> str:
        return f"{self.participant}: {self.option_id}"
