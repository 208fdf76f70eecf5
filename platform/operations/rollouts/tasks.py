"""Jobs of this room, in a queue of their own: while a release is brought out, only a worker that has it may take them
(docs/OPERATING.md, “A new release”)."""

from jobs.declare import job
from operations.rollouts import looking, running

QUEUE = "rollouts"


@job(retries=3, atomic=False, queue=QUEUE)
def make_plan(number: int) -> None:
    """Look what a rollout would do."""
    looking.make_plan(number)


@job(retries=3, atomic=False, queue=QUEUE)
def check_drift(number: int) -> None:
    """Look which schemas drifted."""
    looking.check_drift(number)


@job(atomic=False, queue=QUEUE)
def roll_out(number: int, code: str = "") -> None:
    """Do, or go on with, a rollout."""
    running.run(number, code)
