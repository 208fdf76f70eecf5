"""`manage restore_municipality FILE.zip [--as SLUG] [--domain HOST] [--check]`."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from tenants.management.service import ServiceCommand
from tenants.running.context import inside_public
from tenants.transfer.looking import look_into
from tenants.transfer.restoring import restore_municipality


class Command(ServiceCommand):
    help = "Makes a municipality from an export of this or an earlier release. All or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.zip")
        parser.add_argument(
            "--as", dest="slug", default="", metavar="SLUG", help="another short name than the export's"
        )
        parser.add_argument("--domain", default="", metavar="HOST", help="another host name than the export's")

        parser.add_argument("--check", action="store_true", help="only say whether it is whole and whose it is")

    def work(self, **options: Any) -> None:
        if options["check"]:
            with inside_public():
                found = look_into(options["file"], progress=self.progress)
            self.stdout.write(
                _("Every checksum fits: %(name)s (%(slug)s), %(rows)d rows, %(files)d files, exported %(exported_at)s")
                % found
            )
            return
        done = restore_municipality(
            options["file"], slug=options["slug"], host=options["domain"], progress=self.progress
        )
        self.stdout.write(
            _("%(name)s is restored at %(hosts)s: %(tables)d tables, %(rows)d rows, %(files)d files")
            % {
                "name": done.name,
                "hosts": ", ".join(done.hosts),
                "tables": done.tables,
                "rows": done.rows,
                "files": done.files,
            }
        )
