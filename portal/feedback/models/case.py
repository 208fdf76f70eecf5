"""A message of a resident that the editors have to deal with."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import fields
from core.states import EDITORS, Machine, way
from portal.offers.models import Offer
from portal.providers.models import Provider

# The law gives a month for the answer to a reported barrier (§ 12b BGG and the laws of the Länder).
TIME_TO_ANSWER = timedelta(days=30)


class Kind(models.TextChoices):
    """What the message is about."""

    WRONG = "wrong", _("wrong information")
    BARRIER = "barrier", _("barrier")
    QUESTION = "question", _("question")


class Topic(models.TextChoices):
    """What is wrong with an offer or a provider."""

    OUTDATED = "outdated", _("out of date")
    NOT_HELD = "not_held", _("does not take place")
    WRONG = "wrong", _("details are wrong")
    INCOMPLETE = "incomplete", _("something is missing")
    INAPPROPRIATE = "inappropriate", _("inappropriate or forbidden")
    OTHER = "other", _("something else")


class State(models.TextChoices):
    """How far the editors are."""

    NEW = "new", _("new")
    IN_PROGRESS = "in_progress", _("in progress")
    DONE = "done", _("done")
    SPAM = "spam", _("spam")


OPEN = frozenset({State.NEW, State.IN_PROGRESS})
CLOSED = frozenset({State.DONE, State.SPAM})
MACHINE = Machine(
    State,
    way(State.NEW, State.DONE, State.SPAM, to=State.IN_PROGRESS, by=EDITORS),
    way(State.NEW, State.IN_PROGRESS, to=State.DONE, by=EDITORS),
    way(State.NEW, State.IN_PROGRESS, to=State.SPAM, by=EDITORS),
    refused=lambda: gettext("A message that is “%(old)s” cannot become “%(new)s”."),
)


class CaseQuerySet(models.QuerySet["Case"]):
    """Which cases."""

    def open(self) -> "CaseQuerySet":
        """Those somebody still has to deal with."""
        return self.filter(state__in=OPEN)

    def overdue(self) -> "CaseQuerySet":
        """Open ones whose time to answer is over."""
        return self.open().filter(due_at__lt=timezone.now())

    def closed_before(self, moment: datetime) -> "CaseQuerySet":
        """Those whose personal data nobody needs any more."""
        return self.filter(state__in=CLOSED, closed_at__lt=moment, forgotten_at__isnull=True)


class Case(models.Model):
    """One message. Its name in lists and in the audit log holds nothing personal."""

    kind = fields.CharField(_("kind"), max_length=10, choices=Kind)
    topic = fields.CharField(_("topic"), max_length=15, choices=Topic, blank=True)
    state = fields.CharField(_("state"), max_length=12, choices=State, default=State.NEW)
    text = fields.TextField(_("message"))
    about = fields.CharField(_("about"), max_length=300, blank=True)
    page = fields.CharField(_("page"), max_length=500, blank=True, help_text=_("Path on this portal."))
    offer = models.ForeignKey(Offer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    provider = models.ForeignKey(Provider, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sender_name = fields.CharField(_("name"), max_length=100, blank=True)
    sender_email = fields.EmailField(_("e-mail address"), blank=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    due_at = models.DateTimeField(_("answer due by"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("in charge"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    note = fields.TextField(_("note of the editors"), blank=True, max_length=4000)
    reminded_at = models.DateTimeField(_("editors reminded"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("personal data removed"), null=True, blank=True)

    objects: ClassVar[CaseQuerySet] = CaseQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("message of a resident")
        verbose_name_plural = _("messages of residents")
        ordering = ("-received_at", "-id")
        indexes = (
            models.Index(fields=("state", "-received_at"), name="case_state_received"),
            models.Index(fields=("closed_at",), name="case_closed"),
        )
        constraints = (
            models.CheckConstraint(name="case_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="case_topic_known", condition=Q(topic="") | Q(topic__in=Topic.values)),
            models.CheckConstraint(name="case_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="case_wrong_has_topic", condition=~Q(kind=Kind.WRONG) | ~Q(topic="")),
            models.CheckConstraint(
                name="case_barrier_has_due_date", condition=~Q(kind=Kind.BARRIER) | Q(due_at__isnull=False)
            ),
            models.CheckConstraint(
                name="case_closed_has_time",
                condition=Q(state__in=sorted(CLOSED), closed_at__isnull=False)
                | Q(state__in=sorted(OPEN), closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="case_forgotten_is_empty",
                condition=Q(forgotten_at__isnull=True) | Q(text="", note="", sender_name="", sender_email=""),
            ),
            models.CheckConstraint(name="case_page_is_path", condition=Q(page="") | Q(page__regex=r"^/([^/\\]|$)")),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        return f"/redaktion/meldungen/{self.pk}/"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to deal with it."""
        return self.state in OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether its time to answer is over."""
        return self.is_open and self.due_at is not None and self.due_at < timezone.now()

    @property
    def target_url(self) -> str:
        """The page of this portal it is about; empty where it is about none."""
        thing = self.offer or self.provider
        return thing.get_absolute_url() if thing else self.page


class Answer(models.Model):
    """What the editors wrote back; kept as long as the case's personal data."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="answers")
    text = fields.TextField(_("answer"), max_length=8000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ("sent_at", "id")

    def __str__(self) -> str:
        return f"{self.case} – {self.sent_at:%Y-%m-%d}"
