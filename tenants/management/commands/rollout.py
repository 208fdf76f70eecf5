"""`manage rollout [--wave NAME] [--jobs N] [--max-failures PERCENT] [--watch MINUTES]
[--resume|--dry-run|--stop|--past]`."""

import argparse
import getpass
import sys
from collections import Counter
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from tenants.refused import RefusedError
from tenants.rollout.groups import Group
from tenants.rollout.ordering import LONGEST_WATCH, ask_to_stop
from tenants.rollout.running import LostConnectionError
from tenants.rollout.services import Outcome, look, roll_out
from tenants.rollout.wish import DEFAULT_JOBS, MOST_FAILURES, MOST_JOBS, PATIENCE, Wish
from tenants.rollout_records import Rollout, StepState, StopReason
from tenants.running.context import inside_public

# How many municipalities or errors are named before it is only said how many more there are.
_NAMED = 10
LOST = (LostConnectionError, OperationalError, InterfaceError, psycopg.OperationalError)


class Progress:
    """A bar on a terminal, a line per wave otherwise; failures at once in both."""

    def __init__(self, command: BaseCommand) -> None:
        self._command = command
        self._bar: tqdm[Any] | None = None

    def begin(self, wave: str, total: int) -> None:
        self.close()
        if sys.stderr.isatty():
            self._bar = tqdm(total=total, desc=wave, leave=False)
        else:
            self._command.stdout.write(_("wave %(wave)s: %(total)d municipalities") % {"wave": wave, "total": total})

    def advance(self, schema_name: str, error: str) -> None:
        if self._bar is not None:
            self._bar.update()
        if error:
            tqdm.write(error, file=sys.stderr)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def lost(error: BaseException) -> CommandError:
    """What to say when the database went away."""
    why = " ".join(str(error).split())
    return CommandError(_("The database went away (%(why)s). When it is back: manage rollout --resume") % {"why": why})


def _between(least: int, most: int) -> Any:
    def number(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{least}–{most}")
        return int(text)

    return number


def summary(outcome: Outcome) -> str:
    """The closing counts."""
    counts = {"done": outcome.done, "unchanged": outcome.unchanged, "failed": len(outcome.errors)}
    text = _("%(done)d brought to this version, %(unchanged)d were there already, %(failed)d failed") % counts
    if outcome.waiting:
        text += ", " + _("%(waiting)d still wait") % {"waiting": outcome.waiting}
    return f"{text}."


def _why(outcome: Outcome) -> str:
    rollout = outcome.rollout
    assert rollout is not None
    if rollout.reason == StopReason.FAILURES:
        return _("Too many failures: the rollout stopped.")
    if rollout.reason == StopReason.ASKED:
        return _("The rollout stopped, as %(who)s asked.") % {"who": rollout.stop_asked_by}
    return _("The rollout stopped.") + f" {rollout.remark}"


def failure(outcome: Outcome) -> CommandError:
    """The closing counts of a rollout in which municipalities failed or still wait, and how to go on."""
    why = f"{_why(outcome)} " if outcome.stopped else ""
    return CommandError(f"{why}{summary(outcome)} {_('Mend the cause, then: manage rollout --resume')}")


class Command(BaseCommand):
    help = "Brings the shared schema and every municipality's to the code's version, wave by wave (canary first)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--wave", default="", metavar="NAME", help="only the municipalities of this wave")
        parser.add_argument(
            "--jobs", type=_between(1, MOST_JOBS), default=DEFAULT_JOBS, metavar="N", help="parallel connections"
        )
        parser.add_argument(
            "--max-failures",
            type=_between(0, 100),
            default=MOST_FAILURES,
            metavar="PERCENT",
            help="stop when more than this share of a wave fails",
        )
        parser.add_argument(
            "--patience",
            type=_between(0, 86_400),
            default=int(PATIENCE),
            metavar="SECONDS",
            help="how long to come back to a municipality whose tables somebody keeps locked",
        )
        parser.add_argument(
            "--watch",
            type=_between(0, LONGEST_WATCH),
            default=0,
            metavar="MINUTES",
            help="how long to watch for errors of the updated municipalities before the next wave",
        )
        modes = parser.add_mutually_exclusive_group()
        modes.add_argument("--resume", action="store_true", help="go on with the last rollout that did not end well")
        modes.add_argument("--dry-run", action="store_true", help="print plan and SQL per group, change nothing")
        modes.add_argument("--stop", action="store_true", help="have the rollout that is under way stop")
        modes.add_argument("--past", action="store_true", help="print the last rollouts and how they ended")

    def handle(self, *args: Any, **options: Any) -> None:
        wish = Wish(
            options["wave"],
            options["jobs"],
            options["max_failures"],
            float(options["patience"]),
            watch=options["watch"],
        )
        if options["resume"] and wish.wave:
            raise CommandError(_("--resume goes on with the wave of the rollout; leave out --wave."), returncode=2)
        try:
            if options["dry_run"]:
                self._print(*look(wish))
                return
            if options["past"]:
                self._print_past()
                return
            if options["stop"]:
                stopped = ask_to_stop(by=getpass.getuser())
                self.stdout.write(
                    _("Rollout %(number)d stops when what is under way is done.") % {"number": stopped.pk}
                )
                return
            outcome = self._roll_out(wish, resume=options["resume"])
        except RefusedError as error:
            raise CommandError(str(error)) from error
        except LOST as error:
            raise lost(error) from error
        if outcome.errors or outcome.waiting:
            raise failure(outcome)
        self.stdout.write(summary(outcome))

    def _roll_out(self, wish: Wish, *, resume: bool) -> Outcome:
        progress = Progress(self)
        try:
            return roll_out(wish, by=getpass.getuser(), report=progress, resume=resume)
        finally:
            progress.close()

    def _print_past(self) -> None:
        with inside_public():
            for each in Rollout.objects.all()[:_NAMED]:
                steps = Counter(each.steps.values_list("state", flat=True))
                counts = ", ".join(f"{steps[state]} {state.label}" for state in StepState if steps[state])
                day = f"{timezone.localtime(each.started_at):%Y-%m-%d %H:%M}"
                why = f" ({each.get_reason_display()})" if each.reason else ""
                self.stdout.write(f"{each.pk}  {day}  {each.by}: {each.get_state_display()}{why}; {counts or '–'}")

    def _print(self, public: list[str], groups: list[Group]) -> None:
        if public:
            self.stdout.write(_("The shared schema gets: %(names)s") % {"names": ", ".join(public)})
        if not groups:
            self.stdout.write(_("Every municipality is at this version already."))
        for group in groups:
            names = [schema.schema_name for schema in group.schemas if schema.schema_name not in group.unfit]
            self._print_group(group, names)
            for schema_name, why in group.unfit.items():
                self.stdout.write(f"-- {schema_name}: {why}")

    def _print_group(self, group: Group, names: list[str]) -> None:
        more = f" … +{len(names) - _NAMED}" if names[_NAMED:] else ""
        self.stdout.write(f"-- {len(names)}: {', '.join(names[:_NAMED])}{more}")
        self.stdout.write(f"-- {', '.join(group.migrations)}")
        for unit in group.units:
            self.stdout.write("BEGIN;" if unit.atomic else _("-- piece by piece, outside of a transaction:"))
            for piece in unit.pieces:
                self.stdout.write(f"-- Python: {piece.migration}: {piece.text}" if piece.live else piece.text)
            if unit.atomic:
                self.stdout.write("COMMIT;")
