"""`manage import_offers SLUG FILE.xlsx --provider ID-OR-NAME [--create-provider] [--dry-run] [--skip-invalid]
[--marked FILE.xlsx]`."""

import sys
from contextlib import nullcontext
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from core.lazy import lazy
from core.text import clean_text, fold
from portal.exchange.progress import Bar
from portal.organisations.providing import create_provider, named
from portal.providers.models import Provider
from tenants.models import Municipality
from tenants.refused import RefusedError
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
        parser.add_argument(
            "--create-provider", action="store_true", help="make the provider of this name, unless there is one"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument("--skip-invalid", action="store_true", help="import the offers without errors")
        parser.add_argument("--marked", type=Path, metavar="FILE.xlsx", help="write a copy with the remarks there")

    def handle(self, *args: Any, **options: Any) -> None:
        with inside_public():
            municipality = Municipality.objects.filter(slug=options["slug"]).first()
        if municipality is None:
            raise CommandError(_("There is no municipality “%(slug)s”.") % {"slug": options["slug"]})
        create = options["create_provider"]
        with inside(municipality), transaction.atomic() if create else nullcontext():
            provider, fresh = self._provider(municipality, options["provider"], create=create)
            result = self._import(provider, options)
            self._refuse(result, **options)
            if create:
                # The provider of a dry run was never there.
                transaction.set_rollback(options["dry_run"])
        if fresh and not options["dry_run"]:
            self.stdout.write(_("The provider “%(name)s” was made and is public.") % {"name": provider.name})
        for line in result.lines():
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write(_("Dry run: nothing was written."))

    def _provider(self, municipality: Municipality, wanted: str, *, create: bool) -> tuple[Provider, bool]:
        if not create:
            return find_provider(wanted), False
        if wanted.strip().isdecimal() and not named(wanted):
            raise CommandError(_("With --create-provider, please give the name of the provider, not a number."))
        try:
            made = create_provider(municipality, wanted, by=NAME)
        except RefusedError as error:
            raise CommandError(str(error)) from error
        return made.provider, made.fresh

    def _import(self, provider: Provider, options: dict[str, Any]) -> "outcome.ImportResult":
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
            marked.write_marked_copy(options["file"], result, options["marked"], table=result.table)
        return result

    def _refuse(self, result: "outcome.ImportResult", *, skip_invalid: bool, **_options: Any) -> None:
        if not result.errors or skip_invalid:
            return
        for line in result.lines():
            self.stdout.write(line)
        raise CommandError(
            _("Nothing was imported: %(count)d errors. The first: %(first)s")
            % {"count": len(result.errors), "first": result.errors[0]}
        )


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
