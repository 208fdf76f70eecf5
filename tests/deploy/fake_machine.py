"""A machine in a folder, for update.sh and restore.sh as they are: its places and Debian's programs are the test's.

What the programs were asked stands in `asked`, in its order.
"""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from tests.deploy.places import DEPLOY, run

_FAKES = {
    "id": "echo 0",
    "chown": "",
    "sleep": "",
    "systemctl": "",
    # --reuid=… and the like, then the command.
    "setpriv": 'while [ "${1#--}" != "$1" ]; do shift; done; exec "$@"',
    "psql": "cat >/dev/null",
    "pg_lsclusters": 'echo "17 main 5432 online postgres $MACHINE/pg $MACHINE/log"',
    "pg_verifybackup": "",
    # By the release that `current` leads to now.
    "curl": 'if [ -e "$MACHINE/opt/current/not-ready" ]; then exit 22; fi; echo "{}"',
}
_SILENT = {"id", "setpriv", "sleep", "psql", "pg_lsclusters", "curl", "chown"}


class FakeMachine:
    """With a release `old` that serves; `release()` puts another beside it, as built already."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.opt, self.data, self.backups = folder / "opt", folder / "data", folder / "backups"
        self.settings = folder / "etc" / "environment"
        for each in (self.opt / "releases", self.data, self.backups, folder / "etc", folder / "pg", folder / "bin"):
            each.mkdir(parents=True)
        for name, line in _FAKES.items():
            self._program(folder / "bin" / name, line, told=name not in _SILENT)
        self.settings.write_text("PORT=8000\nASK_PORT=8053\nDATABASE_PASSWORD=x\n")
        self.asked_file = folder / "asked"
        self.asked_file.touch()
        self.old = self.release("old")
        (self.opt / "current").symlink_to(self.old)

    def _program(self, path: Path, line: str, *, told: bool) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        tell = 'echo "$(basename "$0") $*" >>"$MACHINE/asked"\n' if told else ""
        path.write_text(f"#!/bin/bash\n{tell}{line}\n")
        path.chmod(0o755)

    def source(self, name: str) -> Path:
        """A source of the platform with our scripts, whose places are those of the machine."""
        folder = self.folder / "sources" / name
        shutil.copytree(DEPLOY, folder / "deploy")
        (folder / "pyproject.toml").write_text(f'[project]\nversion = "{name}"\n')
        (folder / "requirements.lock").write_text("")
        places = {"ETC": self.settings.parent, "OPT": self.opt, "DATA": self.data, "BACKUPS": self.backups,
                  "LOGS": self.folder / "logs", "RUN": self.folder / "run"}  # fmt: skip
        lib = folder / "deploy" / "lib.sh"
        text = lib.read_text()
        for variable, place in places.items():
            text, found = re.subn(rf"^{variable}=/.*$", f"{variable}={place}", text, flags=re.MULTILINE)
            assert found == 1, variable
        lib.write_text(text)
        self._instead(folder / "deploy" / "restore.sh", "/usr/lib/postgresql/$major/bin", str(self.folder / "bin"))
        # A second each: none of them is a real one.
        self._instead(folder / "deploy" / "update.sh", "READY_SECONDS=90", "READY_SECONDS=3")
        return folder

    @staticmethod
    def _instead(script: Path, old: str, new: str) -> None:
        text = script.read_text()
        assert text.count(old) == 1, old
        script.write_text(text.replace(old, new))

    def release(self, name: str, manage: str = "") -> Path:
        """A source and what is built of it; `manage`: lines of shell, by default it does well whatever it is asked."""
        source = self.source(name)
        told = run("bash", "-c", f". {source}/deploy/lib.sh; release_name {source}").stdout.strip()
        built = self.opt / "releases" / told
        shutil.copytree(source, built)
        self.manages(built, manage or "exit 0")
        (built / ".complete").touch()
        return built

    def manages(self, release: Path, lines: str) -> None:
        """What `manage` of a release does: lines of shell."""
        self._program(release / ".venv" / "bin" / "manage", lines, told=True)

    def run(self, script: str, *options: str | Path, of: str = "old"):
        """One of the scripts, of a source."""
        path = f"{self.folder / 'bin'}:/usr/sbin:/usr/bin:/sbin:/bin"
        program = self.folder / "sources" / of / "deploy" / script
        return run("bash", program, *options, env={"PATH": path, "MACHINE": str(self.folder), "LANG": "C.UTF-8"})

    @property
    def asked(self) -> list[str]:
        return self.asked_file.read_text().splitlines()

    @property
    def serves(self) -> Path:
        return (self.opt / "current").resolve()

    def order(self, *beginnings: str) -> Iterable[str]:
        """Of these beginnings, those that were asked, in their order."""
        return [each for line in self.asked for each in beginnings if line.startswith(each)]
