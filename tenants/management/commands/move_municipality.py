"""`manage move_municipality SLUG CELL [--back]`."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from tenants.cells.moving import move_municipality, take_back
from tenants.management.service import ServiceCommand


class Command(ServiceCommand):
    help = "Moves a municipality to another cell; it is read-only meanwhile. Called again, it goes on where it stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("cell", metavar="CELL", nargs="?", default="")
        parser.add_argument("--back", action="store_true", help="open it here again, as long as it has not left")

    def work(self, **options: Any) -> None:
        slug = options["slug"]
        if options["back"]:
            take_back(slug)
            self.stdout.write(_("%(slug)s is open here again, and nothing of it is elsewhere.") % {"slug": slug})
            return
        if not options["cell"]:
            raise CommandError(_("Name the cell it is to move to."), returncode=2)
        done = move_municipality(slug, options["cell"], progress=self.progress)
        self.stdout.write(
            _("%(slug)s lives in the cell %(cell)s now; it was read-only for %(seconds).1f seconds.")
            % {"slug": done.slug, "cell": done.cell, "seconds": done.seconds}
        )
