"""The durable record of rollouts: one row each, one per municipality, and notes on what runs outside transactions."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RolloutState(models.TextChoices):
    """How a rollout stands."""

    WAITING = "waiting", _("waiting for its turn")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    FAILED = "failed", _("done, some municipalities failed")
    STOPPED = "stopped", pgettext_lazy("a rollout", "stopped")
    INTERRUPTED = "interrupted", _("its process ended early")
    SUPERSEDED = "superseded", _("replaced by a later one")


class StopReason(models.TextChoices):
    """Why a rollout stopped."""

    FAILURES = "failures", _("too many failures")
    ASKED = "asked", _("asked for by the operator")
    ERRORS = "errors", _("updated municipalities answered with errors")
    SLOW = "slow", _("updated municipalities answered slowly")
    REFUSED = "refused", _("could not begin")


# A rollout whose process was killed is found as RUNNING by the next one, which holds the lock and so knows better.
ROLLOUT_TRANSITIONS: dict[RolloutState, frozenset[RolloutState]] = {
    RolloutState.WAITING: frozenset({RolloutState.RUNNING, RolloutState.STOPPED, RolloutState.SUPERSEDED}),
    RolloutState.RUNNING: frozenset(
        {RolloutState.DONE, RolloutState.FAILED, RolloutState.STOPPED, RolloutState.INTERRUPTED}
    ),
    **dict.fromkeys(
        (RolloutState.FAILED, RolloutState.STOPPED, RolloutState.INTERRUPTED),
        frozenset({RolloutState.WAITING, RolloutState.RUNNING, RolloutState.SUPERSEDED}),
    ),
    RolloutState.DONE: frozenset(),
    RolloutState.SUPERSEDED: frozenset(),
}
# What can be gone on with, once somebody asks for it.
UNFINISHED = (RolloutState.FAILED, RolloutState.STOPPED, RolloutState.INTERRUPTED)
# At most one rollout is in one of these.
OPEN = (RolloutState.WAITING, RolloutState.RUNNING)


class StepState(models.TextChoices):
    """How one municipality's part of a rollout stands."""

    WAITING = "waiting", _("waiting")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    # Deleted before its turn came.
    GONE = "gone", _("municipality is gone")


class Rollout(models.Model):
    """One attempt to bring municipalities to the code's version."""

    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    by = models.CharField(_("by"), max_length=254)
    state = models.CharField(_("state"), max_length=20, choices=RolloutState, default=RolloutState.RUNNING)
    wave = models.CharField(_("only this wave"), max_length=40, blank=True)
    jobs = models.PositiveSmallIntegerField(_("connections"))
    code = models.CharField(_("digest of the release's migrations"), max_length=64)
    most_failures = models.PositiveSmallIntegerField(_("allowed failures in percent of a wave"), db_default=5)
    watch = models.PositiveSmallIntegerField(_("minutes to watch before the next wave"), db_default=0)
    stop_asked_at = models.DateTimeField(_("asked to stop"), null=True, blank=True)
    stop_asked_by = models.CharField(_("asked to stop by"), max_length=254, blank=True, db_default="")
    reason = models.CharField(_("why it stopped"), max_length=20, choices=StopReason.choices, blank=True, db_default="")
    # One sentence with the figures, where figures stopped it.
    remark = models.TextField(_("remark"), blank=True, db_default="")
    # Errors from before do not stop it again: somebody has looked at them and went on.
    errors_seen_at = models.DateTimeField(_("errors looked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("rollout")
        verbose_name_plural = _("rollouts")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(name="rollout_state_known", condition=models.Q(state__in=RolloutState.values)),
            # An open one has no end yet, so two of them would be alike.
            models.UniqueConstraint(
                name="rollout_one_open",
                fields=("ended_at",),
                condition=models.Q(state__in=OPEN),
                nulls_distinct=False,
                violation_error_message=_("A rollout is under way already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        """Whether it waits for its turn or is under way."""
        return self.state in OPEN

    @property
    def is_unfinished(self) -> bool:
        """Whether it can be gone on with."""
        return self.state in UNFINISHED

    def take_up(self, at: datetime) -> None:
        """Somebody goes on with it, knowing why it stopped (in memory)."""
        if self.reason in {StopReason.ERRORS, StopReason.SLOW}:
            self.errors_seen_at = at
        self.stop_asked_at, self.stop_asked_by, self.reason, self.remark = None, "", "", ""

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


class ServerErrors(models.Model):
    """How often a municipality's pages answered with an error of ours (status 500) in one minute; none: no row."""

    schema_name = models.CharField(_("municipality"), max_length=63)
    minute = models.DateTimeField(_("minute"), help_text=_("When it began."))
    number = models.PositiveIntegerField(_("errors"))

    class Meta:
        verbose_name = _("errors of a municipality")
        verbose_name_plural = _("errors of municipalities")
        ordering = ("-minute", "schema_name")
        constraints = (models.UniqueConstraint(name="server_errors_once", fields=("schema_name", "minute")),)
        indexes = (models.Index(fields=("minute",), name="server_errors_minute"),)

    def __str__(self) -> str:
        return f"{self.schema_name}: {self.number}"


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
