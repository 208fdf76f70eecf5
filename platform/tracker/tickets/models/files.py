"""What went along with a ticket: for the municipality that reported it and the operator alone."""

import uuid
from pathlib import PurePath
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import fields
from core.models import PRIVATE
from tenants.running.storage import SharedStorage
from tracker.tickets.models.tickets import Ticket
from tracker.tickets.models.viewers import Viewer


def shared_files() -> SharedStorage:
    """Files of the tracker belong to no municipality's folder."""
    return SharedStorage()


def file_name(instance: models.Model, filename: str) -> str:
    """Where no address leads; nothing of the given name but its kind."""
    kind = PurePath(filename).suffix.lower()[:10]
    return f"{PRIVATE}{instance._meta.app_label}/{uuid.uuid4().hex}{kind}"


class InternalQuerySet(models.QuerySet[Any]):
    """Which rows of something internal."""

    def visible_to(self, viewer: Viewer) -> "InternalQuerySet":
        """The operator's, and those of tickets of the viewer's own municipality (a provider: of their own)."""
        if viewer.is_operator:
            return self.all()
        if viewer.participant is None:
            return self.none()
        mine = self.filter(ticket__reporter=viewer.participant)
        return mine if viewer.sees_all else mine.filter(ticket__person=viewer.person)


class Context(models.Model):
    """Where it was reported from, as the reporter saw and allowed it. Empty is what they kept back."""

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="context", verbose_name=_("ticket"))
    page = fields.CharField(_("Page"), max_length=500, blank=True)
    browser = fields.CharField(_("Browser"), max_length=300, blank=True)
    version = fields.CharField(pgettext_lazy("software", "Version"), max_length=60, blank=True)
    role = fields.CharField(_("Role"), max_length=60, blank=True)

    objects = InternalQuerySet.as_manager()

    class Meta:
        verbose_name = _("what went along")
        verbose_name_plural = _("what went along")

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.page}"


class Attachment(models.Model):
    """A picture of the screen, painted over and written anew by the server before it was stored."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="attachments", verbose_name=_("ticket"))
    file = models.FileField(_("file"), upload_to=file_name, storage=shared_files)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    blackened = models.PositiveSmallIntegerField(_("blackened parts"), default=0)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = InternalQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.pk}"
