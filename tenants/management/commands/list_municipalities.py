"""`manage list_municipalities [--json] [--live]`."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants.lifecycle.overview import overview


class Command(BaseCommand):
    help = "Lists slug, name, domains, state, schema version, offers and size of every municipality."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="machine-readable")
        parser.add_argument("--live", action="store_true", help="count offers and size now, not as of last night")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = overview(live=options["live"])
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            size = f"{row['size_bytes'] / 2**20:.1f} MiB"
            self.stdout.write(
                f"{row['slug']:<24} {row['state']:<10} {row['offers']:>6} {size:>10}  {row['schema_version']}  "
                f"{row['name']} ({', '.join(row['domains'])})"
            )
        oldest = min((row["measured_at"] for row in rows if row["measured_at"]), default=None)
        if oldest:
            self.stdout.write(f"Offers and sizes as counted since {oldest}; --live counts now.")
