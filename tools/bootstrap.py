"""Make `.venv` with the locked dependencies; run by whatever `python3` is there, so written for old ones too.

Installs only when the lock, pyproject.toml or the Python changed: the stamp holds their digest.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
ROOMS = ("platform", "tenants", "theming", "shared_categories", "portal", "demo")
STAMP = VENV / ".installed"
_NEW_ENOUGH = "import sys; print(sys.version); sys.exit(sys.version_info < (3, 11))"


def _version(python: str) -> str:
    """The version of an interpreter, empty when it does not run or is too old."""
    try:
        command = [python, "-c", _NEW_ENOUGH]
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _interpreter() -> str:
    """A Python new enough: the one running this, else a newer one beside it."""
    for name in [sys.executable, "python3.13", "python3.12", "python3.14", "python3.11"]:
        if _version(name):
            return name
    here = sys.version.split()[0]
    sys.exit(f"Python 3.11 or newer is needed, this is {here}: install python3.11 and python3.11-venv.")


def _digest() -> str:
    """What the installed environment depends on, its place included: scripts in it name their folder."""
    digest = hashlib.sha256(f"{VENV} {_version(str(PYTHON))}".encode())
    for name in ("requirements.lock", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _run(command: "list[str]", hint: str) -> None:
    quiet = {"PIP_ROOT_USER_ACTION": "ignore", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0"}
    if subprocess.run(command, env={**os.environ, **quiet}, check=False, cwd=str(ROOT)).returncode != 0:
        sys.exit(hint)


def _has_pip() -> bool:
    command = [str(PYTHON), "-m", "pip", "--version"]
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def _make_environment() -> None:
    """A `.venv` with a working Python and pip; a broken or half-made one is made anew."""
    if _version(str(PYTHON)) and _has_pip():
        return
    if VENV.exists():
        shutil.rmtree(str(VENV))
    hint = "No virtual environment could be made: install python3-venv (Debian: apt-get install python3-venv)."
    _run([_interpreter(), "-m", "venv", str(VENV)], hint)


def _compile() -> None:
    """Bytecode of what changed: where Python is told to write none itself, every start would compile all anew."""
    rooms = [str(ROOT / name) for name in ROOMS]
    _run([str(PYTHON), "-m", "compileall", "-q", *rooms], "The code does not compile; the reason is above.")


def main() -> None:
    """Install and compile what is missing; says nothing when nothing is."""
    _install()
    _compile()


def _install() -> None:
    if STAMP.exists() and _version(str(PYTHON)) and STAMP.read_text() == _digest():
        return
    _make_environment()
    print("Installing the locked dependencies into .venv …")
    sys.stdout.flush()
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet"]
    hint = "The dependencies could not be installed (the reason is above): is the package index reachable?"
    _run([*pip, "--require-hashes", "-r", "requirements.lock"], hint)
    _run([*pip, "--no-deps", "--no-build-isolation", "-e", "."], hint)
    STAMP.write_text(_digest())


if __name__ == "__main__":
    main()
