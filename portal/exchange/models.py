"""What was taken over from where, so that the same input twice changes nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields


class ImportedRecord(models.Model):
    """One row of a foreign system and the object it became here."""

    source = fields.CharField(
        _("source"), max_length=120, help_text=_("For example typo3, or excel with the provider.")
    )
    table = fields.CharField(_("table"), max_length=80)
    uid = fields.CharField(_("number there"), max_length=80)
    model = fields.CharField(_("kind of object here"), max_length=60)
    object_id = models.BigIntegerField(_("number here"))
    digest = fields.CharField(
        _("digest of the row"),
        max_length=64,
        help_text=_("Tells whether the row changed since it was taken over."),
    )
    imported_at = models.DateTimeField(_("taken over"), auto_now_add=True)
    object_updated_at = models.DateTimeField(
        _("state of the object"),
        null=True,
        blank=True,
        help_text=_("Tells whether somebody changed it here since."),
    )
    said = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        db_default=models.Value({}, models.JSONField()),
        help_text="Digests of what the row said then, piece by piece (portal.exchange.excel.merging).",
    )

    class Meta:
        verbose_name = _("imported record")
        verbose_name_plural = _("imported records")
        constraints = (models.UniqueConstraint(fields=("source", "table", "uid"), name="imported_record_once"),)
        indexes = (models.Index(fields=("model", "object_id"), name="imported_record_object"),)

    def __str__(self) -> str:
        return f"{self.source} {self.table} {self.uid}"
