"""Whatever the runbook tells somebody to type at night is there: commands, options, files, units, settings."""

import re
from functools import cache

import pytest
from django.core.management import get_commands, load_command_class

from tests.deploy.places import DEPLOY, ROOT

TEXT = (ROOT / "docs" / "RUNBOOK.md").read_text()
# In the prose and in the blocks: what stands between backticks, with line breaks of the prose taken out.
BLOCKS = re.findall(r"^```\n(.+?)^```$", TEXT, re.MULTILINE | re.DOTALL)
PROSE = re.sub(r"^```.+?^```$", "", TEXT, flags=re.MULTILINE | re.DOTALL)
SPANS = [re.sub(r"\s+", " ", span) for span in re.findall(r"`([^`]+)`", PROSE)]
TYPED = SPANS + [line.split("  #")[0].strip() for block in BLOCKS for line in block.splitlines() if line]
UNITS = {path.name for path in (DEPLOY / "systemd").iterdir()}


@cache
def options_of(name: str) -> set[str]:
    command = load_command_class(get_commands()[name], name)
    return {option for action in command.create_parser("manage", name)._actions for option in action.option_strings}


def test_there_is_much_to_type():
    assert len([line for line in TYPED if line.startswith("chancenportal ")]) > 15


@pytest.mark.parametrize("line", [line for line in TYPED if re.match(r"(chancenportal|manage) [a-z]", line)])
def test_each_command_and_its_options_are_there(line):
    for part in re.findall(r"(?:chancenportal|manage) ([a-z_]+)((?: [^,;|]+)?)", line):
        assert part[0] in get_commands(), line
        assert set(re.findall(r"--[a-z-]+", part[1])) <= options_of(part[0]), line


def test_each_script_and_its_options_are_there():
    found = re.findall(r"(?:^|[ /`])((?:deploy|docs|platform|tests)/[\w/.-]*\w)", "\n".join(TYPED), re.M)
    assert {"deploy/install.sh", "deploy/update.sh", "deploy/restore.sh", "deploy/try.sh"} <= set(found)
    for path in found:
        # The settings of compose are made by a script; no source has them.
        assert (ROOT / path).exists() or path == "deploy/compose.env", path
    for line in TYPED:
        for script, said in re.findall(r"(deploy/[\w-]+\.sh)((?: [^`]*)?)", line):
            text = (ROOT / script).read_text()
            for option in re.findall(r"--[a-z-]+", said):
                assert re.search(rf"^\s*(-\w \| )?{option}\)", text, re.MULTILINE), (script, option)


def test_each_unit_is_ours_or_debians():
    named = {
        name for line in TYPED for name in re.findall(r"chancenportal-[a-z]+(?:\.\w+)?|chancenportal\.target", line)
    }
    assert len(named) > 5
    for name in named:
        assert name in UNITS or f"{name}.service" in UNITS, name
    scripts = (DEPLOY / "install.sh").read_text()
    for name in ("postgresql", "pgbouncer", "caddy"):
        assert name in scripts


def test_each_folder_is_the_one_the_scripts_use():
    places = dict(re.findall(r"^(ETC|OPT|DATA|BACKUPS)=(\S+)$", (DEPLOY / "lib.sh").read_text(), re.MULTILINE))
    assert places == {
        "ETC": "/etc/chancenportal",
        "OPT": "/opt/chancenportal",
        "DATA": "/var/lib/chancenportal",
        "BACKUPS": "/var/backups/chancenportal",
    }
    named = {path for line in TYPED for path in re.findall(r"/(?:etc|opt|var/lib|var/backups)/chancenportal", line)}
    assert named == set(places.values())


def test_each_setting_is_one_of_the_settings_or_of_the_scripts():
    code = [path for room in ("platform", "tenants") for path in (ROOT / room).rglob("*.py")]
    scripts = [*DEPLOY.glob("*.sh"), *DEPLOY.glob("*.py"), *(DEPLOY / "systemd").glob("*.service")]
    known = "".join(text for path in [*code, *scripts] if "environ" in (text := path.read_text()).lower())
    named = {name for span in SPANS for name in re.findall(r"^([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)\b", span)}
    assert {"SECRET_KEY", "METRICS_TOKEN", "ALARM_ADDRESS"} <= named
    for name in named:
        assert name in known, name


def test_each_benchmark_and_target_of_make_is_there():
    makefile = (ROOT / "Makefile").read_text()
    for target in set(re.findall(r"`make (\w+)", TEXT)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for bench in re.findall(r"make bench ARGS=(\w+)", TEXT):
        assert (ROOT / "tests" / "benchmarks" / f"{bench}.py").exists(), bench


def test_what_it_says_of_ready_is_what_ready_says(db, client):
    told = client.get("/readyz", HTTP_HOST="localhost").json()
    named = re.findall(r"^\| `(\w+)` (?:false|not `well`) \|", TEXT, re.MULTILINE)
    assert set(named) == {name for name, value in told.items() if isinstance(value, bool)} | {"clock"}


def test_where_it_leads_on_there_is_something():
    headings = "\n".join(re.findall(r"^(?:#{2,3} |\*\*)(.+)$", TEXT, re.MULTILINE))
    said = (DEPLOY / "alarm.py").read_text() + "".join(path.read_text() for path in DEPLOY.glob("*.sh"))
    for title in re.findall(r"RUNBOOK(?:\.md)?,? [“']([^”']+)[”']", said):
        assert title in headings, title
