"""PostgreSQL's own programs, run against the server that Django uses."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.utils.translation import gettext as _
from psycopg import pq

from launch import LaunchError
from launch.binaries import Binaries, choose
from tenants.refused import RefusedError

# From this version on pg_basebackup can save only what changed.
INCREMENTS_SINCE = 17


@dataclass(frozen=True)
class Server:
    """What matters of the server for its backup."""

    major: int
    identifier: str
    summarizes: bool
    oldest_running: int


def server() -> Server:
    """Ask the server what it is; `oldest_running` is the first transaction that may not be in a backup begun now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int / 10000, system_identifier::text, "
            "current_setting('summarize_wal', true) = 'on', "
            "(pg_snapshot_xmin(pg_current_snapshot())::text::numeric %% 4294967296)::bigint FROM pg_control_system()",
            [],
        )
        major, identifier, summarizes, oldest = cursor.fetchone()
    return Server(int(major), str(identifier), bool(summarizes), int(oldest))


def binaries(major: int) -> Binaries:
    """The programs of this major version: those of settings.POSTGRES_BIN, else of this machine. Or RefusedError."""
    if settings.POSTGRES_BIN:
        return Binaries(Path(settings.POSTGRES_BIN), major)
    try:
        return choose(major)
    except LaunchError as error:
        raise RefusedError(
            _("The programs of PostgreSQL %(major)d are not here: install them or set POSTGRES_BIN to their folder.")
            % {"major": major}
        ) from error


def _options(given: Mapping[str, Any]) -> dict[str, str]:
    """What else the database's URL tells libpq, such as how to check its certificate, and which of several hosts; as
    the variables that its programs read. `options` is about our own sessions."""
    names = {each.keyword.decode(): each.envvar for each in pq.Conninfo.get_defaults()}
    known = {key: names.get(key) for key in given if key != "options"}
    return {envvar.decode(): str(given[key]) for key, envvar in known.items() if envvar}


def run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs as ourselves; RefusedError with its last words when it fails.

    Past the pooler where there is one: PgBouncer passes on no replication, which is what a backup is.
    """
    params = connections["direct" if settings.DATABASE_DIRECT_URL else "default"].settings_dict
    variables = {
        **os.environ,
        **_options(params["OPTIONS"]),
        "PGHOST": params["HOST"] or "localhost",
        "PGPORT": str(params["PORT"] or 5432),
        "PGUSER": params["USER"],
        "PGPASSWORD": params["PASSWORD"],
        "PGAPPNAME": "chancenportal backup",
        "LC_ALL": "C",
    }
    try:
        done = subprocess.run(  # noqa: S603 - PostgreSQL's programs with arguments of ours
            [program, *arguments], env=variables, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise RefusedError(
            _("%(program)s cannot be run: %(reason)s.") % {"program": program, "reason": error.strerror}
        ) from error
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines() or [str(done.returncode)]
        raise RefusedError(
            _("%(program)s failed: %(reason)s") % {"program": Path(program).name, "reason": said[0][:500]}
        )
