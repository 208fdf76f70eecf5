"""The units are ones that systemd takes, start what there is, and leave the rest of the machine alone."""

import re
import shutil
from pathlib import Path

import pytest

from tests.deploy.places import BIN, DEPLOY, program, run, words

OURS = DEPLOY / "systemd"
DEBIANS = ("caddy", "pgbouncer")
# What systemd itself calls “OK”; a unit without any of it has 9 and more.
MOST_EXPOSED = 20


@pytest.fixture(scope="module")
def units(tmp_path_factory) -> Path:
    """Ours and those of Debian that ours add to, with the programs where they are here."""
    folder = tmp_path_factory.mktemp("units") / "system"
    shutil.copytree(OURS, folder)
    for unit in folder.glob("*.service"):
        text = unit.read_text().replace("/opt/chancenportal/current/.venv/bin", str(BIN))
        unit.write_text(text.replace("/opt/chancenportal/current/deploy", str(DEPLOY)))
    for name in DEBIANS:
        places = [Path(place, f"{name}.service") for place in ("/usr/lib/systemd/system", "/lib/systemd/system")]
        found = [place for place in places if place.exists()]
        assert found, f"apt-get install {name}"
        shutil.copy(found[0], folder)
    return folder


def verify(folder: Path):
    every = [*folder.glob("*.service"), *folder.glob("*.timer"), *folder.glob("*.target")]
    assert len(every) == 13
    return run(
        program("systemd-analyze", "systemd"), "verify", "--man=no", *every, env={"SYSTEMD_UNIT_PATH": f"{folder}:"}
    )


def about_ours(done) -> list[str]:
    """Debian's own units may be written for another systemd."""
    return [line for line in words(done) if "chancenportal" in line or "service.d" in line]


def test_systemd_takes_every_unit_and_finds_every_program(units):
    assert about_ours(verify(units)) == []


def test_what_is_misspelt_would_be_said(units, tmp_path):
    spoilt = tmp_path / "system"
    shutil.copytree(units, spoilt)
    hardening = spoilt / "chancenportal-.service.d" / "hardening.conf"
    hardening.write_text(hardening.read_text().replace("NoNewPrivileges=", "NoNewPrivilege="))
    timer = spoilt / "chancenportal-backup.timer"
    timer.write_text(timer.read_text().replace("00:40:00", "40:00"))
    web = spoilt / "chancenportal-web.service"
    web.write_text(web.read_text().replace("/gunicorn", "/gunicornn"))
    said = "\n".join(about_ours(verify(spoilt)))
    assert "Unknown key 'NoNewPrivilege'" in said
    assert "Failed to parse calendar specification" in said
    assert "gunicornn is not executable" in said


@pytest.mark.parametrize("unit", ["web", "worker", "tls", "backup", "drill", "check", "alarm@"])
def test_each_leaves_the_rest_of_the_machine_alone(units, unit):
    done = run(
        program("systemd-analyze", "systemd"), "security", "--offline=true", "--no-pager",
        f"--threshold={MOST_EXPOSED}", units / f"chancenportal-{unit}.service",
        env={"SYSTEMD_UNIT_PATH": f"{units}:"},
    )  # fmt: skip
    assert done.returncode == 0, words(done)[-1]


def test_no_unit_is_roots_and_whoever_fails_is_told_of():
    hardening = (OURS / "chancenportal-.service.d" / "hardening.conf").read_text()
    assert "User=chancenportal\n" in hardening
    for unit in OURS.glob("chancenportal-*.service"):
        text = unit.read_text()
        assert not re.search(r"^(User|Group|DynamicUser)=", text, re.MULTILINE), unit.name
        told = "OnFailure=chancenportal-alarm@%n.service" in text
        # Who is tried again for ever never fails: that they do not answer is what chancenportal-check tells.
        for_ever = "Restart=always" in text and "StartLimitIntervalSec=0" in text
        # And the teller would tell himself for ever.
        assert told is not (for_ever or unit.name == "chancenportal-alarm@.service"), unit.name


def test_no_secret_stands_in_a_unit():
    for unit in OURS.rglob("*.*"):
        if unit.is_file():
            assert not re.search(r"(SECRET|PASSWORD|TOKEN|_URL)=", unit.read_text()), unit.name
