"""Scripts and images: shells and builders take them, secrets are made once, and a server gets no developer's tool."""

import json
import re
import stat
import tomllib
from pathlib import Path

import yaml

from tests.deploy.places import DEPLOY, ROOT, program, run, words

SCRIPTS = sorted(DEPLOY.rglob("*.sh"))
PLATFORM = {"prepare", "web", "worker", "tls", "backup"}
SERVICES = PLATFORM | {"caddy", "db", "pooler", "s3", "s3-bucket", "prometheus", "alertmanager", "machine", "grafana"}
COMPOSE = yaml.safe_load((DEPLOY / "compose.yml").read_text())


def test_the_shell_scripts_hold_what_shellcheck_asks():
    assert {path.name for path in SCRIPTS} >= {"install.sh", "update.sh", "restore.sh", "try.sh", "lib.sh"}
    done = run(program("shellcheck", "shellcheck"), "-x", "-P", "SCRIPTDIR", *SCRIPTS)
    assert (done.returncode, words(done)) == (0, [])
    for path in SCRIPTS:
        if path.name != "lib.sh" and path.parent == DEPLOY:
            assert path.stat().st_mode & stat.S_IXUSR, path.name
            assert "set -euo pipefail" in path.read_text(), path.name


def test_the_container_file_holds_what_hadolint_asks():
    done = run(program("hadolint", "hadolint"), "--failure-threshold", "info", DEPLOY / "Containerfile")
    assert (done.returncode, words(done)) == (0, [])
    last_user = re.findall(r"^(?:FROM .* AS (\S+)|USER (\S+))$", (DEPLOY / "Containerfile").read_text(), re.MULTILINE)
    assert last_user == [("build", ""), ("platform", ""), ("", "10001:10001"), ("pooler", ""), ("", "10002:10002")]


def test_what_podman_leaves_out_of_an_image_is_nowhere_needed():
    """Its images are OCI's, which know neither SHELL nor HEALTHCHECK."""
    instructions = re.findall(r"^([A-Z]+) ", (DEPLOY / "Containerfile").read_text(), re.MULTILINE)
    assert "SHELL" not in instructions
    assert COMPOSE["services"]["web"]["healthcheck"]["test"] == ["CMD", "python3", "deploy/container/ready.py"]


def test_the_proxy_gives_an_idle_connection_up_before_the_web_processes_do():
    """Else what somebody sends may go into one that is being closed, and is lost."""
    web = {
        place: re.findall(r"keep-alive[\", ]+(\d+)", (ROOT / place).read_text())
        for place in ("platform/launch/run.py", "deploy/Containerfile", "deploy/systemd/chancenportal-web.service")
    }
    assert set(map(tuple, web.values())) == {("30",)}, web
    for name in ("Caddyfile", "Caddyfile.cells"):
        assert re.findall(r"^\t+keepalive (\d+)s$", (DEPLOY / name).read_text(), re.MULTILINE) == ["20"], name


def test_the_compose_file_is_one_by_its_specification(tmp_path):
    check = program("check-jsonschema", "check-jsonschema")
    asked = (check, "--builtin-schema", "vendor.compose-spec")
    done = run(*asked, DEPLOY / "compose.yml")
    assert done.returncode == 0, words(done)
    spoilt = tmp_path / "compose.yml"
    spoilt.write_text((DEPLOY / "compose.yml").read_text().replace("read_only: true", "readonly: true"))
    assert run(*asked, spoilt).returncode == 1


def test_what_stands_in_the_compose_file_is_closed():
    services = COMPOSE["services"]
    assert services.keys() == SERVICES
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in service["security_opt"], name
        # By a version, never “latest”; ours are built here.
        image = service["image"]
        assert image.startswith("chancenportal") or re.search(r":v?\d+(\.\d+)*(-\w+)?$", image), image
    opened = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert opened == {"caddy": ["80:80", "443:443"], "grafana": ["127.0.0.1:3000:3000"]}
    assert [name for name, service in services.items() if "cap_add" in service] == ["caddy"]
    assert [name for name, service in services.items() if "pid" in service] == ["machine"]
    assert services["tls"]["network_mode"] == "service:caddy"


def test_what_compose_mounts_and_names_is_there():
    for name, service in COMPOSE["services"].items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if (name, volume) == ("machine", "/:/host:ro,rslave"):
                # What says how full the disks are sees them all, and may write to none.
                continue
            there = (DEPLOY / source).is_file() if source.startswith(".") else source in COMPOSE["volumes"]
            assert there, (name, volume)
        for other in service.get("depends_on", []):
            assert other in SERVICES, (name, other)


def test_the_secrets_of_compose_are_made_once_and_closed(tmp_path):
    settings = tmp_path / "compose.env"
    first = (DEPLOY / "compose-settings.sh", "--domain", "portal.example.de", "--mail", "betrieb@example.de")
    environment = {"PATH": "/usr/bin:/bin", "COMPOSE_ENV": str(settings)}
    assert run(*first, env=environment).returncode == 0
    assert settings.stat().st_mode & 0o777 == 0o600
    kept = settings.read_text()
    assert run(DEPLOY / "compose-settings.sh", env=environment).returncode == 0
    assert settings.read_text() == kept
    values = dict(line.split("=", 1) for line in kept.splitlines())
    named = set(re.findall(r"\$\{(\w+):\?", (DEPLOY / "compose.yml").read_text())) | {"METRICS_TOKEN"}
    assert named <= values.keys()
    assert len(values["SECRET_KEY"]) >= 50
    secrets = [values[name] for name in values if name.endswith(("KEY", "TOKEN", "PASSWORD", "SECRET"))]
    assert len(set(secrets)) == len(secrets) == 6
    assert values["DATABASE_URL"] == f"postgres://chancenportal:{values['DATABASE_PASSWORD']}@pooler:6432/chancenportal"


def test_a_server_gets_the_packages_it_needs_with_their_hashes_and_no_developers_tool():
    done = run("/usr/bin/env", "python3", DEPLOY / "runtime_requirements.py")
    assert done.returncode == 0, done.stderr
    chosen = set(re.findall(r"^([a-z0-9._-]+)(?:\[.*\])?==", done.stdout, re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {_name(line) for line in project["project"]["dependencies"]}
    tools = {_name(line) for line in project["dependency-groups"]["dev"]} - {"hatchling", "editables"}
    assert wanted | {"hatchling", "editables", "pluggy", "psycopg-binary", "asgiref"} <= chosen
    # What describes the open interface wants PyYAML, too.
    assert chosen & tools == {"pyyaml"}
    assert done.stdout.count("--hash=sha256:") >= len(chosen)


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=~! ]", requirement)[0].lower()


def test_the_dashboard_is_the_one_grafana_finds():
    board = json.loads((DEPLOY / "grafana" / "dashboard.json").read_text())
    source = yaml.safe_load((DEPLOY / "grafana" / "datasource.yml").read_text())["datasources"][0]
    assert {panel["datasource"]["uid"] for panel in board["panels"]} == {source["uid"]}
    folder = yaml.safe_load((DEPLOY / "grafana" / "dashboards.yml").read_text())["providers"][0]["options"]["path"]
    mounted = [
        volume.split(":")[1] for volume in COMPOSE["services"]["grafana"]["volumes"] if "dashboard.json" in volume
    ]
    assert [str(Path(place).parent) for place in mounted] == [folder]
    numbers = [panel["id"] for panel in board["panels"]]
    assert len(set(numbers)) == len(numbers) > 10
