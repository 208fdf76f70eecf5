"""`manage failed_jobs [NUMBER …] [--municipality SLUG] [--task NAME] [--retry | --drop]`."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from health.showing import moment
from jobs.failed import MOST, described, drop, failed, retry
from tenants.management.service import ServiceCommand
from tenants.refused import RefusedError
from tenants.running.context import PUBLIC, inside_public

BY = "manage failed_jobs"


class Command(ServiceCommand):
    help = "Lists the jobs that failed for good; tries them again, or drops them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("numbers", metavar="NUMBER", nargs="*", type=int, help="these jobs alone")
        parser.add_argument("--municipality", default="", metavar="SLUG", help=f"or “{PUBLIC}” for the platform's own")
        parser.add_argument("--task", default="", metavar="NAME", help="one kind of job, as it is listed")
        parser.add_argument("--all", action="store_true", help="with --retry or --drop and nothing else: really all")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--retry", action="store_true", help=f"try them again, once; at most {MOST}")
        what.add_argument(
            "--drop", action="store_true", help=f"forget them: what they were to do is never done; {MOST}"
        )

    def work(self, **options: Any) -> None:
        chosen = options["numbers"] or options["municipality"] or options["task"] or options["all"]
        if (options["retry"] or options["drop"]) and not chosen:
            raise RefusedError(_("Say which: numbers, --municipality, --task, or --all."))
        with inside_public():
            jobs = failed(schema_name=options["municipality"], task=options["task"])
            if options["numbers"]:
                jobs = jobs.filter(pk__in=options["numbers"])
            if options["retry"]:
                again, left = retry(jobs, by=BY)
                text = _("Tried again: %(again)d. Left, as one like them waits already: %(left)d.")
                self.stdout.write(text % {"again": again, "left": left})
            elif options["drop"]:
                self.stdout.write(_("Dropped: %(number)d.") % {"number": drop(jobs, by=BY)})
            else:
                self._list(jobs)

    def _list(self, jobs: Any) -> None:
        for job in described(jobs):
            self.stdout.write(
                f"{job.pk:>10} {job.schema_name:<24} {job.attempts:>3} {moment(job.failed_at)}  {job.task}  {job.error}"
            )
        self.stdout.write(_("Failed jobs: %(number)d.") % {"number": jobs.count()})
