"""`manage list_municipalities [--json] [--live | --addresses]`."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants.lifecycle.overview import addresses, overview


class Command(BaseCommand):
    help = "Lists slug, name, domains, state, schema version, offers and size of every municipality."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="machine-readable")
        counting = parser.add_mutually_exclusive_group()
        counting.add_argument("--live", action="store_true", help="count offers and size now, not as of last night")
        counting.add_argument("--addresses", action="store_true", help="count nothing: names and hosts only")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = addresses() if options["addresses"] else overview(live=options["live"])
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        if options["addresses"]:
            for row in rows:
                self.stdout.write(f"{row['slug']:<24} {row['state']:<10} {row['name']} ({', '.join(row['domains'])})")
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
