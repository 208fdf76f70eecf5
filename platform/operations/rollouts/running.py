"""The work of the job that rolls out. Killed at any moment and begun again it goes on where it was."""

from django.utils.translation import gettext as _
from procrastinate.exceptions import JobAborted

from jobs.declare import is_ending
from operations.rollouts.mails import tell_stopped
from tenants.refused import RefusedError
from tenants.rollout.ordering import could_not_begin
from tenants.rollout.release import migrations_digest
from tenants.rollout.services import roll_out
from tenants.rollout.wish import Wish
from tenants.rollout_records import Rollout, RolloutState
from tenants.running.locks import BusyError


class _Silent:
    """Whoever wants to know how far it is reads the record."""

    def begin(self, wave: str, total: int) -> None:
        """A wave begins."""

    def advance(self, schema_name: str, error: str) -> None:
        """A municipality is done or failed."""


def run(number: int, code: str) -> None:
    """Do the rollout that waits for its turn; `code` is the release it was planned with, empty where it goes on.

    Raises BusyError while somebody else works on municipalities (the job comes again), JobAborted when the worker ends.
    """
    rollout = Rollout.objects.filter(pk=number).first()
    # Interrupted: the worker that had it before has ended.
    if rollout is None or not (rollout.is_open or rollout.state == RolloutState.INTERRUPTED):
        return
    if code and rollout.state == RolloutState.WAITING and code != migrations_digest():
        could_not_begin(number, _("The plan was made with another release than this worker has. Make a new plan."))
        return
    wish = Wish(rollout.wave, rollout.jobs, rollout.most_failures, watch=rollout.watch)
    try:
        outcome = roll_out(wish, by=rollout.by, report=_Silent(), number=number, ends=is_ending)
    except BusyError:
        raise
    except RefusedError as error:
        could_not_begin(number, str(error))
        return
    assert outcome.rollout is not None
    if outcome.rollout.state == RolloutState.INTERRUPTED:
        raise JobAborted
    if outcome.stopped:
        tell_stopped(outcome.rollout)
