"""`manage prepare`: brings the database to this release. `make run` and every deployment call it first."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from gazetteer.services import load as load_gazetteer
from tenants.management.commands.rollout import Progress, failure, lost, summary
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.rollout.running import LostConnectionError
from tenants.rollout.services import Outcome, is_behind, roll_out
from tenants.rollout.shared import migrate_public, public_is_behind
from tenants.rollout.wish import PATIENCE, Wish
from tenants.running.connections import refuse_shared_sessions
from tenants.running.context import inside_public
from tenants.running.locks import whole_platform
from tenants.running.stores.starting import refuse_unfit_store
from tenants.transfer.leftovers import sweep


class Command(BaseCommand):
    help = "Migrates the shared schema, then every municipality's that is behind. Quick when nothing is to do."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_shared_sessions()
            refuse_unfit_store(self.stderr.write)
            with inside_public():
                if wrong := clock.warning():
                    self.stderr.write(wrong)
                if public_is_behind():
                    with whole_platform("prepare"):
                        migrate_public(PATIENCE)
                load_gazetteer()
                sweep()
            # Looked at without the lock: an export under way must not keep the service from starting. Nor do errors
            # that its municipalities answered with before.
            if is_behind():
                progress = Progress(self)
                try:
                    self._tell(roll_out(Wish(heed=False), by="prepare", report=progress))
                finally:
                    progress.close()
        except RefusedError as error:
            raise CommandError(str(error)) from error
        except LostConnectionError as error:
            raise lost(error) from error
        with inside_public():
            self.stdout.write(f"prepared: {Municipality.objects.count()} municipalities")

    def _tell(self, outcome: Outcome) -> None:
        """One unfit schema must not keep hundreds of municipalities from starting again after a power cut; whoever
        deploys runs `rollout` first, which is strict. Only a rollout that stopped is an error here, too."""
        if outcome.stopped or outcome.waiting:
            raise failure(outcome)
        self.stdout.write(summary(outcome))
        if outcome.errors:
            self.stderr.write(str(failure(outcome)))
