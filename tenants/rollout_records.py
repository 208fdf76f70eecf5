"""The durable record of rollouts: one row each, one per municipality, and notes on what runs outside transactions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RolloutState(models.TextChoices):
    """How a rollout stands."""

    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    FAILED = "failed", _("done, some municipalities failed")
    STOPPED = "stopped", _("stopped after too many failures")
    INTERRUPTED = "interrupted", _("its process ended early")
    SUPERSEDED = "superseded", _("replaced by a later one")


# A rollout whose process was killed is found as RUNNING by the next one, which holds the lock and so knows better.
ROLLOUT_TRANSITIONS: dict[RolloutState, frozenset[RolloutState]] = {
    RolloutState.RUNNING: frozenset(
        {RolloutState.DONE, RolloutState.FAILED, RolloutState.STOPPED, RolloutState.INTERRUPTED}
    ),
    RolloutState.FAILED: frozenset({RolloutState.RUNNING, RolloutState.SUPERSEDED}),
    RolloutState.STOPPED: frozenset({RolloutState.RUNNING, RolloutState.SUPERSEDED}),
    RolloutState.INTERRUPTED: frozenset({RolloutState.RUNNING, RolloutState.SUPERSEDED}),
    RolloutState.DONE: frozenset(),
    RolloutState.SUPERSEDED: frozenset(),
}
UNFINISHED = (RolloutState.FAILED, RolloutState.STOPPED, RolloutState.INTERRUPTED)


class StepState(models.TextChoices):
    """How one municipality's part of a rollout stands."""

    WAITING = "waiting", _("waiting")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Rollout(models.Model):
    """One attempt to bring municipalities to the code's version."""

    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    by = models.CharField(_("by"), max_length=254)
    state = models.CharField(_("state"), max_length=20, choices=RolloutState, default=RolloutState.RUNNING)
    wave = models.CharField(_("only this wave"), max_length=40, blank=True)
    jobs = models.PositiveSmallIntegerField(_("connections"))
    code = models.CharField(_("digest of the release's migrations"), max_length=64)

    class Meta:
        verbose_name = _("rollout")
        verbose_name_plural = _("rollouts")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(name="rollout_state_known", condition=models.Q(state__in=RolloutState.values)),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    def become(self, state: RolloutState) -> None:
        """Change the state in memory; ValueError for a change that the table of transitions does not know."""
        if state not in ROLLOUT_TRANSITIONS[RolloutState(self.state)]:
            raise ValueError(f"A rollout that is {self.state} cannot become {state}.")
        self.state = state


class RolloutStep(models.Model):
    """One municipality's part: what it had, what it gets, and how that went. Its schema's name stays when it goes."""

    rollout = models.ForeignKey(Rollout, on_delete=models.CASCADE, related_name="steps")
    schema_name = models.CharField(_("municipality"), max_length=63)
    wave = models.CharField(_("rollout wave"), max_length=40)
    from_version = models.CharField(_("from"), max_length=300, blank=True)
    to_version = models.CharField(_("to"), max_length=300, blank=True)
    migrations = models.JSONField(_("migrations"), default=list)
    state = models.CharField(_("state"), max_length=20, choices=StepState, default=StepState.WAITING)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    seconds = models.FloatField(_("seconds of work"), default=0)
    gave_way = models.PositiveIntegerField(_("times it gave way"), default=0)
    failed_migration = models.CharField(max_length=300, blank=True)
    failed_statement = models.TextField(blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("part of a rollout")
        verbose_name_plural = _("parts of a rollout")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(name="rollout_step_once", fields=("rollout", "schema_name")),
            models.CheckConstraint(name="rollout_step_state_known", condition=models.Q(state__in=StepState.values)),
        )

    def __str__(self) -> str:
        return f"{self.schema_name} {self.state}"


class RolloutNote(models.Model):
    """How far a schema is in a migration that runs outside a transaction; gone when the migration is recorded.

    `done` pieces have run. `begun`: the next one was started, and as it cannot be in a transaction with this note,
    only the schema itself tells whether it ended.
    """

    schema_name = models.CharField(max_length=63)
    migration = models.CharField(max_length=300)
    pieces = models.CharField(max_length=64)
    done = models.PositiveIntegerField(default=0)
    begun = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("note of a rollout")
        verbose_name_plural = _("notes of a rollout")
        constraints = (models.UniqueConstraint(name="rollout_note_once", fields=("schema_name", "migration")),)

    def __str__(self) -> str:
        return f"{self.schema_name} {self.migration} {self.done}"


class DriftCheck(models.Model):
    """One comparison of all schemas with what their migrations make; the last one is what is known of drift."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    compared = models.PositiveIntegerField(_("schemas compared"))
    # By the name of each schema that differs: what it lacks (-) and has besides (+).
    found = models.JSONField(_("what was found"), default=dict)

    class Meta:
        verbose_name = _("check for drift")
        verbose_name_plural = _("checks for drift")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {len(self.found)}"
