"""`manage receive_municipality SLUG KEY STEP …`: for `move_municipality` alone, which runs it in the new cell."""

import json
import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandParser

from core.lazy import lazy
from tenants.cells import arriving
from tenants.management.service import ServiceCommand

if TYPE_CHECKING:
    from launch import processes
else:
    processes = lazy("launch.processes")


class Command(ServiceCommand):
    help = "One step of a move at the new cell. Not to be called by hand: see move_municipality."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("key", type=uuid.UUID)
        parser.add_argument("step", choices=["check", "take", "open", "take-back"])
        parser.add_argument("more", nargs="*")

    def work(self, **options: Any) -> None:
        # Whoever goes on with a move that was killed must not meet what it was doing.
        processes.die_with_parent(os.getppid())
        self.stdout.write(json.dumps(_done(**options)))


def _done(*, slug: str, key: uuid.UUID, step: str, more: list[str], **_options: Any) -> dict[str, str] | None:
    match step:
        case "check":
            arriving.check(slug, more[2:], key=key, cell=more[1], secret=more[0])
        case "take":
            return arriving.take(Path(more[0]), slug, key=key, cell=more[1], by=more[2])
        case "open":
            arriving.open_here(slug, json.loads(Path(more[0]).read_text(encoding="utf-8")), key=key)
        case "take-back":
            arriving.take_back(slug, key=key)
    return None
