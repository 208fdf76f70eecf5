"""A table that somebody sent, what its rows would do, and what became of them."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields
from core.models import private_name
from portal.providers.models import Provider

if TYPE_CHECKING:
    from accounts.models import User

KEPT_FOR = timedelta(days=30)
MOST_KEPT = 20
"""So many files of one provider are kept; the oldest go first."""
LONGEST_NAME = 150


class UploadQuerySet(models.QuerySet["Upload"]):
    """Which files."""

    def of(self, user: "User") -> "UploadQuerySet":
        """Those of the organisations somebody belongs to."""
        return self.filter(provider__in=Provider.objects.kept_by(user))


class Upload(models.Model):
    """A file on its way: read, looked at, taken over in parts. The rows it was read to hang on it.

    The file lies among the municipality's own, under a name no address leads to (`core.models.private_name`). File,
    marked copy and rows go together: by the person, by the limit of a provider, or thirty days after they came.
    """

    class State(models.TextChoices):
        READING = "reading", _("is being read")
        REFUSED = "refused", _("could not be read")
        READY = "ready", _("waits for you")
        TAKING = "taking", _("is being taken over")
        DONE = "done", _("taken over")

    class Stage(models.TextChoices):
        READ = "read", _("The file is being read")
        CHECK = "check", _("The rows are being checked")
        COMPARE = "compare", _("They are being compared with your offers")
        WRITE = "write", _("The offers are being written")

    class Fill(models.TextChoices):
        NOTHING = "", _("Nothing")
        WEBSITE = "website", _("Put it into the profile as website")
        LINKS = "links", _("Put it into each offer as the link to register, where there is none yet")

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_name = fields.CharField(max_length=254, blank=True)
    # Made with the form: a second click finds the file of the first.
    key = fields.CharField(max_length=40, unique=True)
    name = fields.CharField(_("file"), max_length=LONGEST_NAME)
    file = models.FileField(upload_to=private_name, max_length=120)
    marked = models.FileField(upload_to=private_name, max_length=120, blank=True)
    language = fields.CharField(max_length=10)
    state = fields.CharField(max_length=10, choices=State, default=State.READING)
    refusal = fields.CharField(max_length=600, blank=True)
    stage = fields.CharField(max_length=10, choices=Stage, default=Stage.READ)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    sheet = fields.CharField(max_length=120, blank=True)
    number = models.PositiveIntegerField(default=0)
    # On the file as a whole: a list of sentences.
    remarks = models.JSONField(default=list, blank=True)
    # What stands in the column of the provider's address: one address, "*" for several, or nothing.
    address = fields.CharField(max_length=500, blank=True)
    hand_in = models.BooleanField(default=False)
    fill = fields.CharField(max_length=10, choices=Fill, blank=True)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    submitted = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    # On the whole of what was taken: sentences, such as on the profile's website.
    notes = models.JSONField(default=list, blank=True)
    sent_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UploadQuerySet] = UploadQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("table of offers")
        verbose_name_plural = _("tables of offers")
        ordering = ("-sent_at", "-id")
        constraints = (
            models.CheckConstraint(
                name="upload_state_known", condition=Q(state__in=["reading", "refused", "ready", "taking", "done"])
            ),
            models.CheckConstraint(name="upload_fill_known", condition=Q(fill__in=["", "website", "links"])),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        """Whether it goes on by itself."""
        return self.state in (self.State.READING, self.State.TAKING)

    @property
    def kept_until(self) -> datetime:
        """When file and rows go."""
        return self.sent_at + KEPT_FOR


class Row(models.Model):
    """The rows of one offer in the table: what they mean, what was chosen, what became of it."""

    class Outcome(models.TextChoices):
        ERROR = "error", _("not readable")
        CONFLICT = "conflict", _("changed here too")
        LOSES = "loses", _("would delete something")
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        UNCHANGED = "unchanged", _("unchanged")

    class State(models.TextChoices):
        OPEN = "open", _("not taken")
        DONE = "done", _("taken")
        LEFT = "left", _("left as it is")

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    title = fields.CharField(max_length=300, blank=True)
    outcome = fields.CharField(max_length=10, choices=Outcome)
    # Its place in the list: what needs a look first.
    rank = models.PositiveSmallIntegerField()
    # {"line": what a new offer says, "changes": [{label, old, new, lost, conflict}], "problems": [{…}]}
    says = models.JSONField(default=dict, blank=True)
    # Cells that are to say something else, by the number of the row: what we suggest.
    fixes = models.JSONField(default=dict, blank=True)
    # A digest of what was shown: where it means something else by then, it is left as it is.
    seen = fields.CharField(max_length=64, blank=True)
    takeable = models.BooleanField(default=False)
    waits = models.BooleanField(default=False)
    chosen = models.BooleanField(default=False)
    state = fields.CharField(max_length=10, choices=State, default=State.OPEN)
    note = fields.CharField(max_length=600, blank=True)
    offer_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("row of a table")
        verbose_name_plural = _("rows of tables")
        ordering = ("rank", "number")
        indexes = (models.Index(fields=("upload", "rank", "number"), name="import_row_in_order"),)
        constraints = (
            models.UniqueConstraint(fields=("upload", "number"), name="import_row_once"),
            models.CheckConstraint(
                name="import_row_outcome_known",
                condition=Q(outcome__in=["error", "conflict", "loses", "new", "changed", "unchanged"]),
            ),
            models.CheckConstraint(name="import_row_chosen_takeable", condition=Q(takeable=True) | Q(chosen=False)),
        )

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"


RANKS = {outcome: rank for rank, outcome in enumerate(Row.Outcome.values)}
PRESET = frozenset({Row.Outcome.NEW, Row.Outcome.CHANGED})
"""What is ticked before anybody has looked: nothing that would delete or overwrite."""
