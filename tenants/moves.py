"""Moving a municipality from one cell to another: what each of the two keeps of it (tenants.cells)."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Hold(models.TextChoices):
    """Why a municipality takes nothing in for a while. Empty: it does."""

    # In its old cell: it is read there, and copied meanwhile.
    CLOSED = "closed", _("read-only, being moved")
    # In its old cell: the copy is whole, and the proxy is to lead there.
    LEAVING = "leaving", _("read-only, being handed over")
    # In its old cell: it has left, and what is here may be old.
    GONE = "gone", _("moved away")
    # In its new cell: it is read here, but not written to before the old cell has given it up.
    ARRIVING = "arriving", _("read-only, arriving")


class Phase(models.TextChoices):
    """What of a move is done. A move that was interrupted goes on after it."""

    CLOSED = "closed", _("read-only")
    COPIED = "copied", _("copied and compared")
    LED = "led", _("the proxy leads to the new cell")
    GONE = "gone", _("given up here")
    OPENED = "opened", _("open in the new cell")
    DONE = "done", _("removed here")
    BACK = "back", _("taken back")


# The queue of jobs that are about rows of shared tables: their numbers mean something else in another cell.
STAYING = "cell"
# Until when it can be taken back: as long as the old cell has not given it up.
BEFORE_GIVEN_UP = (Phase.CLOSED, Phase.COPIED, Phase.LED)


class MoveQuerySet(models.QuerySet["Move"]):
    """Which moves."""

    def away(self, slug: str, created_at: datetime) -> "MoveQuerySet":
        """Those by which this very municipality has left here, and not another one of the same short name."""
        return self.filter(slug=slug, arrives=False, phase=Phase.DONE, town_made_at=created_at)


class Move(models.Model):
    """One move, as one of its two cells sees it."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, editable=False)
    slug = models.CharField(_("short name"), max_length=63)
    cell = models.CharField(_("other cell"), max_length=40)
    arrives = models.BooleanField(_("arrives here"), default=False)
    phase = models.CharField(_("phase"), max_length=10, choices=Phase, default=Phase.CLOSED)
    by = models.CharField(_("who"), max_length=254)
    # Why it stopped the last time; the operator reads it.
    error = models.CharField(_("what went wrong"), max_length=500, blank=True, default="", db_default="")
    # When the municipality was made: by that it is known again wherever it moves, and told from a namesake.
    town_made_at = models.DateTimeField(_("municipality made at"), null=True, blank=True)
    # What shared tables hold of it and has to go along, such as waiting jobs (tenants.signals.leaving).
    luggage = models.JSONField(_("luggage"), default=dict)
    closed_at = models.DateTimeField(_("read-only since"), default=timezone.now)
    opened_at = models.DateTimeField(_("open again"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects: ClassVar[MoveQuerySet] = MoveQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("slug",), condition=models.Q(ended_at__isnull=True), name="move_one_at_a_time"
            ),
            models.CheckConstraint(name="move_phase_known", condition=models.Q(phase__in=Phase.values)),
        )

    def __str__(self) -> str:
        return f"{self.slug}: {self.cell}"
