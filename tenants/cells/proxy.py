"""The proxy's map of host names to cells, written from what each cell's own database says.

Whatever asks for a host no cell knows is led to the first cell, which answers as if there were nobody. A host two cells
know is one of a municipality that moves: the old cell has it until it hands over (`Hold.LEAVING`), then the new one.
"""

import fcntl
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from core.database_url import parameters
from tenants.cells.listing import Cell, cells
from tenants.models import Hold, State
from tenants.refused import RefusedError

RELOAD_SECONDS = 60
_HOSTS = """
    SELECT d.domain, m.hold FROM public.tenants_domain d JOIN public.tenants_municipality m ON m.id = d.tenant_id
    WHERE m.state <> %s ORDER BY d.domain
"""


def known_to(cell: Cell) -> list[tuple[str, str]]:
    """Every host name of a cell that answers, and its municipality's hold. Raises RefusedError where it is away."""
    variables = cell.variables()
    try:
        # Of several hosts the one that takes writes: another may not know yet of a step that was just noted.
        told: dict[str, Any] = {"connect_timeout": "10", **parameters(variables["DATABASE_URL"])}
        with psycopg.connect(**told) as link:
            found = link.execute(_HOSTS, [State.ARCHIVED.value]).fetchall()
    except (psycopg.Error, ImproperlyConfigured) as error:
        raise RefusedError(
            _("The database of the cell %(cell)s does not answer: %(reason)s")
            % {"cell": cell.name, "reason": str(error).strip().splitlines()[0]}
        ) from error
    own = [(variables["BASE_DOMAIN"], "")] if variables.get("BASE_DOMAIN") else []
    return [*own, *((str(host), str(hold)) for host, hold in found)]


def mapped(known: dict[str, list[tuple[str, str]]]) -> dict[str, str]:
    """Which cell each host is led to, of what each cell knows."""
    found: dict[str, str] = {}
    for holds in ({"", Hold.CLOSED.value}, {Hold.ARRIVING.value}, {Hold.LEAVING.value}):
        for cell, hosts in known.items():
            for host, hold in hosts:
                if hold in holds:
                    found.setdefault(host, cell)
    return found


def text_of(every: list[Cell], hosts: dict[str, str]) -> str:
    """What deploy/Caddyfile.cells imports: `import cells` leads on, `import ask` asks each cell about a certificate."""
    lines = ["# Written by `manage write_proxy`: changes are lost with the next one.", "(cells) {"]
    lines += ["\tmap {host} {cell} {", *(f"\t\t{host} {cell}" for host, cell in sorted(hosts.items()))]
    lines += [f"\t\tdefault {every[0].name}", "\t}"]
    for cell in every:
        lines.append(f'\t@{cell.name} expression {{cell}} == "{cell.name}"')
        lines.append(f"\treverse_proxy @{cell.name} {' '.join(cell.web)} {{")
        lines += ["\t\timport to_cell", "\t}"]
    return "\n".join([*lines, "}", *_asking([cell.ask for cell in every if cell.ask]), ""])


def _asking(addresses: list[str]) -> list[str]:
    """One after the other, until one says yes."""
    lines = ["(ask) {"]
    for depth, address in enumerate(addresses, 1):
        tab = "\t" * depth
        lines += [f"{tab}reverse_proxy {address} {{", f"{tab}\theader_up -X-Forwarded-For"]
        if depth < len(addresses):
            lines += [f"{tab}\t@no{depth} status 404", f"{tab}\thandle_response @no{depth} {{"]
    # From the innermost outwards.
    for depth in range(len(addresses), 0, -1):
        lines.append("\t" * depth + "}")
        if depth > 1:
            lines.append("\t" * depth + "}")
    return [*lines, "}"]


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """From reading the databases until the proxy has read the map: else an older one could come after a newer one."""
    with file.with_name(f"{file.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write_proxy(*, anyway: bool = True) -> tuple[int, bool]:
    """Write PROXY_FILE, and have the proxy read it where it changed (or `anyway`); how many hosts, whether it did.

    Raises RefusedError where a cell is away (its hosts would be led astray) or the proxy refuses the map.
    """
    if not settings.PROXY_FILE:
        raise RefusedError(_("PROXY_FILE is not set: where does the proxy read its map of host names?"))
    file, every = Path(settings.PROXY_FILE), list(cells().values())
    with _alone(file):
        hosts = mapped({cell.name: known_to(cell) for cell in every})
        text = text_of(every, hosts)
        before = file.read_text(encoding="utf-8") if file.exists() else None
        if text == before and not anyway:
            return len(hosts), False
        partial = file.with_name(f"{file.name}.partial")
        partial.write_text(text, encoding="utf-8")
        partial.replace(file)
        try:
            _reload()
        except RefusedError:
            # The next one must not take this map for one that the proxy has read.
            if before is not None:
                file.write_text(before, encoding="utf-8")
            else:
                file.unlink()
            raise
    return len(hosts), True


def _reload() -> None:
    """Have the proxy read its map: when this returns, whatever is asked from now on goes by it."""
    if not settings.PROXY_RELOAD:
        return
    command = shlex.split(settings.PROXY_RELOAD)
    try:
        done = subprocess.run(  # noqa: S603 - the operator's own command
            command, capture_output=True, text=True, check=False, timeout=RELOAD_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _not_read(str(error)) from error
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines() or [str(done.returncode)]
        raise _not_read(said[-1])


def _not_read(reason: str) -> RefusedError:
    return RefusedError(_("The proxy did not read its map (PROXY_RELOAD): %(reason)s") % {"reason": reason[:500]})
