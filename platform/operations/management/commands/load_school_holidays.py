"""`manage load_school_holidays ferien.csv`: school holidays that are newer than the release."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from gazetteer.free_days import FreeDaysError, load
from tenants.management.service import ServiceCommand
from tenants.running.context import inside_public


class Command(ServiceCommand):
    help = (
        "Replaces the school holidays of the states and years in a CSV file (state,first,last,name; dates as "
        "2027-06-28). Offers that leave them out follow in the night."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")

    def work(self, **options: Any) -> None:
        try:
            lines = Path(options["file"]).read_text(encoding="utf-8-sig").splitlines()
            with inside_public():
                number = load(lines)
        except (OSError, UnicodeDecodeError, FreeDaysError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("%(number)d school holidays are loaded.") % {"number": number})
