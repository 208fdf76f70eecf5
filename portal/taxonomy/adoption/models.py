"""What was taken of the catalogue, per field with the value and the release; and what else has to be remembered of it.

Entries are known by their codes, never by a key into the shared schema: an export carries them to wherever it is
restored, and a backup that is older than a release sees its differences again.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import fields
from core.singleton import Singleton, singleton_constraint


class State(Singleton):
    """How far the municipality has followed the catalogue. `taken` is 0 as long as it has nothing of it."""

    taken = models.PositiveIntegerField(_("release taken"), default=0)
    # Differences up to here were looked at and left for later: they are no work that waits.
    put_off = models.PositiveIntegerField(_("release put off"), default=0)
    # How many differences there are to take and since when, as it was found last: for the list of waiting work.
    waiting = models.PositiveIntegerField(_("differences"), default=0)
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True)

    class Meta:
        verbose_name = _("state of the shared catalogue")
        verbose_name_plural = _("state of the shared catalogue")
        constraints = (
            singleton_constraint("adoption_one_row"),
            models.CheckConstraint(
                name="adoption_waits_since",
                condition=Q(waiting=0, waiting_since=None) | Q(waiting__gt=0, waiting_since__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(_("Shared catalogue"))


class Adopted(models.Model):
    """An entry of the catalogue the municipality has (`object_id`: its row), or left out (None).

    `base` holds for each field [value, release] as it was taken (`portal.taxonomy.adoption.engine.town.Link`).
    """

    kind = fields.CharField(_("kind"), max_length=20)
    code = fields.CharField(_("code"), max_length=10, unique=True)
    object_id = models.BigIntegerField(_("row"), null=True, blank=True)
    base = models.JSONField(_("as it was taken"), default=dict)

    class Meta:
        verbose_name = _("adopted entry")
        verbose_name_plural = _("adopted entries")
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "object_id"),
                name="adopted_one_entry_a_row",
                violation_error_message=_("This is linked to another entry already."),
            ),
            models.CheckConstraint(name="adopted_code_given", condition=~Q(code="") & ~Q(kind="")),
        )

    def __str__(self) -> str:
        return self.code


class Proposal(models.Model):
    """An own row that may be the same as an entry, for an editor to say. What was refused is never proposed again."""

    class Why(models.TextChoices):
        NAME = "name", _("the same name")
        SYNONYM = "synonym", _("another word for it")

    kind = fields.CharField(_("kind"), max_length=20)
    code = fields.CharField(_("code"), max_length=10)
    object_id = models.BigIntegerField(_("row"))
    why = fields.CharField(_("why"), max_length=10, choices=Why)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    refused_at = models.DateTimeField(_("refused"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposed link")
        verbose_name_plural = _("proposed links")
        ordering = ("kind", "code", "id")
        constraints = (
            models.UniqueConstraint(fields=("code", "object_id"), name="proposal_once"),
            models.CheckConstraint(name="proposal_why_known", condition=Q(why__in=["name", "synonym"])),
        )

    def __str__(self) -> str:
        return f"{self.code}: {self.object_id}"


class Taking(models.Model):
    """The last thing that was taken, with what was before and after it: it can be taken back."""

    at = models.DateTimeField(_("taken"), auto_now_add=True)
    release_before = models.PositiveIntegerField(default=0)
    release_after = models.PositiveIntegerField(default=0)
    # {"rows": {kind: {pk: [before, after]}}, "links": {code: [before, after]}}; None where there was nothing.
    changes = models.JSONField(default=dict)
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("taking over")
        verbose_name_plural = _("takings over")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(name="taking_undone_later", condition=Q(undone_at=None) | Q(undone_at__gte=F("at"))),
        )

    def __str__(self) -> str:
        return f"{self.release_before} → {self.release_after}"
