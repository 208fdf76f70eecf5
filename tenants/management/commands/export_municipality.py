"""`manage export_municipality SLUG FILE.zip`."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from tenants.management.service import ServiceCommand
from tenants.transfer.exporting import export_municipality


class Command(ServiceCommand):
    help = "Writes all data and files of a municipality into a zip (docs/EXPORT.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("file", type=Path, metavar="FILE.zip")

    def work(self, **options: Any) -> None:
        done = export_municipality(options["slug"], options["file"].absolute(), progress=self.progress)
        self.stdout.write(
            _("%(path)s: %(tables)d tables, %(rows)d rows, %(files)d files, %(size).1f MiB")
            % {
                "path": done.path,
                "tables": done.tables,
                "rows": done.rows,
                "files": done.files,
                "size": done.bytes / 2**20,
            }
        )
        if done.missing:
            self.stderr.write(
                _("%(number)d files that rows name are missing, here and in the export, such as: %(names)s")
                % {"number": done.missing, "names": ", ".join(done.missing_names[:5])}
            )
