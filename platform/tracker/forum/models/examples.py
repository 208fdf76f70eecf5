"""Good examples: what worked somewhere, with files and texts to take over."""

from pathlib import PurePath

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import fields
from tracker.forum.models.authors import Searched, Written
from tracker.forum.models.talk import TEXT, TITLE
from tracker.tickets.models import Participant
from tracker.tickets.models.files import file_name, shared_files

MOST_BLOCKS, MOST_FILES, ADVICE = 8, 6, 2000


class Example(Searched, Written):
    """How a municipality does something, so that others need not find it out."""

    title = fields.CharField(_("title"), max_length=TITLE)
    text = fields.CharField(
        _("How you do it"),
        max_length=TEXT,
        help_text=_("What was the task, how do you do it, what came of it? An empty line makes a paragraph."),
    )
    advice = fields.CharField(_("What you would do differently"), max_length=ADVICE, blank=True)
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("good example")
        verbose_name_plural = _("good examples")
        ordering = ("-created_at", "-id")
        constraints = (models.CheckConstraint(name="forum_example_title_given", condition=~Q(title="")),)

    def __str__(self) -> str:
        return self.title


class Block(models.Model):
    """A text to take over: a letter, a page, an answer."""

    example = models.ForeignKey(Example, on_delete=models.CASCADE, related_name="blocks")
    title = fields.CharField(_("name of the text"), max_length=TITLE)
    text = fields.CharField(_("text to take over"), max_length=TEXT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (models.CheckConstraint(name="forum_block_title_given", condition=~Q(title="")),)

    def __str__(self) -> str:
        return self.title


class ExampleFile(models.Model):
    """A file to take over. It lies where no address leads; a view gives it out, always as a download."""

    example = models.ForeignKey(Example, on_delete=models.CASCADE, related_name="files")
    name = fields.CharField(_("name of the file"), max_length=120)
    file = models.FileField(_("file"), upload_to=file_name, storage=shared_files)
    size = models.PositiveIntegerField(_("size"))

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """“PDF”, “DOCX”."""
        return PurePath(self.name).suffix.lstrip(".").upper()


class Use(models.Model):
    """A municipality says that it does it that way too."""

    example = models.ForeignKey(Example, on_delete=models.CASCADE, related_name="uses")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("example", "participant"), name="forum_use_once"),)

    def __str__(self) -> str:
        return f"{self.participant}: {self.example_id}"
