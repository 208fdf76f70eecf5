"""What an operator asks for when a rollout is started, and what is usual."""

from dataclasses import dataclass

MOST_JOBS = 6
DEFAULT_JOBS = 2
# Of a wave's municipalities, in percent; rounded down, so the first failure of a small wave stops the rollout.
MOST_FAILURES = 5
# Seconds.
PATIENCE = 600.0


@dataclass(frozen=True)
class Wish:
    """What the operator asked for: one wave or all, parallel connections, percent of failures, seconds of patience,
    minutes to watch what a wave brought before the next one, and whether errors of municipalities stop it."""

    wave: str = ""
    jobs: int = DEFAULT_JOBS
    most_failures: int = MOST_FAILURES
    patience: float = PATIENCE
    watch: int = 0
    heed: bool = True
