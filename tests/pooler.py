"""A real PgBouncer in front of the test database, with the configuration the operator gets."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from launch.accounts import account_for
from launch.postgres import free_port

CONFIGURATION = Path(settings.BASE_DIR) / "deploy" / "pgbouncer.ini"


def program() -> str:
    """Where PgBouncer is; without it the test fails and says what to install."""
    found = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")
    if found is None:
        pytest.fail("PgBouncer is not installed. Debian: apt-get install pgbouncer; macOS: brew install pgbouncer.")
    return found


def _configure(folder: Path, port: int, changes: dict[str, str]) -> Path:
    params = connection.settings_dict
    users = folder / "userlist.txt"
    users.write_text(f'"{params["USER"]}" "{params["PASSWORD"]}"\n')
    text = CONFIGURATION.read_text()
    for name, value in {"listen_port": str(port), "auth_file": str(users), **changes}.items():
        text, found = re.subn(rf"^{name} = .*$", f"{name} = {value}", text, flags=re.MULTILINE)
        assert found == 1, name
    text = re.sub(r"^chancenportal = .*$", f"* = host={params['HOST']} port={params['PORT']}", text, flags=re.MULTILINE)
    file = folder / "pgbouncer.ini"
    file.write_text(text)
    return file


@contextmanager
def pgbouncer(**changes: str) -> Iterator[str]:
    """PgBouncer on a port of its own; the URL of the test database through it. `changes` to its configuration."""
    port, params = free_port(), connection.settings_dict
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        file = _configure(folder, port, changes)
        # It refuses root, as PostgreSQL does.
        owner = account_for(folder)
        for path in (folder, *folder.iterdir()):
            owner.own(path)
        other = owner.uid != os.geteuid()
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(
                [program(), "-q", str(file)],
                cwd="/",
                user=owner.uid if other else None,
                group=owner.gid if other else None,
                extra_groups=[] if other else None,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        try:
            url = f"postgresql://{params['USER']}:{params['PASSWORD']}@127.0.0.1:{port}/{params['NAME']}"
            _await(url, process, folder / "log")
            yield url
        finally:
            process.terminate()
            process.wait(20)


def _await(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _attempt in range(100):
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            if process.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"PgBouncer does not start: {log.read_text()}")
