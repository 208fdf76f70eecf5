"""What looks at the machine every five minutes, and the mail about a unit that failed: both without the platform."""

import importlib.util
import json
import os
import time
from collections import namedtuple
from contextlib import closing
from types import ModuleType

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from launch.postgres import free_port
from tests.deploy.places import DEPLOY
from tests.servers import Server

WELL = {"status": "ok", "database": True, "jobs": True, "clock": {"seconds_ahead": 0.1, "well": True}}
Usage = namedtuple("Usage", "total used free")


def loaded(name: str) -> ModuleType:
    """They belong to no package: the machine's own Python starts them by their path."""
    spec = importlib.util.spec_from_file_location(f"deploy_{name}", DEPLOY / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


check, alarm = loaded("check"), loaded("alarm")


class Machine(Server):
    """Pages, figures and the answer to Caddy in one server, as told."""

    ready, status, workers, allowed = WELL, 200, 1.0, 200

    def answer(self, connection, asked):
        if asked.path == "/readyz":
            self._say(connection, self.status, json.dumps(self.ready))
        elif asked.path == "/metrics":
            right = asked.headers.get("authorization") == "Bearer richtig"
            self._say(connection, 200 if right else 401, f"chancenportal_workers {self.workers}\n" if right else "")
        elif asked.path == "/tls/ask?domain=portal.example":
            self._say(connection, self.allowed, "")
        else:
            self._say(connection, 404, "")

    @staticmethod
    def _say(connection, status, body):
        head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body.encode())}\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode() + body.encode())


@pytest.fixture
def machine(monkeypatch):
    monkeypatch.setattr(check, "kernel_clock", lambda: iter(()))
    monkeypatch.setattr(check.shutil, "disk_usage", lambda _folder: Usage(100 * 2**30, 50 * 2**30, 50 * 2**30))
    with closing(Machine()) as server:
        yield server


@pytest.fixture
def environ(machine, tmp_path):
    port = str(machine.port)
    folders = {"DATA_DIR": str(tmp_path), "BACKUP_DIR": str(tmp_path)}
    return {"PORT": port, "ASK_PORT": port, "METRICS_TOKEN": "richtig", "BASE_DOMAIN": "portal.example", **folders}


def test_a_machine_that_is_well_has_no_trouble(machine, environ):
    assert check.troubles(environ) == []


def test_each_trouble_is_a_line(machine, environ):
    machine.ready = {**WELL, "database": False, "jobs": False, "clock": None}
    machine.status, machine.workers, machine.allowed = 503, 0.0, 404
    assert check.troubles(environ) == [
        "The pages are not ready: database, jobs.",
        "No worker runs: no mails leave, no jobs are done.",
        "Caddy is told that portal.example must not have a certificate (404).",
    ]


def test_a_clock_that_is_off_is_one_though_the_pages_are_ready(machine, environ):
    machine.ready = {**WELL, "clock": {"seconds_ahead": -300.2, "well": False}}
    assert check.troubles(environ) == ["The clock is -300.2 seconds ahead of the database's."]


def test_nobody_there_is_said_of_each(environ):
    nobody = str(free_port())
    said = check.troubles({**environ, "PORT": nobody, "ASK_PORT": nobody})
    assert [line.split(" (")[0] for line in said] == [
        f"The pages do not answer at port {nobody}",
        "/metrics does not answer",
        f"Nobody answers Caddy at port {nobody}",
    ]


def test_without_its_token_the_figures_say_so(environ):
    wrong = check.troubles({**environ, "METRICS_TOKEN": "falsch"})
    assert wrong == ["/metrics answers 401 and says nothing of workers."]
    assert "METRICS_TOKEN is not set" in check.troubles({**environ, "METRICS_TOKEN": ""})[0]


@pytest.mark.parametrize(
    ("total", "free", "full"), [(100, 9, True), (100, 11, False), (10, 1.9, True), (15, 2.1, False)]
)
def test_a_disk_is_full_by_its_share_or_by_what_is_left(environ, monkeypatch, tmp_path, total, free, full):
    usage = Usage(total * 2**30, (total - free) * 2**30, int(free * 2**30))
    monkeypatch.setattr(check.shutil, "disk_usage", lambda _folder: usage)
    said = list(check.disks([tmp_path]))
    assert bool(said) is full
    assert all(f"{free:.1f} GiB left of {total}" in line for line in said)


def test_a_folder_that_is_away_is_said(tmp_path):
    assert list(check.disks([tmp_path / "backups"])) == [f"{tmp_path / 'backups'} is not there."]


class Kept(Message):
    """A mail server that keeps what comes."""

    def __init__(self):
        super().__init__()
        self.mails = []

    def handle_message(self, message):
        self.mails.append(message)


@pytest.fixture
def postbox(monkeypatch, tmp_path):
    kept = Kept()
    server = Controller(kept, hostname="127.0.0.1", port=free_port())
    server.start()
    given = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(server.port), "ALARM_ADDRESS": "betrieb@example.de",
             "BASE_DOMAIN": "portal.example", "DATA_DIR": str(tmp_path)}  # fmt: skip
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    for name in ("EMAIL_USE_TLS", "EMAIL_HOST_USER", "DEFAULT_FROM_EMAIL"):
        monkeypatch.delenv(name, raising=False)
    yield kept
    server.stop()


def test_a_failed_unit_is_told_once_in_six_hours(postbox, tmp_path):
    unit = "chancenportal-backup.service"
    assert alarm.main(unit) == alarm.main(unit) == 0
    assert len(postbox.mails) == 1
    mail = postbox.mails[0]
    assert (mail["To"], mail["From"]) == ("betrieb@example.de", "portal@portal.example")
    assert mail["Subject"] == f"[portal.example] {unit} has failed"
    text = mail.get_payload(decode=True).decode()
    assert "There is no backup of this night." in text
    assert f"journalctl -u {unit} -n 50" in text
    assert alarm.main("chancenportal-check.service") == 0
    assert len(postbox.mails) == 2
    long_ago = time.time() - alarm.PAUSE - 1
    os.utime(tmp_path / "alarms" / unit, (long_ago, long_ago))
    assert alarm.main(unit) == 0
    assert len(postbox.mails) == 3


def test_who_cannot_be_told_is_told_the_next_time(postbox, monkeypatch, capsys):
    right = os.environ["EMAIL_PORT"]
    monkeypatch.setenv("EMAIL_PORT", str(free_port()))
    assert alarm.main("chancenportal-drill.service") == 1
    assert "could not be sent" in capsys.readouterr().err
    monkeypatch.setenv("EMAIL_PORT", right)
    assert alarm.main("chancenportal-drill.service") == 0
    assert len(postbox.mails) == 1
    monkeypatch.setenv("ALARM_ADDRESS", "")
    assert alarm.main("chancenportal-drill.service") == 1


def test_every_unit_that_fails_has_a_meaning():
    units = [path for path in (DEPLOY / "systemd").glob("chancenportal-*.service") if "OnFailure=" in path.read_text()]
    kinds = {path.stem.removeprefix("chancenportal-") for path in units}
    assert kinds == alarm.MEANING.keys()
