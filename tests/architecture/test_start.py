"""A command says what it has to say soon: what is heavy is imported by those who use it.

How long it takes is measured by `make bench` (start); here it is looked at what was loaded.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class
from procrastinate.contrib.django import app

from config.cli import _Utility

ROOT = Path(settings.BASE_DIR)
# Django, the libraries that are Django apps of ours, and what those load themselves. Whoever wants to add one to this
# list: is there no way round it (core.lazy)?
ALLOWED = {
    "_cffi_backend",
    "_distutils_hack",
    "allauth",
    "asgiref",
    "attr",
    "attrs",
    "cachetools",
    "croniter",
    "csp",
    "dateutil",
    "django",
    "django_htmx",
    "django_tenants",
    "objsize",
    "packaging",
    "procrastinate",
    "psycopg",
    "psycopg_binary",
    "psycopg_pool",
    "six",
    "sqlparse",
    "typing_extensions",
    "whitenoise",
}
# Installed or soon to be, each with a whole tree below: whoever meets one here goes through core.lazy instead of adding
# it to the list above.
NEVER = {
    "PIL",
    "boto3",
    "botocore",
    "cryptography",
    "fido2",
    "holidays",
    "httpx",
    "jwt",
    "numpy",
    "oauthlib",
    "openpyxl",
    "qrcode",
    "rich",
    "storages",
}
# Rooms of ours that stand for whole trees of modules.
NOT_OURS_EITHER = {
    "config.urls_tenant",
    "portal.search.views",
    "portal.search.columns",
    "launch.run",
    "demo.build",
}
# Of the libraries: what their apps leave to their pages.
NOT_THEIRS_EITHER = {"allauth.mfa.webauthn.internal.auth", "allauth.socialaccount.views", "allauth.account.views"}
REPORT = "import sys, json; print(json.dumps(sorted(sys.modules)))"


def _loaded(code: str) -> set[str]:
    environ = {**os.environ, "DEMO": "1", "DATABASE_URL": "postgres://nobody@127.0.0.1/none", "PROCESS_KIND": "test"}
    command = [sys.executable, "-c", f"{code}\n{REPORT}"]
    done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def _foreign(modules: set[str]) -> set[str]:
    """The installed packages among them, those in site-packages alone."""
    site = next(Path(path) for path in sys.path if path.endswith("site-packages"))
    installed = {path.name.partition(".")[0] for path in site.iterdir() if path.suffix in {"", ".py", ".so"}}
    return {name.partition(".")[0] for name in modules} & installed


def _ours() -> list[str]:
    return sorted(name for name, app_name in get_commands().items() if not app_name.startswith(("django", "procras")))


def test_a_command_that_does_nothing_loads_nothing_heavy():
    loaded = _loaded("import sys; sys.argv = ['manage', 'version']\nfrom config.cli import main; main()")

    assert "portal.offers.models" in loaded
    assert _foreign(loaded) - ALLOWED == set()
    assert loaded & (NOT_OURS_EITHER | NOT_THEIRS_EITHER) == set()


def test_what_is_never_loaded_cannot_become_allowed():
    assert set() == ALLOWED & NEVER
    loaded = _loaded("import sys; sys.argv = ['manage', 'help']\nfrom config.cli import main; main()")
    assert {name.partition(".")[0] for name in loaded} & NEVER == set()


@pytest.mark.parametrize("arguments", [["version"], ["help"], ["list_municipalities", "--help"], ["nothing-like-it"]])
def test_the_end_of_a_command_does_not_look_through_everything_once_more(arguments: list[str]):
    # What the interpreter collects when it ends costs a sixth of a short command.
    code = f"""
import gc, sys
sys.argv = ['manage', *{arguments}]
from config.cli import main
try:
    main()
except SystemExit:
    pass
print(gc.get_freeze_count(), len(gc.get_objects()))
"""
    environ = {**os.environ, "DEMO": "1", "DATABASE_URL": "postgres://nobody@127.0.0.1/none", "PROCESS_KIND": "test"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, cwd=ROOT, capture_output=True, text=True, check=True
    )
    frozen, left = map(int, done.stdout.splitlines()[-1].split())
    assert frozen > 50_000
    assert left < frozen / 20


def test_no_command_of_ours_loads_anything_heavy_before_it_knows_what_to_do():
    names = _ours()
    assert {"prepare", "rollout", "seed_demo", "import_offers", "import_typo3", "work"} <= set(names)
    code = f"""
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
import django
django.setup()
from django.core.management import get_commands, load_command_class
for name in {names}:
    load_command_class(get_commands()[name], name)
"""

    loaded = _loaded(code)

    # `backup` runs PostgreSQL's programs, as the launcher does.
    assert _foreign(loaded) - ALLOWED == {"tqdm"}
    assert loaded & NOT_OURS_EITHER == set()


@pytest.mark.parametrize("name", _ours())
def test_our_commands_do_not_check_the_whole_code_first(name):
    assert load_command_class(get_commands()[name], name).requires_system_checks != []
    assert _Utility(["manage"]).fetch_command(name).requires_system_checks == []


def test_djangos_own_commands_still_do():
    assert _Utility(["manage"]).fetch_command("makemigrations").requires_system_checks == "__all__"


def test_a_worker_knows_every_job_although_no_other_process_does():
    loaded = _loaded("import sys; sys.argv = ['manage', 'version']\nfrom config.cli import main; main()")
    assert "portal.subscriptions.tasks" not in loaded

    app.perform_import_paths()

    rooms = {task.rpartition(".tasks.")[0] for task in app.tasks if ".tasks." in task}
    assert {"mail", "operations", "theming", "portal.feedback", "portal.offers", "portal.subscriptions"} <= rooms
