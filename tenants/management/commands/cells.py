"""`manage cells [--json]`."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from tenants.cells.listing import Cell, cells
from tenants.cells.proxy import known_to
from tenants.management.service import ServiceCommand
from tenants.models import Hold
from tenants.refused import RefusedError


class Command(ServiceCommand):
    help = "Lists the cells: where they answer, how many host names each has, and what moves."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def work(self, **options: Any) -> None:
        rows = [_row(cell) for cell in cells().values()]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            mark = "*" if row["here"] else " "
            said = row["error"] or _("%(number)d host names") % {"number": row["hosts"]}
            self.stdout.write(f"{mark} {row['name']:<16} {', '.join(row['web']):<32} {said}")
            for host, hold in row["moving"].items():
                self.stdout.write(f"  {'':<16} {host}: {Hold(hold).label}")


def _row(cell: Cell) -> dict[str, Any]:
    row: dict[str, Any] = {"name": cell.name, "web": list(cell.web), "here": cell.name == settings.CELL, "error": ""}
    try:
        known = known_to(cell)
    except RefusedError as error:
        return {**row, "hosts": None, "moving": {}, "error": str(error)}
    return {**row, "hosts": len(known), "moving": {host: hold for host, hold in known if hold}}
