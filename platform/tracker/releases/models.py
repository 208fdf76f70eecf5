"""Versions of the software, the tickets they bring, whom they reached, and by when errors should be mended."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import fields
from tracker.tickets.models import Kind, Participant, Severity, Ticket

MOST_VERSION, MOST_TEXT, MOST_TO_DO = 20, 1000, 3000


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Which versions."""

    def to_come(self) -> "ReleaseQuerySet":
        """Those that are planned, the next first."""
        return self.filter(issued_at=None).order_by(F("planned_on").asc(nulls_last=True), "pk")

    def issued(self) -> "ReleaseQuerySet":
        """Those that rollouts bring, the newest first."""
        return self.exclude(issued_at=None).order_by("-issued_at", "-pk")


class Release(models.Model):
    """A version. Planned, then issued: from then on a municipality gets it with the next rollout that reaches it."""

    version = fields.CharField(
        pgettext_lazy("of the software", "version"),
        max_length=MOST_VERSION,
        unique=True,
        validators=[RegexValidator(r"\A[0-9A-Za-z][0-9A-Za-z.-]*\Z", _("Letters, digits, points and hyphens only."))],
        error_messages={"unique": _("There is a version of this name already.")},
        help_text=_("For example 26.12"),
    )
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    to_do = fields.TextField(
        _("What editors should do"),
        max_length=MOST_TO_DO,
        blank=True,
        help_text=_("One thing a line. Empty if there is nothing to do."),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    issued_at = models.DateTimeField(pgettext_lazy("of a version", "issued"), null=True, blank=True)
    # It has reached everybody: its tickets are rolled out.
    finished_at = models.DateTimeField(pgettext_lazy("of a version", "arrived everywhere"), null=True, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of the software", "version")
        verbose_name_plural = pgettext_lazy("of the software", "versions")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(name="release_version_given", condition=~Q(version="")),
            models.CheckConstraint(
                name="release_finished_when_issued", condition=Q(finished_at=None) | Q(issued_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return self.version


class Group(models.TextChoices):
    """Under which heading a change stands in the notes."""

    NEW = "new", pgettext_lazy("release notes", "New")
    BETTER = "better", pgettext_lazy("release notes", "Better")
    FIXED = "fixed", pgettext_lazy("release notes", "Fixed")


GROUP_OF = {Kind.WISH: Group.NEW, Kind.QUESTION: Group.BETTER, Kind.BUG: Group.FIXED}


class Item(models.Model):
    """A ticket that comes with a version, and what the notes say of it."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="items")
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(_("heading"), max_length=10, choices=Group)
    title = fields.CharField(_("title"), max_length=120)
    text = fields.TextField(_("text"), max_length=MOST_TEXT, blank=True)

    class Meta:
        verbose_name = _("ticket of a version")
        verbose_name_plural = _("tickets of versions")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("release", "ticket"), name="release_item_once"),
            models.CheckConstraint(name="release_item_group_known", condition=Q(group__in=Group.values)),
            models.CheckConstraint(name="release_item_title_given", condition=~Q(title="")),
        )

    def __str__(self) -> str:
        return f"{self.release_id}: {self.title}"


class Arrival(models.Model):
    """A version has reached a municipality."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="arrivals")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("arrival of a version")
        verbose_name_plural = _("arrivals of versions")
        ordering = ("-at", "-pk")
        constraints = (models.UniqueConstraint(fields=("release", "participant"), name="release_arrival_once"),)

    def __str__(self) -> str:
        return f"{self.release_id}: {self.participant_id}"


class Read(models.Model):
    """Somebody has read what is new, up to this version."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    person = models.BigIntegerField()
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("reading of a version's notes")
        verbose_name_plural = _("readings of versions' notes")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("participant", "person", "release"), name="release_read_once"),)

    def __str__(self) -> str:
        return f"{self.participant_id}/{self.person}: {self.release_id}"


class DueTime(models.Model):
    """How many working days an error of this severity may take; without a row it is as usual (`deadlines.USUAL`)."""

    severity = models.CharField(_("severity"), max_length=10, choices=Severity, unique=True)
    working_days = models.PositiveSmallIntegerField(_("working days"), null=True, blank=True)

    class Meta:
        verbose_name = _("due time")
        verbose_name_plural = _("due times")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(name="due_time_severity_known", condition=Q(severity__in=Severity.values)),
            models.CheckConstraint(
                name="due_time_possible", condition=Q(working_days=None) | Q(working_days__range=(1, 250))
            ),
        )

    def __str__(self) -> str:
        return f"{self.severity}: {self.working_days}"


class Deadline(models.Model):
    """By when one error should be mended, and whether it was. Kept for the record when the ticket goes on."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    severity = models.CharField(_("severity"), max_length=10, choices=Severity)
    since = models.DateField(_("since"))
    due_on = models.DateField(pgettext_lazy("an error", "due on"))
    met_on = models.DateField(pgettext_lazy("an error", "settled on"), null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True, editable=False)
    missed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("deadline of an error")
        verbose_name_plural = _("deadlines of errors")
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("ticket",), condition=Q(met_on=None), name="deadline_one_running"),
            models.CheckConstraint(name="deadline_in_order", condition=Q(due_on__gt=F("since"))),
        )
        indexes = (models.Index(fields=("due_on",), condition=Q(met_on=None), name="deadline_running"),)

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.due_on}"
