"""When what the public sees of an offer or a provider changed last, and whether it is public at all.

Kept by triggers (migrations 0002 and 0003), because a form, an import, a statement for thousands of rows and a cascade
all count, and many of these send no signal of Django's. The row of something that went stays: whoever keeps a copy is
told. What was never public has no row, so nobody learns that it exists.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields


class Kind(models.TextChoices):
    """Of what changes are told."""

    OFFER = "offer", _("offer")
    PROVIDER = "provider", _("provider")


class Change(models.Model):
    """The last change of one thing; `public` is whether anybody may read it (an offer that is over: yes).

    `changed_at` is when any answer about it changed, also by what it only names (a topic's name); `own_at` is when its
    own record did, of which webhooks tell: thousands of messages that say what was said before help nobody.
    """

    kind = fields.CharField(_("kind"), max_length=10, choices=Kind)
    # A mere number: the row outlives what it tells of.
    object_id = models.BigIntegerField(_("number"))
    public = models.BooleanField(_("public"))
    changed_at = models.DateTimeField(_("changed"))
    # Nothing: the same moment.
    own_at = models.DateTimeField(_("its own record changed"), null=True)

    class Meta:
        verbose_name = _("change for other programs")
        verbose_name_plural = _("changes for other programs")
        constraints = (
            models.UniqueConstraint(fields=("kind", "object_id"), name="interfaces_change_once"),
            models.CheckConstraint(name="interfaces_change_kind_known", condition=models.Q(kind__in=Kind.values)),
        )
        indexes = (models.Index(fields=("kind", "changed_at", "object_id"), name="interfaces_change_since"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
