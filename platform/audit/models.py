"""The audit log of a municipality (and of the operator's side)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One thing somebody did. The database refuses changes and deletions, and chains entries (see the migrations).

    The chain is made when the transaction ends: until then an entry has neither position nor hashes. Entries without
    a position but with a hash are older than positions; they come first, by id.
    """

    at = models.DateTimeField(_("when"), auto_now_add=True)
    actor_id = models.BigIntegerField(_("user id"), null=True, blank=True)
    actor = models.CharField(_("who"), max_length=254, help_text=_("E-mail address, or the name of a command or job."))
    action = models.CharField(_("what"), max_length=60)
    target_type = models.CharField(_("kind of thing"), max_length=60)
    target_id = models.CharField(_("its number"), max_length=60, blank=True)
    target = models.CharField(_("its name"), max_length=300, blank=True)
    changes = models.JSONField(
        _("changes"), default=dict, blank=True, help_text=_("Field name to [old value, new value].")
    )
    position = models.BigIntegerField(null=True, editable=False)
    previous_hash = models.CharField(max_length=64, editable=False, default="")
    entry_hash = models.CharField(max_length=64, editable=False, default="")

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ("-id",)
        indexes = (models.Index(fields=("target_type", "target_id"), name="audit_target"),)
        constraints = (models.UniqueConstraint(fields=("position",), name="audit_position_once"),)

    def __str__(self) -> str:
        return f"{self.actor}: {self.action} {self.target_type} {self.target}"
