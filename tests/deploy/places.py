"""Where the files of the deployment lie, and programs that look at them."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"
BIN = Path(sys.executable).parent


def program(name: str, package: str) -> str:
    """Where a tool is: in our environment or on the machine. Without it the test fails and says what to install."""
    found = shutil.which(name, path=str(BIN)) or shutil.which(name)
    if found is None:
        pytest.fail(f"{name} is not installed. Debian: apt-get install {package}.")
    return found


def run(*command: str | Path, **more) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **more)


def words(done: "subprocess.CompletedProcess[str]") -> Sequence[str]:
    """What it complained of, line by line."""
    return (done.stdout + done.stderr).strip().splitlines()
