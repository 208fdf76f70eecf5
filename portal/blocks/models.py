"""What is not on a page yet: drafts, links to look at them, who is writing; and the files pages offer to download."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields
from core.models import upload_name
from portal.pages.block_field import BlocksField
from portal.pages.models import Page

PREVIEW_DAYS = 7
# Who did nothing for so long is not there any more.
AWAY_AFTER = timedelta(minutes=4)
DAYS_UNUSED = 30


class DraftQuerySet(models.QuerySet["Draft"]):
    """Which drafts."""

    def due(self, now: datetime) -> "DraftQuerySet":
        """Those that shall go online by now."""
        return self.filter(online_at__lte=now)


class Draft(models.Model):
    """What a page shall say next; all editors write in the same one. `version` counts what was saved.

    `base` says what the page said when the draft began, so that nobody overwrites what was changed meanwhile.
    `trouble`: why it did not go online at its time.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="draft")
    title = fields.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=80)
    blocks = BlocksField(_("blocks"), default=list, blank=True)
    base = fields.CharField(max_length=64)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    online_at = models.DateTimeField(_("online from"), null=True, blank=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    trouble = fields.TextField(blank=True)

    objects: ClassVar[DraftQuerySet] = DraftQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("draft of a page")
        verbose_name_plural = _("drafts of pages")
        ordering = ("-changed_at", "-id")
        indexes = (
            models.Index(fields=("online_at",), condition=Q(online_at__isnull=False), name="blocks_draft_planned"),
        )

    def __str__(self) -> str:
        return self.title


class PreviewLink(models.Model):
    """Whoever has the link sees the draft of one page until it ends. The key alone opens nothing (previews.py)."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="preview_link")
    key = fields.CharField(max_length=32, unique=True)
    ends_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("link to a preview")
        verbose_name_plural = _("links to previews")

    def __str__(self) -> str:
        return self.key

    @property
    def is_open(self) -> bool:
        """Whether it still shows something."""
        return self.ends_at > timezone.now()


class Presence(models.Model):
    """Who has a page open, and in which block they are; forgotten after minutes."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    block = fields.CharField(max_length=16, blank=True)
    since = models.DateTimeField(default=timezone.now)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("person at a page")
        verbose_name_plural = _("people at pages")
        constraints = (models.UniqueConstraint(fields=("page", "person"), name="blocks_presence_once"),)

    def __str__(self) -> str:
        return f"{self.person} · {self.page}"


class Document(models.Model):
    """A file pages offer to download. It never changes: another file is another row."""

    file = models.FileField(upload_to=upload_name, unique=True, max_length=100)
    name = fields.CharField(max_length=120)
    bytes = models.PositiveBigIntegerField()
    sha256 = fields.CharField(max_length=64, unique=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    unused_since = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("file to download")
        verbose_name_plural = _("files to download")
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Where it is downloaded."""
        return str(default_storage.url(str(self.file)))
