"""`manage import_offers SLUG FILE.xlsx --provider ID-OR-NAME [--dry-run] [--skip-invalid] [--marked FILE.xlsx]`."""

import sys
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.lazy import lazy
from core.text import clean_text, fold
from portal.exchange.progress import Bar
from portal.providers.models import Provider
from tenants.models import Municipality
from tenants.running.context import inside, inside_public

if TYPE_CHECKING:
    from portal.exchange.excel import marked, services
    from portal.exchange.excel import result as outcome
else:
    marked, outcome = lazy("portal.exchange.excel.marked"), lazy("portal.exchange.excel.result")
    services = lazy("portal.exchange.excel.services")

NAME = "import_offers"


class Command(BaseCommand):
    help = "Imports a provider's offers from a workbook in the template's 32 columns, as drafts. All or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="short name of the municipality")
        parser.add_argument("file", type=Path, metavar="FILE.xlsx")
        parser.add_argument("--provider", required=True, metavar="ID-OR-NAME", help="whose offers these are")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument("--skip-invalid", action="store_true", help="import the offers without errors")
        parser.add_argument("--marked", type=Path, metavar="FILE.xlsx", help="write a copy with the remarks there")

    def handle(self, *args: Any, **options: Any) -> None:
        with inside_public():
            municipality = Municipality.objects.filter(slug=options["slug"]).first()
        if municipality is None:
            raise CommandError(_("There is no municipality “%(slug)s”.") % {"slug": options["slug"]})
        with inside(municipality):
            provider = find_provider(options["provider"])
            try:
                with Bar(self.stderr if not sys.stderr.isatty() else None) as bar:
                    result = services.import_offers(
                        options["file"],
                        provider=provider,
                        by=NAME,
                        dry_run=options["dry_run"],
                        skip_invalid=options["skip_invalid"],
                        progress=bar.show,
                    )
            except outcome.RefusedFileError as error:
                raise CommandError(str(error)) from error
        if options["marked"]:
            marked.write_marked_copy(options["file"], result, options["marked"])
        self._report(result, **options)

    def _report(self, result: "outcome.ImportResult", *, dry_run: bool, skip_invalid: bool, **_options: Any) -> None:
        for line in result.lines():
            self.stdout.write(line)
        if result.errors and not skip_invalid:
            raise CommandError(
                _("Nothing was imported: %(count)d errors. The first: %(first)s")
                % {"count": len(result.errors), "first": result.errors[0]}
            )
        if dry_run:
            self.stdout.write(_("Dry run: nothing was written."))


def find_provider(wanted: str) -> Provider:
    """The provider of this id or name, in the municipality we are in."""
    wanted = clean_text(wanted)
    if wanted.isascii() and wanted.isdigit():
        found = list(Provider.objects.filter(pk=int(wanted))) if len(wanted) < 18 else []
    else:
        found = list(Provider.objects.filter(name__iexact=wanted.strip()))
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(str(provider.pk) for provider in found)
        raise CommandError(
            _("Several providers are named “%(name)s”. Please give the number of one: %(ids)s.")
            % {"name": wanted, "ids": ids}
        )
    names = {fold(name): name for name in Provider.objects.values_list("name", flat=True)}
    near = get_close_matches(fold(wanted), names, n=3)
    message = _("There is no provider “%(name)s”.") % {"name": wanted}
    if near:
        message += " " + _("Is it %(names)s?") % {"names": ", ".join(f"„{names[key]}“" for key in near)}
    raise CommandError(message)
