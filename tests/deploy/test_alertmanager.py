"""Alerts reach a person: by the platform's own mail server, with what to do, and one mail for one cause."""

import json
import re
import subprocess
import urllib.request
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
import yaml
from aiosmtpd.controller import Controller

from tests.caddy import free_port, until
from tests.deploy.places import DEPLOY, program, run, words
from tests.deploy.test_alerts import alerts
from tests.deploy.test_watching import Kept

WRITER = DEPLOY / "prometheus" / "alertmanager.sh"
GIVEN = {"PATH": "/usr/bin:/bin", "BASE_DOMAIN": "portal.example", "ALARM_ADDRESS": "betrieb@example.de"}


def written(folder, **given):
    done = run("sh", WRITER, folder, env={**GIVEN, **given})
    assert done.returncode == 0, done.stderr
    file = folder / "alertmanager.yml"
    checked = run(program("amtool", "prometheus-alertmanager"), "check-config", file)
    assert checked.returncode == 0, words(checked)
    return file


def test_what_is_written_is_taken_by_alertmanager_whatever_the_settings_hold(tmp_path):
    login = {"EMAIL_HOST": "mail.example.de", "EMAIL_PORT": "587", "EMAIL_USE_TLS": "1", "EMAIL_HOST_USER": 'po"rt\\',
             "EMAIL_HOST_PASSWORD": "x\"y'\\$", "DEFAULT_FROM_EMAIL": 'Portal "Ä" <portal@portal.example>'}  # fmt: skip
    file = written(tmp_path, **login)
    read = yaml.safe_load(file.read_text())["global"]
    assert (read["smtp_smarthost"], read["smtp_require_tls"]) == ("mail.example.de:587", True)
    assert (read["smtp_auth_username"], read["smtp_from"]) == (login["EMAIL_HOST_USER"], login["DEFAULT_FROM_EMAIL"])
    password = tmp_path / "alertmanager-password"
    assert password.read_text() == login["EMAIL_HOST_PASSWORD"]
    assert login["EMAIL_HOST_PASSWORD"] not in file.read_text()
    assert password.stat().st_mode & 0o777 == file.stat().st_mode & 0o777 == 0o600
    read = yaml.safe_load(written(tmp_path).read_text())["global"]
    assert (read["smtp_smarthost"], read["smtp_from"]) == ("localhost:25", "portal@portal.example")
    assert (read["smtp_require_tls"], "smtp_auth_username" in read) == (False, False)
    without = run("sh", WRITER, tmp_path, env={**GIVEN, "ALARM_ADDRESS": ""})
    assert without.returncode != 0
    assert "who is told" in without.stderr


def test_each_rule_names_alerts_there_are_and_each_severity_has_its_way(tmp_path):
    read = yaml.safe_load(written(tmp_path).read_text())
    names = {rule["alert"] for rule in alerts()}
    named = set(re.findall(r'"([A-Z][\w|]+)"', " ".join(
        matcher for rule in read["inhibit_rules"] for side in ("source_matchers", "target_matchers")
        for matcher in rule[side])))  # fmt: skip
    assert {each for group in named for each in group.split("|")} <= names
    (page,) = read["route"]["routes"]
    assert (page["matchers"], page["repeat_interval"], read["route"]["repeat_interval"]) == (
        ['severity="page"'], "4h", "24h",
    )  # fmt: skip


@contextmanager
def alertmanager(folder, **given):
    """The real one, which waits for nothing; its address."""
    file = written(folder, **given)
    text, found = re.subn(r"group_wait: \w+", "group_wait: 0s", file.read_text())
    assert found == 2
    file.write_text(text)
    port = free_port()
    command = [program("prometheus-alertmanager", "prometheus-alertmanager"), f"--config.file={file}",
               f"--storage.path={folder / 'state'}", f"--web.listen-address=127.0.0.1:{port}",
               "--cluster.listen-address="]  # fmt: skip
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as running:
        try:
            address = f"http://127.0.0.1:{port}"
            until(lambda: _answers(f"{address}/-/ready"))
            yield address
        finally:
            running.terminate()


def _answers(address):
    with suppress(OSError):
        return urllib.request.urlopen(address, timeout=5).status == 200
    return False


def _raise(address, *found, ended=False):
    """As Prometheus tells of alerts."""
    now = datetime.now(UTC)
    told = [{"labels": {"alertname": rule["alert"], **rule["labels"]}, "startsAt": now.isoformat(),
             "annotations": {"summary": f"{rule['alert']} it is.", "runbook": rule["annotations"]["runbook"]},
             "endsAt": (now + timedelta(hours=-1 if ended else 1)).isoformat()} for rule in found]  # fmt: skip
    body = json.dumps(told).encode()
    request = urllib.request.Request(f"{address}/api/v2/alerts", body, {"Content-Type": "application/json"})
    assert urllib.request.urlopen(request, timeout=10).status == 200


@pytest.fixture
def postbox():
    kept = Kept()
    server = Controller(kept, hostname="127.0.0.1", port=free_port())
    server.start()
    yield kept, server.port
    server.stop()


def test_an_alert_comes_as_a_mail_that_says_what_to_do_and_its_consequences_do_not(tmp_path, postbox):
    kept, port = postbox
    by_name = {rule["alert"]: rule for rule in alerts()}
    with alertmanager(tmp_path, EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(port)) as address:
        _raise(address, by_name["PagesDown"])
        until(lambda: kept.mails)
        mail = kept.mails[0]
        assert (mail["To"], mail["From"]) == ("betrieb@example.de", "portal@portal.example")
        assert mail["Subject"] == "[portal.example] page: PagesDown"
        text = "".join(part.get_payload(decode=True).decode() for part in mail.walk() if not part.is_multipart())
        assert "PagesDown it is." in text
        assert "docs/RUNBOOK.md#the-service-does-not-start" in text
        _raise(address, by_name["NoWorker"], by_name["MemoryShort"])
        until(lambda: len(kept.mails) == 2)
        assert [mail["Subject"] for mail in kept.mails] == [
            "[portal.example] page: PagesDown", "[portal.example] page: MemoryShort",
        ]  # fmt: skip
