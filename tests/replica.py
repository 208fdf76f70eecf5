"""A primary and a streaming replica of its own, from the same binaries as the platform's database."""

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection

from launch.accounts import account_for
from launch.binaries import choose
from launch.postgres import Cluster


class Standby(Cluster):
    """A streaming replica: its folder is a base backup of the primary, not a new database."""

    def __init__(self, data_dir: Path, primary: Cluster) -> None:
        super().__init__(data_dir, fast_unsafe=True)
        self.primary = primary

    def _initialise(self) -> None:
        unfinished = self.home / "data.unfinished"
        unfinished.mkdir(mode=0o700)
        account = account_for(self.primary.data)
        account.own(unfinished)
        program = choose(None).reachable_by(account).program("pg_basebackup")
        command = [program, "-D", "{}", "-R", "-X", "stream", "-c", "fast", "-d", self.primary.url]
        done = account.run_in(unfinished, command)
        assert done.returncode == 0, done.stderr
        # Else it would begin with the primary's port.
        (unfinished / "launch.conf").write_text("")
        shutil.copy(self.primary.home / "password", self.home / "password")
        unfinished.rename(self.data)

    def promote(self) -> None:
        """Make it the primary; returns when it takes writes."""
        failure = self._pg_ctl("promote", "-w")
        assert failure is None, failure


def copy_into(cluster: Cluster) -> None:
    """Bring the test's database as it is now into another cluster."""
    params = connection.settings_dict
    folder = choose(None).folder
    source = f"postgresql://{params['USER']}:{params['PASSWORD']}@{params['HOST']}:{params['PORT']}/{params['NAME']}"
    loading = [str(folder / "psql"), "-q", "-X", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, cluster.url]
    dumping = [str(folder / "pg_dump"), "-O", "-x", source]
    with subprocess.Popen(dumping, stdout=subprocess.PIPE) as dump:
        subprocess.run(loading, stdin=dump.stdout, check=True)
    assert dump.returncode == 0
