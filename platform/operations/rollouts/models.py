"""What jobs are to find out for the operator's pages: what a rollout would do, and which schemas drifted.

A page asks no schema of a municipality; so the worker looks, whose code is that of the release, and writes it here.
"""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# A plan that is older may be wrong by now, and nothing is started with it.
PLAN_LASTS = timedelta(hours=1)


class LookState(models.TextChoices):
    """How looking stands."""

    WAITING = "waiting", pgettext_lazy("a plan", "being made")
    DONE = "done", pgettext_lazy("a plan", "made")
    FAILED = "failed", pgettext_lazy("a plan", "could not be made")


class Look(models.Model):
    """Asked for by somebody, done by a job."""

    asked_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    asked_by = models.CharField(_("asked for by"), max_length=254)
    state = models.CharField(
        pgettext_lazy("a rollout", "state"), max_length=10, choices=LookState, default=LookState.WAITING
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_waiting(self) -> bool:
        """Whether a job still looks."""
        return self.state == LookState.WAITING

    @property
    def is_done(self) -> bool:
        """Whether there is something to see."""
        return self.state == LookState.DONE


def _rules(name: str) -> tuple[models.BaseConstraint, ...]:
    return (
        models.CheckConstraint(name=f"{name}_state_known", condition=models.Q(state__in=LookState.values)),
        models.UniqueConstraint(
            name=f"{name}_one_waiting", fields=("state",), condition=models.Q(state=LookState.WAITING)
        ),
    )


class Plan(Look):
    """What a rollout of the worker's release would do: its groups of alike schemas with their SQL."""

    code = models.CharField(_("digest of the release's migrations"), max_length=64, blank=True)
    total = models.PositiveIntegerField(_("municipalities"), default=0)
    # Migrations of the shared schema, as `app.name`.
    shared = models.JSONField(_("shared schema"), default=list)
    # Of each: how many by wave, some names, the migrations, their SQL as one text, and why others are unfit, by name.
    groups: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(_("groups"), default=list)

    class Meta:
        verbose_name = _("plan of a rollout")
        verbose_name_plural = _("plans of rollouts")
        ordering = ("-pk",)
        constraints = _rules("rollout_plan")

    @property
    def waves(self) -> dict[str, int]:
        """How many municipalities of each wave are behind."""
        found: dict[str, int] = {}
        for group in self.groups:
            for wave, number in group["waves"].items():
                found[wave] = found.get(wave, 0) + number
        return found

    @property
    def behind(self) -> int:
        """How many municipalities are behind."""
        return sum(self.waves.values())

    @property
    def is_fresh(self) -> bool:
        """Whether a rollout may be started with it."""
        return self.is_done and self.ended_at is not None and timezone.now() - self.ended_at <= PLAN_LASTS


class DriftLook(Look):
    """Somebody asked for a check for drift; what it found is `tenants.models.DriftCheck`, as after `check_drift`."""

    class Meta:
        verbose_name = _("request for a check for drift")
        verbose_name_plural = _("requests for checks for drift")
        ordering = ("-pk",)
        constraints = _rules("drift_look")
