"""A municipality as the others know it."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields
from core.ordering import ByName
from tenants.models import Municipality

FORMER = _("former municipality")
_BEFORE = re.compile(r"(?:(?:Landeshaupt|Universitäts|Kreis|Große Kreis|Hanse)?[Ss]tadt|Gemeinde|Markt) (?=[A-ZÄÖÜ])")


def place_of(name: str) -> str:
    """A municipality's name without what it is."""
    return _BEFORE.sub("", name, count=1) if _BEFORE.match(name) else name


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """Which participants."""

    def present(self) -> "ParticipantQuerySet":
        """Those whose municipality is still on the platform."""
        return self.filter(left_at__isnull=True)


class Participant(models.Model):
    """A municipality in the shared tracker. It stays when the municipality is deleted, without name and texts, so that
    what it counted for goes on counting."""

    municipality = models.OneToOneField(
        Municipality,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    slug = models.CharField(_("short name"), max_length=63, null=True, unique=True)  # noqa: DJ001 - gone when it left
    name = fields.CharField(_("name"), max_length=200, blank=True)
    shown_name = fields.CharField(
        _("shown as"),
        max_length=80,
        blank=True,
        help_text=_("Under this name other municipalities see what you write. Nobody's own name, please."),
    )
    inhabitants = models.PositiveIntegerField(
        _("inhabitants"), null=True, blank=True, help_text=_("For sharing costs by inhabitants.")
    )
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = (ByName("name"), "pk")
        constraints = (
            models.CheckConstraint(
                name="participant_named_while_here",
                condition=models.Q(left_at__isnull=False)
                | (models.Q(slug__isnull=False) & ~models.Q(name="") & ~models.Q(shown_name="")),
            ),
            models.CheckConstraint(
                name="participant_forgotten_when_gone",
                condition=models.Q(left_at__isnull=True) | models.Q(slug__isnull=True, name="", shown_name=""),
            ),
        )

    def __str__(self) -> str:
        return self.town

    @property
    def town(self) -> str:
        """The municipality's name."""
        return self.name or str(FORMER)

    @property
    def place(self) -> str:
        """The name as it stands in a sentence: “Ahausen” of “Stadt Ahausen”."""
        return place_of(self.town)

    @property
    def author(self) -> str:
        """Who wrote something, as others read it."""
        return self.shown_name or str(FORMER)
