"""What was read from a file and waits for somebody's yes."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields

KEPT_FOR = timedelta(days=1)


class Upload(models.Model):
    """A table or outlines as they were understood; taken over, or forgotten after a day."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = fields.CharField(_("kind"), max_length=30)
    content = models.JSONField(_("content"))
    created_at = models.DateTimeField(_("sent"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("file to take over")
        verbose_name_plural = _("files to take over")

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d}"
