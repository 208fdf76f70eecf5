"""What the scripts do with releases, settings and backups, tried on folders of the test's own."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.deploy.places import DEPLOY, run

LIB = f'set -euo pipefail; . "{DEPLOY}/lib.sh"; OPT=$PWD; CURRENT=$PWD/current; SETTINGS=$PWD/environment\n'


@pytest.fixture
def shell(tmp_path):
    """Runs lines of shell with the functions of lib.sh; what they say."""

    def say(lines: str) -> str:
        done = run("bash", "-c", LIB + lines, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return say


def source(folder: Path) -> Path:
    folder.mkdir()
    (folder / "pyproject.toml").write_text('[project]\nversion = "1.2.0"\n')
    (folder / "requirements.lock").write_text("")
    (folder / "page.py").write_text("one = 1\n")
    return folder


def test_a_release_is_named_by_its_version_and_by_every_file_of_it(shell, tmp_path):
    folder = source(tmp_path / "source")
    name = shell("release_name source")
    assert name.startswith("1.2.0-")
    assert len(name) == len("1.2.0-") + 12
    # What grows where it is used is not it.
    for grown in (".venv/bin/python", "__pycache__/page.pyc", "locale/de.mo", ".data/pg/password", ".complete"):
        (folder / grown).parent.mkdir(parents=True, exist_ok=True)
        (folder / grown).write_text("grown")
    assert shell("release_name source") == name
    (folder / "page.py").write_text("one = 2\n")
    assert shell("release_name source") != name


def test_a_release_that_cannot_be_built_is_no_release(shell, tmp_path):
    source(tmp_path / "source")
    said = shell('build_release() { echo "no package server" >&2; return 1; }; make_release source || echo refused')
    assert said == "refused"
    assert not list(tmp_path.glob("releases/*/.complete"))
    said = shell("build_release() { touch $1/built; }; make_release source")
    assert Path(said, "built").exists()
    # There already: not built again.
    assert shell("build_release() { return 1; }; make_release source") == said


def test_the_way_back_is_the_release_before(shell, tmp_path):
    for name in ("a", "b"):
        (tmp_path / "releases" / name).mkdir(parents=True)
    where = 'basename "$(readlink -f current)"; basename "$(readlink -f previous)"'
    assert shell("switch_to $PWD/releases/a; readlink -f current; [ ! -e previous ]").endswith("/a")
    assert shell(f"switch_to $PWD/releases/b; {where}").split() == ["b", "a"]
    assert shell(f"switch_to $PWD/releases/b; {where}").split() == ["b", "a"]
    assert shell(f"switch_to $PWD/releases/a; {where}").split() == ["a", "b"]


def test_three_releases_stay(shell, tmp_path):
    for age, name in enumerate(("f", "e", "d", "c", "b", "a")):
        folder = tmp_path / "releases" / name
        folder.mkdir(parents=True)
        os.utime(folder, (1_700_000_000 + age, 1_700_000_000 + age))
    # The oldest serves again, after the next one was no good.
    shell("switch_to $PWD/releases/e; switch_to $PWD/releases/f; forget_old_releases")
    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == ["a", "e", "f"]


def test_settings_are_made_once_and_read_as_systemd_reads_them(shell, tmp_path):
    (tmp_path / "environment").write_text('# a remark\nEMAIL_HOST="mail.example.de"\nPORT=8000\nPORT=9000\n')
    assert shell("setting EMAIL_HOST; setting PORT; setting NOTHING; echo end").split() == [
        "mail.example.de", "9000", "end",
    ]  # fmt: skip
    shell("set_once PORT 1; set_once SECRET_KEY geheim; set_once SECRET_KEY anders")
    assert (tmp_path / "environment").read_text().endswith("PORT=9000\nSECRET_KEY=geheim\n")


def test_a_secret_is_long_and_another_each_time(shell):
    first, second = shell("secret 60; secret 60").split()
    assert first != second
    assert len(first) == len(second) == 80


def backup(home: Path, name: str, parent: str = "") -> None:
    (home / name).mkdir(parents=True)
    note = {"name": name, "parent": parent, "at": f"2026-11-{name}T00:40:00+00:00", "major": 17}
    (home / name / "backup.json").write_text(json.dumps(note))


def which(home: Path, *name: str) -> "subprocess.CompletedProcess[str]":
    return run("/usr/bin/env", "python3", DEPLOY / "which_backup.py", home, *name)


def test_a_restore_is_made_of_the_newest_backup_and_what_it_builds_upon(tmp_path):
    backup(tmp_path, "01")
    backup(tmp_path, "02", "01")
    backup(tmp_path, "03", "02")
    backup(tmp_path, "04.unfinished", "03")
    assert which(tmp_path).stdout == "2026-11-03T00:40:00+00:00 17 01 02 03\n"
    assert which(tmp_path, "02").stdout == "2026-11-02T00:40:00+00:00 17 01 02\n"
    assert which(tmp_path, "01").stdout == "2026-11-01T00:40:00+00:00 17 01\n"


def test_a_chain_with_a_gap_and_an_empty_folder_are_refused(tmp_path):
    done = which(tmp_path)
    assert (done.returncode, done.stderr) == (1, f"There is no finished backup in {tmp_path}.\n")
    backup(tmp_path, "02", "01")
    assert "The backup 01 is missing" in which(tmp_path).stderr
    assert "The backup 09 is missing" in which(tmp_path, "09").stderr
