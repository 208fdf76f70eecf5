"""`manage export_offers SLUG FILE.xlsx [--provider ID-OR-NAME]`: write offers in the template's 32 columns."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.lazy import lazy
from portal.exchange.management.commands.import_offers import find_provider
from portal.exchange.progress import Bar
from tenants.models import Municipality
from tenants.running.context import inside, inside_public

if TYPE_CHECKING:
    from portal.exchange.excel import export
else:
    export = lazy("portal.exchange.excel.export")


class Command(BaseCommand):
    help = "Writes the offers of a municipality into a workbook that import_offers reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="short name of the municipality")
        parser.add_argument("file", type=Path, metavar="FILE.xlsx")
        parser.add_argument("--provider", metavar="ID-OR-NAME", help="only this provider's offers")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        with inside_public():
            municipality = Municipality.objects.filter(slug=options["slug"]).first()
        if municipality is None:
            raise CommandError(_("There is no municipality “%(slug)s”.") % {"slug": options["slug"]})
        if path.suffix.lower() != ".xlsx" or not path.parent.is_dir():
            raise CommandError(_("Please give a file ending in .xlsx in a folder that exists, not %s.") % path)
        with inside(municipality), Bar(self.stderr if not sys.stderr.isatty() else None) as bar:
            provider = find_provider(options["provider"]) if options["provider"] else None
            result = export.export_offers(path, provider=provider, progress=bar.show)
        for line in result.lines():
            self.stdout.write(line)
