"""Who has seen the tour, so that it is shown by itself only once."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TourSeen(models.Model):
    """Somebody has closed the tour or gone through it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", primary_key=True)
    seen_at = models.DateTimeField(_("seen"), auto_now_add=True)

    class Meta:
        verbose_name = _("tour that was seen")
        verbose_name_plural = _("tours that were seen")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.seen_at:%Y-%m-%d}"
