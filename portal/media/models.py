"""The library of pictures. Rows and revisions point at it; what nobody points at goes (tasks.py)."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields
from core.access import is_editor
from core.models import CreditedImage, upload_name

if TYPE_CHECKING:
    from accounts.models import User


class MediaFileQuerySet(models.QuerySet["MediaFile"]):
    """Which files."""

    def usable_by(self, user: "User") -> "MediaFileQuerySet":
        """Those a form may offer this person: the editors all, others those of their organisations."""
        if is_editor(user):
            return self
        if not user.is_active:
            return self.none()
        return self.filter(owner__memberships__user=user)


class MediaFile(models.Model):
    """One stored picture. `owner` is a provider, or nobody: then it is the municipality's own.

    The file never changes: another crop is another row. `sha256` and `bytes` are those of the stored file; empty until
    the nightly job has read a file that was there before the library.
    """

    owner = models.ForeignKey(
        "providers.Provider",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="media_files",
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    file = models.ImageField(upload_to=upload_name, unique=True, max_length=100)
    alt_text = fields.CharField(_("description of the image"), max_length=300, blank=True)
    copyright = fields.CharField(_("copyright"), max_length=300, blank=True)
    permission = fields.CharField(
        _("permission"), max_length=300, blank=True, help_text=_("Licence, or who allowed the picture to be used.")
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    bytes = models.PositiveBigIntegerField(editable=False, default=0)
    sha256 = fields.CharField(max_length=64, blank=True, editable=False)
    # Of a part: the whole it was cut from, and where (left, top, width, height in fractions of it).
    original = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    crop = models.JSONField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    unused_since = models.DateTimeField(null=True, blank=True, editable=False)
    # Put into the library by the editors on purpose: it stays, whether anything shows it or not.
    kept = models.BooleanField(default=False, db_default=False, editable=False)

    objects: ClassVar[MediaFileQuerySet] = MediaFileQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("media file")
        verbose_name_plural = _("media files")
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "sha256"),
                condition=Q(owner__isnull=False) & ~Q(sha256=""),
                name="media_file_once_per_owner",
            ),
        )
        indexes = (
            models.Index(fields=("unused_since",), condition=Q(unused_since__isnull=False), name="media_unused"),
        )

    def __str__(self) -> str:
        return self.alt_text or str(self.file)


class LibraryImage(CreditedImage):
    """An image of something, taken from the library. `image` is the name of the library's file: what pages read."""

    media = models.ForeignKey(MediaFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
