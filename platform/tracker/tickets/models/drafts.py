"""A report that is being written: for its writer alone."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields
from tracker.tickets.models.files import file_name, shared_files
from tracker.tickets.models.participants import Participant
from tracker.tickets.models.tickets import MOST_TEXT, MOST_TITLE, Kind


class Draft(models.Model):
    """What was typed and shown so far, with the picture as it was sent; the picture goes when the ticket is made."""

    participant = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    person = models.BigIntegerField()
    kind = models.CharField(_("What is it?"), max_length=10, choices=Kind, default=Kind.BUG)
    title = fields.CharField(_("In one sentence"), max_length=MOST_TITLE, blank=True)
    happened = fields.CharField(_("What happened?"), max_length=MOST_TEXT, blank=True)
    expected = fields.CharField(_("What did you expect?"), max_length=MOST_TEXT, blank=True)
    page = fields.CharField(_("Page"), max_length=500, blank=True)
    picture = models.FileField(_("Picture of the screen"), upload_to=file_name, storage=shared_files, blank=True)
    picture_name = fields.CharField(max_length=200, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    # Blackened parts as [left, top, width, height] in percent.
    parts: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    # Which of what goes along was kept back.
    kept_back: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ("-changed_at",)
        indexes = (models.Index(fields=("participant", "person"), name="draft_of_person"),)

    def __str__(self) -> str:
        return self.title or f"Draft {self.pk}"
