"""An error, a wish or a question that a municipality or the operator reported."""

import re
from collections.abc import Iterable

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import fields
from tracker.tickets.models.participants import Participant
from tracker.tickets.models.viewers import Viewer

MOST_TITLE, MOST_TEXT, MOST_REASON = 120, 5000, 1000


class Kind(models.TextChoices):
    """What it is."""

    BUG = "bug", pgettext_lazy("ticket", "Error")
    WISH = "wish", pgettext_lazy("ticket", "Wish")
    QUESTION = "question", pgettext_lazy("ticket", "Question")


ICONS = {Kind.BUG: "danger", Kind.WISH: "idea", Kind.QUESTION: "question"}


class State(models.TextChoices):
    """How far it is; which may follow which is told by `tracker.tickets.states`."""

    NEW = "new", pgettext_lazy("ticket", "new")
    CONFIRMED = "confirmed", pgettext_lazy("ticket", "confirmed")
    PLANNED = "planned", pgettext_lazy("ticket", "planned")
    IN_PROGRESS = "in_progress", pgettext_lazy("ticket", "in progress")
    ROLLED_OUT = "rolled_out", pgettext_lazy("ticket", "rolled out")
    DECLINED = "declined", pgettext_lazy("ticket", "declined")


ENDED = (State.ROLLED_OUT, State.DECLINED)
_REFERENCE = re.compile(r"\s*(?:T-?\s*)?([0-9]{1,15})\s*", re.IGNORECASE)


class Severity(models.TextChoices):
    """How bad an error is; due times hang on it (`tracker.releases`)."""

    BLOCKING = "blocking", pgettext_lazy("severity", "blocking")
    SERIOUS = "serious", pgettext_lazy("severity", "serious")
    NORMAL = "normal", pgettext_lazy("severity", "normal")
    MINOR = "minor", pgettext_lazy("severity", "minor")


class Area(models.TextChoices):
    """Which part of the portal it is about; guessed from the page it was reported on."""

    SEARCH = "search", _("Search and offers")
    PROVIDERS = "providers", _("Providers")
    DESK = "desk", _("Editorial desk")
    PLANNING = "planning", _("Evaluation")
    LOOK = "look", _("Look and pages")
    OTHER = "other", pgettext_lazy("area", "Other")


def number_of(reference: str) -> int | None:
    """The number in what people write for a ticket: “T-1423”, “t 1423”, “1423”; None where it is none."""
    found = _REFERENCE.fullmatch(reference)
    return int(found[1]) if found else None


class TicketQuerySet(models.QuerySet["Ticket"]):
    """Which tickets."""

    def visible_to(self, viewer: Viewer) -> "TicketQuerySet":
        """Town halls and the operator see the shared part of all, providers what they themselves reported."""
        if viewer.sees_all:
            return self.all()
        if viewer.participant is None or viewer.person is None:
            return self.none()
        return self.filter(reporter=viewer.participant, person=viewer.person)

    def standing(self) -> "TicketQuerySet":
        """Those that were not merged into another one."""
        return self.filter(merged_into__isnull=True)

    def open(self) -> "TicketQuerySet":
        """Standing ones that have not ended."""
        return self.standing().exclude(state__in=ENDED)

    def called(self, reference: str) -> "Ticket | None":
        """The one somebody means who writes its number."""
        number = number_of(reference)
        return None if number is None else self.filter(pk=number).first()

    def lean(self) -> "TicketQuerySet":
        """With what a line says of a ticket, and without its texts."""
        return self.defer("search", "title_search", "happened", "expected").select_related("standing")

    def in_order(self, numbers: Iterable[int]) -> list["Ticket"]:
        """Those of the numbers that are among these rows, in the order of the numbers."""
        wanted = list(numbers)
        found = self.in_bulk(wanted)
        return [found[pk] for pk in wanted if pk in found]


class Ticket(models.Model):
    """Title and the two texts are the shared part. What else went along (`Context`, `Attachment`, internal comments) is
    for the municipality that reported it and the operator."""

    kind = models.CharField(_("What is it?"), max_length=10, choices=Kind)
    title = fields.CharField(_("In one sentence"), max_length=MOST_TITLE)
    happened = fields.CharField(
        _("What happened?"),
        max_length=MOST_TEXT,
        blank=True,
        help_text=_("What did you do, what did you see?"),
    )
    expected = fields.CharField(_("What did you expect?"), max_length=MOST_TEXT, blank=True)
    area = models.CharField(_("Part of the portal"), max_length=10, choices=Area, default=Area.OTHER)
    reporter = models.ForeignKey(
        Participant,
        verbose_name=_("reported by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tickets",
        help_text=_("Empty for the operator's own."),
    )
    # The number of the account in that municipality; nothing here knows more about it.
    person = models.BigIntegerField(null=True, blank=True, editable=False)
    by_provider = models.BooleanField(default=False, editable=False)
    state = models.CharField(pgettext_lazy("ticket", "State"), max_length=12, choices=State, default=State.NEW)
    reason = fields.CharField(_("reason for declining"), max_length=MOST_REASON, blank=True)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
    )
    created_at = models.DateTimeField(_("reported"), default=timezone.now)
    changed_at = models.DateTimeField(_("last moved"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    search = SearchVectorField(null=True, editable=False)
    # What look-alikes are told by: short, so that thousands are compared in no time.
    title_search = SearchVectorField(null=True, editable=False)

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(name="ticket_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="ticket_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="ticket_area_known", condition=Q(area__in=Area.values)),
            models.CheckConstraint(name="ticket_title_given", condition=~Q(title="")),
            models.CheckConstraint(
                name="ticket_severity_of_errors",
                condition=Q(severity="") | Q(kind=Kind.BUG, severity__in=Severity.values),
            ),
            models.CheckConstraint(
                name="ticket_declined_with_reason",
                condition=~Q(state=State.DECLINED) | ~Q(reason=""),
                violation_error_message=_("Please say why it is declined: everybody reads it."),
            ),
            models.CheckConstraint(
                name="ticket_ended_when_over",
                condition=Q(ended_at__isnull=False, state__in=ENDED) | (Q(ended_at__isnull=True) & ~Q(state__in=ENDED)),
            ),
            models.CheckConstraint(
                name="ticket_not_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                violation_error_message=_("A ticket cannot be merged into itself."),
            ),
        )
        indexes = (
            models.Index(fields=("kind", "state"), name="ticket_kind_state"),
            models.Index(
                fields=("kind",), name="ticket_open", condition=Q(merged_into__isnull=True) & ~Q(state__in=ENDED)
            ),
            models.Index(fields=("reporter", "person"), name="ticket_reporter"),
            models.Index(fields=("-changed_at",), name="ticket_moved"),
            models.Index(fields=("-created_at", "-id"), name="ticket_newest"),
            GinIndex(fields=("search",), name="ticket_search"),
            GinIndex(fields=("title_search",), name="ticket_title_search"),
            GinIndex(fields=("title",), opclasses=("gin_trgm_ops",), name="ticket_title_trigrams"),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def reference(self) -> str:
        """How people name it: “T-1423”."""
        return f"T-{self.pk}"

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # Django leaves a model's own one alone
        """Django's own makes a dictionary of all labels each time, and the board asks for twenty."""
        return str(State(self.state).label)

    @property
    def is_over(self) -> bool:
        """Whether it was rolled out or declined."""
        return self.state in ENDED

    @property
    def icon(self) -> str:
        """The sign of its kind."""
        return ICONS[Kind(self.kind)]

    @property
    def author(self) -> str:
        """Who reported it, as every reader may know."""
        return author_name(self.reporter, by_provider=self.by_provider)


def author_name(participant: Participant | None, *, by_provider: bool = False) -> str:
    """The name something is shown under: never a person's."""
    if participant is None:
        return str(_("Operator of the platform"))
    if by_provider and participant.left_at is None:
        return str(_("A provider in %(town)s")) % {"town": participant.place}
    return participant.author
