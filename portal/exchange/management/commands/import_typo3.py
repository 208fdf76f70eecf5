"""`manage import_typo3 SLUG DUMP.sql [--files DIR] [--dry-run] [--report FILE.json]`: take over an original portal."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from core.lazy import lazy
from tenants.models import Municipality
from tenants.running.context import inside_public

if TYPE_CHECKING:
    from portal.exchange.typo3 import dump, takeover
    from portal.exchange.typo3.report import Report
else:
    dump, takeover = lazy("portal.exchange.typo3.dump"), lazy("portal.exchange.typo3.takeover")

STAGES = 7


class Command(BaseCommand):
    help = "Takes over a TYPO3 Chancenportal from a mysqldump. All or nothing; the same dump twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="short name of the municipality")
        parser.add_argument("dump", type=Path, metavar="DUMP.sql")
        parser.add_argument("--files", type=Path, metavar="DIR", help="a copy of TYPO3's folder fileadmin")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="write the report there as JSON too")

    def handle(self, *args: Any, **options: Any) -> None:
        with inside_public():
            municipality = Municipality.objects.filter(slug=options["slug"]).first()
        if municipality is None:
            raise CommandError(_("There is no municipality “%(slug)s”.") % {"slug": options["slug"]})
        for folder in (options["files"], options["report"] and options["report"].absolute().parent):
            if folder and not folder.is_dir():
                raise CommandError(_("%(path)s is not a folder.") % {"path": folder})
        report = self._take_over(municipality, options)
        for line in report.lines():
            self.stdout.write(line)
        if options["report"]:
            report.write(options["report"])
        if options["dry_run"]:
            self.stdout.write(_("Dry run: nothing was written."))

    def _take_over(self, municipality: Municipality, options: dict[str, Any]) -> "Report":
        form = "{desc} {bar} {n}/{total}"
        with tqdm(total=STAGES, disable=not sys.stderr.isatty(), leave=False, bar_format=form) as bar:

            def progress(stage: str) -> None:
                bar.set_description(stage)
                bar.update()
                if bar.disable:
                    self.stderr.write(f"{stage} …", style_func=str)

            progress(_("reading the dump"))
            try:
                return takeover.take_over(
                    municipality,
                    dump.Dump(options["dump"]),
                    directory=options["files"],
                    dry_run=options["dry_run"],
                    progress=progress,
                )
            except dump.DumpError as error:
                raise CommandError(str(error)) from error
