"""A tiny application in the platform's place: `launch` starts it, `manage` answers as the real command would.

What it shall do wrong stands in environment variables: FAILING names a command that fails, WAITING one that waits
until there is a file `go-on` in DATA_DIR.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from launch import LaunchError
from launch.run import Plan
from launch.run import main as run

HERE = Path(__file__).resolve()
if os.environ.get("FAILING") == "import":
    sys.stderr.write("the application is broken\n") if "gunicorn" in sys.modules else None
    if "gunicorn" in sys.modules:
        raise RuntimeError("broken")


def application(environ: dict[str, object], start: Callable[[str, list[tuple[str, str]]], object]) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"path": environ["PATH_INFO"], "host": environ["HTTP_HOST"]}).encode()]


def manage(command: str) -> int:
    with (Path(os.environ["DATA_DIR"]) / "commands.log").open("a") as log:
        log.write(f"{command} {os.getpid()}\n")
    if os.environ.get("FAILING") == command:
        sys.stderr.write(f"{command} refuses\n")
        return 1
    while os.environ.get("WAITING") == command and not (Path(os.environ["DATA_DIR"]) / "go-on").exists():
        time.sleep(0.05)
    if command == "list_municipalities":
        listed = {"slug": "saarbruecken", "name": "Regionalverband", "domains": ["saarbruecken.localhost"]}
        sys.stdout.write(json.dumps([listed]))
    while command == "work":
        time.sleep(60)
    return 0


if __name__ == "__main__":
    if sys.argv[1] == "manage":
        sys.exit(manage(sys.argv[2]))
    try:
        sys.exit(run(Plan([sys.executable, str(HERE), "manage"], "stand_in:application", HERE.parent)))
    except LaunchError as error:
        sys.exit(str(error))
