"""Whoever finds a hole learns on every host whom to tell; the paper on security names tests that exist."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAPER = (ROOT / "docs/SECURITY.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("slug", ["", "ahausen"])
def test_security_txt_is_there_as_the_standard_has_it(ahausen, visitor, settings, slug):
    settings.SECURITY_CONTACT = "mailto:hilfe@platform.example"
    answer = visitor(slug).get("/.well-known/security.txt")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert list(lines) == ["Contact", "Expires", "Preferred-Languages", "Canonical"]
    assert lines["Contact"] == "mailto:hilfe@platform.example"
    host = f"{slug}.localhost" if slug else "localhost"
    assert lines["Canonical"] == f"http://{host}/.well-known/security.txt"
    left = datetime.fromisoformat(lines["Expires"]) - datetime.now(UTC)
    assert timedelta(days=178) < left <= timedelta(days=180)


def test_without_a_contact_there_is_none(ahausen, visitor, settings):
    settings.SECURITY_CONTACT = ""
    assert visitor("ahausen").get("/.well-known/security.txt").status_code == 404


def test_every_proof_the_paper_names_is_there():
    named = set(re.findall(r"`(tests/[\w/]+(?:\.py)?)`", PAPER))
    assert len(named) > 40
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_every_chapter_of_asvs_has_a_proof_a_gap_or_no_subject():
    rows = re.findall(r"^\| (V\d+)\S* .*\| (.+) \|$", PAPER, re.MULTILINE)
    assert {chapter for chapter, _proof in rows} == {f"V{number}" for number in range(1, 18)}
    unproved = [
        (chapter, proof) for chapter, proof in rows
        if "`tests/" not in proof and "**" not in proof and not proof.startswith("–")
    ]  # fmt: skip
    assert unproved == []
