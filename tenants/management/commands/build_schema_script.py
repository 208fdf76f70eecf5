"""`manage build_schema_script [--check]`: the script new municipalities are made from (see tenants.rollout.release)."""

from typing import Any

from django.core.management.base import CommandParser

from tenants.management.service import ServiceCommand
from tenants.rollout.release import SCRIPT, build_script, load_script


class Command(ServiceCommand):
    help = "Makes tenants/rollout/schema/release.sql from the migrations. Run it after every new migration."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether the script is up to date")

    def work(self, **options: Any) -> None:
        if options["check"]:
            load_script()
            return
        SCRIPT.parent.mkdir(exist_ok=True)
        SCRIPT.write_text(build_script(), encoding="utf-8")
        self.stdout.write(f"{SCRIPT}: {SCRIPT.stat().st_size / 1024:.0f} KiB")
