"""The cells: deployments of this platform with a database, files, web processes and workers of their own.

CELLS_FILE is one list for all of them, as JSON:

    {"nord": {"web": ["10.0.0.11:8000"], "environment": "/etc/chancenportal/nord.env", "ask": "127.0.0.1:8053"}, …}

`web`: where its web processes answer. `environment`: the file with its settings (the one systemd reads), so that
commands of one cell can do their part in another; only whoever runs such commands may read it. `ask`: its `answer_tls`.
CELL says which of them this deployment is.
"""

import json
import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from tenants.refused import RefusedError

_NAME = re.compile(r"[a-z][a-z0-9]{0,30}")
_ADDRESS = re.compile(r"[A-Za-z0-9.\-]+:[0-9]{1,5}|\[[0-9a-fA-F:]+\]:[0-9]{1,5}")
# What a command of another cell needs of the machine; all else is the cell's own.
_OF_THE_MACHINE = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Cell:
    """One deployment."""

    name: str
    web: tuple[str, ...]
    environment: Path
    ask: str

    def variables(self) -> dict[str, str]:
        """The environment for commands of this cell. Raises RefusedError where its file cannot be read."""
        try:
            text = self.environment.read_text(encoding="utf-8")
        except OSError as error:
            raise RefusedError(
                _("The settings of the cell %(cell)s cannot be read (%(path)s: %(reason)s).")
                % {"cell": self.name, "path": self.environment, "reason": error.strerror}
            ) from error
        own = dict(_settings(text))
        if "DATABASE_URL" not in own:
            raise RefusedError(
                _("The settings of the cell %(cell)s (%(path)s) name no DATABASE_URL.")
                % {"cell": self.name, "path": self.environment}
            )
        machine = {name: os.environ[name] for name in _OF_THE_MACHINE if name in os.environ}
        return {**machine, "CELLS_FILE": settings.CELLS_FILE, **own, "CELL": self.name}


def _settings(text: str) -> list[tuple[str, str]]:
    """NAME=value lines as systemd reads them; values may stand in quotes."""
    found = []
    for line in text.splitlines():
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith(("#", ";")):
            words = shlex.split(value) if value[:1] in {'"', "'"} else [value.strip()]
            found.append((name.strip(), words[0] if words else ""))
    return found


def cells() -> dict[str, Cell]:
    """All cells by name, in the order of the list. Raises RefusedError where there is none to be read."""
    if not settings.CELLS_FILE:
        raise RefusedError(_("CELLS_FILE is not set: there is one deployment only (docs/GROWING.md)."))
    try:
        listed: Any = json.loads(Path(settings.CELLS_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _wrong(str(error)) from error
    if not isinstance(listed, dict) or not listed:
        raise _wrong(_("it names no cell"))
    return {name: _cell(name, entry) for name, entry in listed.items()}


def _cell(name: str, entry: Any) -> Cell:
    if not _NAME.fullmatch(name):
        raise _wrong(_("“%(name)s” is no name of a cell: a–z and digits") % {"name": name[:40]})
    if not isinstance(entry, dict):
        raise _wrong(_("the cell %(name)s is no object") % {"name": name})
    web, environment, ask = entry.get("web"), entry.get("environment"), entry.get("ask", "")
    addresses = [*web, *([ask] if ask else [])] if isinstance(web, list) and web else [None]
    if not all(isinstance(each, str) and _ADDRESS.fullmatch(each) for each in addresses):
        raise _wrong(_("“web” and “ask” of the cell %(name)s must be like 10.0.0.11:8000") % {"name": name})
    if not isinstance(environment, str) or not environment:
        raise _wrong(_("the cell %(name)s has no “environment”") % {"name": name})
    return Cell(name, tuple(entry["web"]), Path(settings.CELLS_FILE).parent / environment, ask)


def _wrong(reason: str) -> RefusedError:
    return RefusedError(
        _("The list of cells %(path)s cannot be used: %(reason)s.") % {"path": settings.CELLS_FILE, "reason": reason}
    )


def here() -> Cell:
    """The cell this deployment is. Raises RefusedError where CELL names none of the list."""
    found = cells().get(settings.CELL)
    if found is None:
        raise RefusedError(_("CELL is not set to a name of the list of cells."))
    return found


def other(name: str) -> Cell:
    """Another cell than this one. Raises RefusedError."""
    every, own = cells(), here()
    if name == own.name:
        raise RefusedError(_("This is the cell %(name)s already.") % {"name": name})
    if name not in every:
        raise RefusedError(
            _("There is no cell “%(name)s”; there are: %(all)s.") % {"name": name[:40], "all": ", ".join(every)}
        )
    return every[name]
