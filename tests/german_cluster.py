"""A PostgreSQL of German locale beside the one of all other tests, whose letters are those of C."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from launch.accounts import Account, account_for
from launch.binaries import choose
from launch.postgres import free_port
from tenants.lifecycle.making import create_municipality
from tests.databases import point_to

LOCALE = "de_DE.UTF-8"
_NAMES = ("HOST", "PORT", "USER", "PASSWORD", "NAME")


def _run(account: Account, *command: str) -> None:
    done = account.run(command)
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr or done.stdout}")


@contextmanager
def german_cluster() -> Iterator[dict[str, str]]:
    """Where it answers. The locale is made for it from its source, so that no machine need have it installed."""
    folder = Path(tempfile.mkdtemp(prefix="deutsch-", dir="/tmp"))  # its account must reach it
    folder.chmod(0o755)
    try:
        subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", str(folder / LOCALE)], check=True)
        data = folder / "data"
        data.mkdir(mode=0o700)
        account = account_for(folder)
        account.own(data)
        program, port = choose(None).reachable_by(account).program, str(free_port())
        with_locale = ("env", f"LOCPATH={folder}")
        options = (f"--locale={LOCALE}", "--encoding=UTF8", "--username=app", "--auth=trust", "--no-sync")
        _run(account, *with_locale, program("initdb"), "-D", str(data), *options)
        switches = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        log = str(data / "log")
        _run(account, *with_locale, program("pg_ctl"), "start", "-w", "-D", str(data), "-l", log, "-o", switches)
        try:
            yield {"HOST": "127.0.0.1", "PORT": port, "USER": "app", "PASSWORD": "", "NAME": "postgres"}
        finally:
            _run(account, program("pg_ctl"), "stop", "-w", "-m", "immediate", "-D", str(data))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def on_german_cluster() -> Iterator[None]:
    """Inside the block Django works there, with one municipality, `ahausen`."""
    before = {name: connection.settings_dict[name] for name in _NAMES}
    with german_cluster() as where:
        try:
            point_to(where)
            call_command("prepare", verbosity=0)
            create_municipality("ahausen", name="Stadt Ahausen", host="ahausen.localhost")
            yield
        finally:
            point_to(before)
