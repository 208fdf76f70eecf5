"""What is issued of the catalogue."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import fields

MOST_NOTE = 2000


class Release(models.Model):
    """The whole catalogue as it was issued, once and for all: a trigger refuses every change of a row.

    `content` is the list of values as `shared_categories.content` writes them, in the order of their codes; `digest`
    the SHA-256 of its canonical JSON, by which processes know what they have read already.
    """

    number = models.PositiveIntegerField(pgettext_lazy("of a release", "number"), unique=True)
    note = fields.TextField(
        pgettext_lazy("of a release", "note"),
        max_length=MOST_NOTE,
        help_text=_("Municipalities read it beside the differences: what changed, and why."),
    )
    issued_at = models.DateTimeField(pgettext_lazy("of a release", "issued"), default=timezone.now)
    by = fields.CharField(pgettext_lazy("of a release", "by"), max_length=254)
    content = models.JSONField(_("content"))
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("release of the catalogue")
        verbose_name_plural = _("releases of the catalogue")
        ordering = ("-number",)
        constraints = (
            models.CheckConstraint(name="catalogue_release_numbered", condition=Q(number__gte=1)),
            models.CheckConstraint(name="catalogue_release_noted", condition=~Q(note="")),
        )

    def __str__(self) -> str:
        return str(_("Release %(number)d") % {"number": self.number})
