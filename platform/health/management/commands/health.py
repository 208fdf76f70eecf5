"""`manage health [WORD …] [--cause KEY] [--json]`."""

import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from health.limits import CAUSES, judged
from health.listing import Asked, found, understood
from health.rows import all_rows
from health.showing import FILE_COLUMNS
from tenants.management.service import ServiceCommand
from tenants.running.context import inside_public


class Command(ServiceCommand):
    help = "Lists how all municipalities are, what is wrong first: the table of /betrieb/kommunen/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("words", metavar="WORD", nargs="*", help="stand in its name or a host")
        parser.add_argument("--cause", default="", choices=[cause.key for cause in CAUSES], help="who has this")
        parser.add_argument("--json", action="store_true", help="all figures, machine-readable")

    def work(self, **options: Any) -> None:
        asked: Asked = understood({"q": " ".join(options["words"]), "ursache": options["cause"]})
        with inside_public():
            chosen = found([judged(row) for row in all_rows()], asked)
        if options["json"]:
            rows = [{name: value(each) for name, _label, value in FILE_COLUMNS} for each in chosen]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
            return
        for each in chosen:
            wrong = ", ".join(str(cause.label) for cause, _tone in each.causes)
            self.stdout.write(f"{each.row.slug:<24} {each.tone.value:<6} {wrong}".rstrip())
        self.stdout.write(_("Municipalities: %(number)d.") % {"number": len(chosen)})
