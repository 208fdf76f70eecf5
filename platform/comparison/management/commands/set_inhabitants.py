"""`manage set_inhabitants FILE.csv`: how many people live in municipalities."""

import csv
import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from comparison import services
from tenants.management.service import ServiceCommand
from tenants.refused import RefusedError
from tenants.running.context import inside_public


class Command(ServiceCommand):
    help = "Notes inhabitants from lines “short name;number”: all of a file or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.csv")

    def work(self, **options: Any) -> None:
        with Path(options["file"]).open(encoding="utf-8-sig", newline="") as file:
            numbers = dict(_read(number, row) for number, row in enumerate(csv.reader(file, delimiter=";"), 1) if row)
        with inside_public():
            changed = services.set_inhabitants(numbers, by=getpass.getuser())
        self.stdout.write(_("Numbers changed: %(number)d.") % {"number": changed})


def _read(line: int, row: list[str]) -> tuple[str, int | None]:
    digits = row[1].strip().replace(".", "") if len(row) > 1 else ""
    if not digits.isascii() or not digits.isdigit() or not 0 < int(digits) < 10**8:
        raise RefusedError(_("Line %(line)d: please write “short name;number”.") % {"line": line})
    return row[0].strip(), int(digits)
