"""What the environment says, completed: the demo needs no variable, production every one that matters."""

import contextlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from launch import LaunchError
from launch.postgres import Cluster

ROOT = Path(__file__).resolve().parents[2]
_OFF = {"", "0", "false", "no", "off"}


@dataclass(frozen=True)
class Options:
    """The variables of contract.md, checked, with absolute folders."""

    data_dir: Path
    port: int
    demo: bool
    base_domain: str
    secret_key: str
    database_url: str | None

    @property
    def url(self) -> str:
        """Where a browser finds the operator's side."""
        return f"http://{self.base_domain}:{self.port}/"

    def variables(self, database_url: str) -> dict[str, str]:
        """The environment for the platform's own processes."""
        return {
            **os.environ,
            "DATA_DIR": str(self.data_dir),
            "PORT": str(self.port),
            "DEMO": "1" if self.demo else "0",
            "BASE_DOMAIN": self.base_domain,
            "SECRET_KEY": self.secret_key,
            "DATABASE_URL": database_url,
            "PYTHONUNBUFFERED": "1",
        }

    @contextlib.contextmanager
    def database(self) -> Iterator[str]:
        """The URL of the database: the given one, or our own, started for as long as the block lasts."""
        if self.database_url is None:
            with Cluster(self.data_dir / "pg").in_use() as url:
                yield url
        else:
            _try(self.database_url)
            yield self.database_url


def _try(url: str) -> None:
    """Connect once, so that a wrong DATABASE_URL is one sentence and not a page of Django's."""
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise LaunchError(f"The database of DATABASE_URL cannot be used: {reason}") from error


def data_dir(environ: Mapping[str, str]) -> Path:
    """The folder of all that is kept, made when missing; a relative DATA_DIR counts from the project."""
    folder = ROOT / (environ.get("DATA_DIR") or ".data")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LaunchError(f"Cannot make the folder {folder} ({error.strerror}): set another DATA_DIR.") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise LaunchError(f"Cannot write to the folder {folder}: set another DATA_DIR, or start as its owner.")
    return folder


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise LaunchError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _secret_key(folder: Path) -> str:
    """The demo's own secret key, made once and readable for its owner only."""
    file = folder / "secret_key"
    if not file.exists() or not _read(file).strip():
        file.touch(0o600)
        file.write_text(secrets.token_urlsafe(60) + "\n")
    return _read(file).strip()


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError as error:
        raise LaunchError(f"Cannot read {file} ({error.strerror}): start as its owner.") from error


def read(environ: Mapping[str, str], *, demo_default: str = "1") -> Options:
    """The options of a start. Only a demo may do without SECRET_KEY and BASE_DOMAIN."""
    demo = environ.get("DEMO", demo_default).strip().lower() not in _OFF
    folder = data_dir(environ)
    secret, domain = environ.get("SECRET_KEY", ""), environ.get("BASE_DOMAIN", "")
    for name, value in (("SECRET_KEY", secret), ("BASE_DOMAIN", domain)):
        if not value and not demo:
            raise LaunchError(f"{name} is not set. Without DEMO=1 it must be: see docs/OPERATING.md.")
    return Options(
        data_dir=folder,
        port=_port(environ.get("PORT") or "8000"),
        demo=demo,
        base_domain=domain or "localhost",
        secret_key=secret or _secret_key(folder),
        database_url=environ.get("DATABASE_URL") or None,
    )


def remember(options: Options) -> None:
    """Keep how the service was started, so that `manage` in another shell means the same one."""
    kept = {"DEMO": "1" if options.demo else "0", "PORT": str(options.port), "BASE_DOMAIN": options.base_domain}
    (options.data_dir / "environment.json").write_text(json.dumps(kept))


@contextlib.contextmanager
def for_command() -> Iterator[None]:
    """Make `manage …` work in a shell that knows no variable: as last started here, with its database.

    With a DATABASE_URL nothing is changed: whoever names the database names everything.
    """
    if os.environ.get("DATABASE_URL"):
        yield
        return
    file = data_dir(os.environ) / "environment.json"
    kept: dict[str, str] = json.loads(_read(file)) if file.exists() else {"DEMO": "0"}
    options = read({**kept, **os.environ})
    with options.database() as url:
        os.environ.update(options.variables(url))
        yield
