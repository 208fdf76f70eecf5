"""`manage connections [--json]`."""

import dataclasses
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants.running.backend.pool import MOST_SCHEMAS
from tenants.running.connections import backends, limits, sessions_are_shared


class Command(BaseCommand):
    help = "Shows every session on the database: whose it is, how old and how large; and whether a pooler mixes them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="machine-readable")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(backends())
        used, most = limits()
        shared = sessions_are_shared()
        if options["json"]:
            rows = [dataclasses.asdict(each) for each in found]
            answer = {"sessions": used, "most": most, "shared": shared, "schemas_each": MOST_SCHEMAS, "backends": rows}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        for each in found:
            size = "-" if each.mib is None else f"{each.mib:.0f} MiB"
            self.stdout.write(f"{each.pid:>8}  {each.process:<40} {each.state:<20} {each.age_seconds:>7} s {size:>9}")
        self.stdout.write(
            f"{used} of {most} sessions; each is replaced after {MOST_SCHEMAS} schemas or 10 minutes; "
            + ("a pooler shares them out: NOT SAFE, set pool_mode = session" if shared else "each client has its own")
        )
