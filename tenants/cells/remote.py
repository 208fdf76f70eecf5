"""Asking another cell to do its part of a move: a command of ours with its settings, on this machine."""

import json
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from tenants.cells.arriving import secret_digest
from tenants.cells.comparing import Digests
from tenants.cells.listing import Cell
from tenants.cells.luggage import Luggage
from tenants.refused import RefusedError

_PREFIX = "CommandError: "


@dataclass(frozen=True)
class Receiver:
    """The steps of one move at its new cell (`tenants.cells.arriving`, `manage receive_municipality`)."""

    cell: Cell
    slug: str
    key: uuid.UUID

    def check(self, hosts: Sequence[str]) -> None:
        """Raises RefusedError where that cell cannot take it."""
        self._ask("check", secret_digest(), settings.CELL, *hosts)

    def take(self, path: Path, by: str) -> Digests:
        """Have it made there of its export, and say what is there then."""
        found: Digests = self._ask("take", str(path), settings.CELL, by)
        return found

    def open(self, luggage: Luggage) -> None:
        """Have it take writes there."""
        # By a file: command lines are short, and everybody on the machine can read them.
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            json.dump(luggage, file)
            file.flush()
            self._ask("open", file.name)

    def take_back(self) -> None:
        """Have it removed there. Raises RefusedError when it was open."""
        self._ask("take-back")

    def _ask(self, step: str, *arguments: str) -> Any:
        command = [sys.executable, "-m", "config.cli", "receive_municipality", self.slug, str(self.key), step]
        done = subprocess.run(  # noqa: S603 - our own command
            [*command, "--", *arguments],
            env=self.cell.variables(),
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            said = done.stderr.strip().splitlines() or [str(done.returncode)]
            raise RefusedError(
                _("The cell %(cell)s: %(reason)s")
                % {"cell": self.cell.name, "reason": said[-1].removeprefix(_PREFIX)[:500]}
            )
        return json.loads(done.stdout.splitlines()[-1])
