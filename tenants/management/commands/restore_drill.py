"""`manage restore_drill [SLUG]`."""

from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from core.lazy import lazy
from tenants.management.service import ServiceCommand

if TYPE_CHECKING:
    from tenants.transfer.backups import drill as drills
else:
    drills = lazy("tenants.transfer.backups.drill")


class Command(ServiceCommand):
    help = "Starts the last backup beside the live database and compares a municipality, a random one unless named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", nargs="?", default="")

    def work(self, **options: Any) -> None:
        drill = drills.restore_drill(options["slug"], progress=self.progress)
        figures = ", ".join(f"{name}: {number}" for name, number in drill.figures.items())
        found = {"slug": drill.slug, "seconds": drill.seconds, "figures": figures, "path": drill.backup.path}
        if not drill.passed:
            raise CommandError(_("The drill failed for %(slug)s with %(path)s: %(figures)s") % found)
        self.stdout.write(_("%(slug)s is in the backup %(path)s (%(seconds).1f s): %(figures)s") % found)
