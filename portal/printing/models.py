"""A paper somebody asked for: what it is to say, how far it is, and the file that was made of it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields
from core.models import private_name
from portal.providers.models import Provider

MOST_KEPT = 100
MOST_OF_A_PROVIDER = 20
LONGEST_TITLE = 120


class PaperQuerySet(models.QuerySet["Paper"]):
    """Which papers."""

    def of_editors(self) -> "PaperQuerySet":
        """Those of the editors' page; reports (portal.planning.report) and providers' papers have their own."""
        return self.exclude(kind=Paper.Kind.REPORT).filter(provider=None)

    def kept_by(self, user: Any) -> "PaperQuerySet":
        """Those of the organisations this person belongs to."""
        return self.filter(provider__in=Provider.objects.kept_by(user))

    def idle(self) -> "PaperQuerySet":
        """Those that can be changed and made: nobody works on them."""
        return self.exclude(state__in=[Paper.State.WAITING, Paper.State.MAKING])

    def under_way(self) -> "PaperQuerySet":
        """Those a job is about."""
        return self.filter(state__in=[Paper.State.WAITING, Paper.State.MAKING])


class Paper(models.Model):
    """A programme, a poster, letters … `says` are its settings, read by the room's dataclass of its kind.

    The file is made of `says`, the portal's content and look, and `day` alone, so making it again on the same day
    without any change gives the same bytes; `digest` shows it. The file lies under a name no address leads to.
    """

    class Kind(models.TextChoices):
        PROGRAMME = "programme", _("Programme")
        POSTER = "poster", _("Poster")
        POSTCARD = "postcard", _("Postcard")
        FLYER = "flyer", _("Flyer")
        LETTERS = "letters", _("Letters to providers")
        SHEET = "sheet", _("Your first two hours")
        REPORT = "report", _("Report of the evaluation")

    class State(models.TextChoices):
        NEW = "new", _("not made yet")
        WAITING = "waiting", _("waits for its turn")
        MAKING = "making", _("is being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be made")

    class Trouble(models.TextChoices):
        NONE = "", _("none")
        NOTHING = "nothing", _("The search finds no offers in this period.")
        TOO_MANY = "too_many", _("There are more offers than a programme can hold.")
        CHANGED = "changed", _("The search asks for something that does not exist any more.")
        GONE = "gone", _("What it is about is not public any more.")
        NOBODY = "nobody", _("No provider with a postal address fits.")
        STOPPED = "stopped", _("It was stopped.")
        TOO_LONG = "too_long", _("It took too long.")
        MISSING = "missing", _("A program is missing on this server.")
        BROKEN = "broken", _("Something went wrong on our side.")

    key = fields.CharField(max_length=40, unique=True)
    kind = fields.CharField(max_length=10, choices=Kind)
    title = fields.CharField(_("title"), max_length=LONGEST_TITLE)
    says = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_name = fields.CharField(max_length=254, blank=True)
    provider = models.ForeignKey(Provider, null=True, blank=True, on_delete=models.CASCADE, related_name="papers")
    state = fields.CharField(max_length=10, choices=State, default=State.NEW)
    trouble = fields.CharField(max_length=10, choices=Trouble, blank=True, default="")
    # Counts how often it was asked for: what is made for an earlier time must not be taken for this one.
    run = models.PositiveIntegerField(default=0, db_default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # The local day it is made for: what is over by then is left out.
    day = models.DateField(null=True, blank=True)
    file = models.FileField(upload_to=private_name, max_length=120, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    # Of offers or letters.
    number = models.PositiveIntegerField(default=0)
    digest = fields.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[PaperQuerySet] = PaperQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("printed matter")
        verbose_name_plural = _("printed matter")
        ordering = ("-changed_at", "-id")
        constraints = (
            models.CheckConstraint(
                name="paper_kind_known",
                condition=Q(kind__in=["programme", "poster", "postcard", "flyer", "letters", "sheet", "report"]),
            ),
            models.CheckConstraint(
                name="paper_state_known", condition=Q(state__in=["new", "waiting", "making", "ready", "failed"])
            ),
            models.CheckConstraint(name="paper_ready_has_file", condition=~Q(state="ready") | ~Q(file="")),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_working(self) -> bool:
        """Whether it goes on by itself."""
        return self.state in (self.State.WAITING, self.State.MAKING)

    @property
    def is_stopped(self) -> bool:
        """Whether an editor stopped it."""
        return self.state == self.State.FAILED and self.trouble == self.Trouble.STOPPED

    @property
    def is_outdated(self) -> bool:
        """Whether its file says something else than its settings do now."""
        return bool(self.file) and self.made_at is not None and self.made_at < self.changed_at

    def setting(self, name: str, usual: Any = "") -> Any:
        """One of its settings."""
        return self.says.get(name, usual)
