"""A server of its own, started from a backup for as long as a rehearsal lasts, beside the real one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from launch import LaunchError
from launch.accounts import Account, account_for
from launch.binaries import Binaries
from launch.postgres import free_port
from tenants.refused import RefusedError
from tenants.transfer.backups import programs, store
from tenants.transfer.backups.store import Stored

# Nothing of the real server's configuration: it may archive, replicate or listen to the world.
_CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
port = {port}
max_connections = 20
shared_buffers = '64MB'
fsync = off
autovacuum = off
archive_mode = off
max_wal_senders = 0
wal_level = minimal
log_timezone = 'UTC'
timezone = 'UTC'
"""
_WHO_MAY = "host all all 127.0.0.1/32 scram-sha-256\n"


@contextmanager
def started(chain: list[Stored]) -> Iterator[int]:
    """Put a backup and the increments on it together, start it, and give its port; all gone afterwards.

    Raises RefusedError when it cannot be put together or does not start, which is what a rehearsal is for.
    """
    home = Path(settings.BACKUP_DIR) / "drill" / f"scratch{store.UNFINISHED}"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    data = home / "data"
    try:
        _put_together(chain, data)
        port = free_port()
        _configure(data, port)
        account = account_for(home / "nobody-yet")
        _give(data, account)
        server = _Server(data, account, programs.binaries(chain[-1].major))
        server.control("start", "-t", "120", "-l", "{}/drill.log")
        try:
            yield port
        finally:
            server.control("stop", "-m", "immediate", "-t", "60")
    except (OSError, LaunchError) as error:
        raise RefusedError(_("The backup could not be started: %(reason)s") % {"reason": error}) from error
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _put_together(chain: list[Stored], data: Path) -> None:
    parts = [str(each.folder / "data") for each in chain]
    if len(parts) == 1:
        shutil.copytree(parts[0], data)
        return
    program = programs.binaries(chain[-1].major).program("pg_combinebackup")
    programs.run(program, "--no-sync", f"--output={data}", *parts)


def _configure(data: Path, port: int) -> None:
    (data / "postgresql.conf").write_text(_CONFIGURATION.format(port=port))
    (data / "postgresql.auto.conf").write_text("")
    (data / "pg_hba.conf").write_text(_WHO_MAY)
    (data / "pg_ident.conf").write_text("")


def _give(data: Path, account: Account) -> None:
    """Let the server's account own the folder: PostgreSQL refuses root, and folders of others."""
    data.chmod(0o700)
    for place, below, names in os.walk(data):
        for path in (Path(place), *(Path(place) / name for name in (*below, *names))):
            account.own(path)


class _Server:
    """pg_ctl for the scratch server."""

    def __init__(self, data: Path, account: Account, binaries: Binaries) -> None:
        self._data, self._account = data, account
        self._program = binaries.reachable_by(account).program("pg_ctl")

    def control(self, verb: str, *options: str) -> None:
        done = self._account.run_in(self._data, [self._program, verb, "-D", "{}", "-w", "-s", *options])
        if done.returncode != 0:
            log = self._data / "drill.log"
            said = log.read_text(errors="replace") if log.exists() else done.stderr
            raise LaunchError((said.strip().splitlines() or [verb])[-1][:500])
