"""Alerts are raised by what they are for, ask for figures that /metrics gives, and lead to a place in the runbook."""

import json
import re

import pytest
import yaml
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from tests.deploy.places import DEPLOY, ROOT, program, run, words
from tests.health.places import measured, queued

RULES = DEPLOY / "prometheus" / "alerts.yml"
TOKEN = "ein-langes-geheimnis"
# What Prometheus itself and its exporter for machines (prometheus-node-exporter 1.5) say.
OTHERS = {
    "up",
    "node_cpu_seconds_total",
    "node_filesystem_avail_bytes",
    "node_filesystem_size_bytes",
    "node_load1",
    "node_memory_MemAvailable_bytes",
    "node_memory_MemTotal_bytes",
    "node_timex_sync_status",
}


def alerts() -> list[dict]:
    return [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]


def expressions() -> list[str]:
    board = json.loads((DEPLOY / "grafana" / "dashboard.json").read_text())
    return [rule["expr"] for rule in alerts()] + [
        target["expr"] for panel in board["panels"] for target in panel["targets"]
    ]


def test_each_alert_is_raised_by_what_it_is_for_and_by_nothing_else():
    promtool = program("promtool", "prometheus")
    done = run(promtool, "test", "rules", DEPLOY / "prometheus" / "alerts_test.yml")
    assert done.returncode == 0, words(done)
    done = run(promtool, "check", "config", "--syntax-only", DEPLOY / "prometheus" / "prometheus.yml")
    assert done.returncode == 0, words(done)
    # Each has a trial that raises it.
    tried = yaml.safe_load((DEPLOY / "prometheus" / "alerts_test.yml").read_text())["tests"]
    raised = {row["alertname"] for trial in tried for row in trial["alert_rule_test"] if row.get("exp_alerts")}
    assert raised == {rule["alert"] for rule in alerts()}


@pytest.fixture
def said(db, ahausen, settings) -> dict[str, list[dict[str, str]]]:
    """What /metrics says of a municipality with figures and jobs: names, each with its labels."""
    settings.METRICS_TOKEN = TOKEN
    measured(ahausen, schema_version="offers.0002_x")
    queued("failed", "ahausen")
    answer = Client(HTTP_HOST="localhost").get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    found: dict[str, list[dict[str, str]]] = {}
    for family in text_string_to_metric_families(answer.content.decode()):
        for sample in family.samples:
            found.setdefault(sample.name, []).append(sample.labels)
    return found


def test_what_rules_and_dashboard_ask_for_is_there(said):
    asked = expressions()
    assert len(asked) > 25
    for expression in asked:
        names = set(re.findall(r"\b(?:chancenportal|node)_\w+|\bup\b", expression))
        assert names, expression
        assert names <= said.keys() | OTHERS, expression
    # And the labels: a value that is never given would never raise anything.
    for expression in asked:
        for name, labels in re.findall(r"(chancenportal_\w+)\{([^}]*)\}", expression):
            wanted = dict(re.findall(r'(\w+)="([^"]*)"', labels))
            assert any(wanted.items() <= given.items() for given in said[name]), expression


def test_what_the_machine_says_of_itself_is_told(said):
    assert {"chancenportal_workers", "chancenportal_clock_ahead_seconds"} <= said.keys()


def test_each_alert_leads_to_a_place_in_the_runbook():
    headings = re.findall(r"^#{2,3} (.+)$", (ROOT / "docs" / "RUNBOOK.md").read_text(), re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
    for rule in alerts():
        file, _hash, anchor = rule["annotations"]["runbook"].partition("#")
        assert (file, anchor in anchors) == ("docs/RUNBOOK.md", True), rule["alert"]
        assert rule["labels"]["severity"] in {"page", "ticket"}
