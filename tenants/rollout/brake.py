"""When a rollout ends before its end: somebody asks it to, its process is to end, or what it updated answers badly."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from tenants.rollout.errors import errors_of
from tenants.rollout.slowness import slowness_of
from tenants.rollout_records import Rollout, RolloutState, StopReason

# Seconds between two looks.
LOOK = 0.5
LOOK_AT_ERRORS = 2.0


@dataclass(frozen=True, slots=True)
class Halt:
    """What becomes of the rollout, why, and the sentence with the figures."""

    state: RolloutState
    reason: str = ""
    remark: str = ""


def never() -> bool:
    """Nothing outside wants the process to end."""
    return False


class Brake:
    """Looks whether to stop; municipalities under way end properly, only nothing new is begun.

    `ends` says whether the process is to end; without `heed` neither errors nor slow answers of
    municipalities stop anything.
    """

    def __init__(self, rollout: Rollout, *, ends: Callable[[], bool] = never, heed: bool = True) -> None:
        self._rollout = rollout
        self._ends = ends
        self._heed = heed
        self._next = self._next_errors = 0.0

    def look(self, *, anew: bool = False) -> Halt | None:
        """Whether to stop, and why; may be asked as often as one likes (`anew`: what was seen a moment ago is old)."""
        if self._ends():
            return Halt(RolloutState.INTERRUPTED)
        now = time.monotonic()
        if anew:
            self._next = self._next_errors = now
        if now >= self._next:
            self._next = now + LOOK
            if Rollout.objects.filter(pk=self._rollout.pk, stop_asked_at__isnull=False).exists():
                return Halt(RolloutState.STOPPED, StopReason.ASKED)
        if self._heed and now >= self._next_errors:
            self._next_errors = now + LOOK_AT_ERRORS
            return self._measure()
        return None

    def _measure(self) -> Halt | None:
        """Whether what was updated answers with errors, or slowly."""
        errors = errors_of(self._rollout)
        if errors.too_many:
            return Halt(RolloutState.STOPPED, StopReason.ERRORS, errors.sentence)
        slowness = slowness_of(self._rollout)
        if slowness.too_slow:
            return Halt(RolloutState.STOPPED, StopReason.SLOW, slowness.sentence)
        return None
