"""`manage list_municipalities [--json]`."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants.overview import overview


class Command(BaseCommand):
    help = "Lists slug, name, domains, state, schema version, offers and size of every municipality."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="machine-readable")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = overview()
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            size = f"{row['size_bytes'] / 2**20:.1f} MiB"
            self.stdout.write(
                f"{row['slug']:<24} {row['state']:<10} {row['offers']:>6} {size:>10}  {row['schema_version']}  "
                f"{row['name']} ({', '.join(row['domains'])})"
            )
