"""The audit log of a municipality (and of the operator's side)."""

from typing import ClassVar

from django.db import models
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

# What an entry says among its changes where somebody acted as somebody else (core.acting).
ACTING, AS = "acting", "as"


class EntryQuerySet(models.QuerySet["Entry"]):
    """Which entries."""

    def in_the_course_of(self, *sessions: int) -> "EntryQuerySet":
        """What was done while somebody of the town hall acted as somebody else (numbers of ActingSession)."""
        return self.annotate(course=KT(f"changes__{ACTING}")).filter(
            changes__has_key=ACTING, course__in=[str(each) for each in sessions]
        )


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

    objects: ClassVar[EntryQuerySet] = EntryQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("target_type", "target_id"), name="audit_target"),
            models.Index(fields=("actor_id", "-id"), name="audit_actor"),
            models.Index(fields=("action", "-id"), name="audit_action"),
            models.Index(fields=("at",), name="audit_at"),
            models.Index(KT(f"changes__{ACTING}"), name="audit_acting", condition=models.Q(changes__has_key=ACTING)),
        )
        constraints = (models.UniqueConstraint(fields=("position",), name="audit_position_once"),)

    def __str__(self) -> str:
        return f"{self.actor}: {self.action} {self.target_type} {self.target}"
