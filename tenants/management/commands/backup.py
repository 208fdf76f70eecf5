"""`manage backup [SLUG] [--full] [--keep-daily N] [--keep-weekly N]`."""

from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from core.lazy import lazy
from tenants.management.service import ServiceCommand

if TYPE_CHECKING:
    from tenants.transfer.backups import making
else:
    making = lazy("tenants.transfer.backups.making")


class Command(ServiceCommand):
    help = "Backs up everything (only what changed, from PostgreSQL 17 on), or one municipality, into BACKUP_DIR."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", nargs="?", default="")
        parser.add_argument("--full", action="store_true", help="everything, though less would do")
        parser.add_argument(
            "--keep-daily", type=int, default=making.DAILY, metavar="N", help="days to keep the last backup of"
        )
        parser.add_argument("--keep-weekly", type=int, default=making.WEEKLY, metavar="N", help="the same for weeks")

    def work(self, **options: Any) -> None:
        keep = {"daily": max(options["keep_daily"], 1), "weekly": max(options["keep_weekly"], 0)}
        if options["slug"]:
            made = making.back_up_one(options["slug"], **keep, progress=self.progress)
        else:
            made = making.back_up(full=options["full"], **keep, progress=self.progress)
        self._report(made)

    def _report(self, made: "making.Made") -> None:
        if made.remark:
            self.stdout.write(made.remark)
        self.stdout.write(
            _("%(path)s: %(kind)s, verified, %(size).1f MiB, %(files)d files; %(removed)d older backups removed")
            % {
                "path": made.backup.path,
                "kind": made.backup.get_kind_display(),
                "size": (made.backup.bytes or 0) / 2**20,
                "files": made.files,
                "removed": len(made.removed),
            }
        )
