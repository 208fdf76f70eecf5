"""`manage move_files [--remove] [--dry-run]`."""

from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from core.lazy import lazy
from tenants.management.service import ServiceCommand

if TYPE_CHECKING:
    from tenants.transfer import moving_files
else:
    moving_files = lazy("tenants.transfer.moving_files")


class Command(ServiceCommand):
    help = (
        "Copies all files from STORAGE_OLD_URL to STORAGE_URL while the service runs, compared by hash (see "
        "“Files in S3” in docs/OPERATING.md). May be broken off and begun again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="afterwards remove from the old what both have alike")
        parser.add_argument("--dry-run", action="store_true", help="only say what there is to do")

    def work(self, **options: Any) -> None:
        moved = moving_files.move_files(remove=options["remove"], dry_run=options["dry_run"], progress=self.progress)
        words = {
            "to copy": _("to copy"),
            "copied": _("copied"),
            "moved": _("moved, and removed from the old store"),
            "there": _("there already"),
            "deleted meanwhile": _("deleted meanwhile"),
            "different": _("different in both stores"),
            "damaged": _("damaged"),
        }
        said = [f"{number} {words[what]}" for what, number in moved.numbers.items()]
        self.stdout.write(", ".join(said) or _("There is no file in the old store."))
        self.stdout.write(_("%(size).1f MiB copied") % {"size": moved.bytes / 2**20})
        if moved.trouble:
            raise CommandError(
                _("%(number)d files need you; both stores still have theirs: %(names)s")
                % {"number": len(moved.trouble), "names": ", ".join(moved.trouble[:20])}
            )
