"""A look at this machine every five minutes: pages, jobs, certificates, disk, clock. Each trouble is one line.

What the platform says of municipalities is its own matter (/betrieb/kommunen/, mails of the worker). Here is what it
cannot say of itself: that no worker runs, that the disk is full, that the clock goes wrong. Python alone, no release.
"""

import http.client
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

FREE_SHARE, FREE_BYTES = 0.1, 2 * 2**30
SECONDS = 20


def ask(port: int, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Status and body from a process of this machine; raises OSError where none answers."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        link.request("GET", path, headers=dict(headers or {}))
        answer = link.getresponse()
        return answer.status, answer.read().decode()
    except http.client.HTTPException as error:
        raise OSError(str(error)) from error
    finally:
        link.close()


def pages(port: int) -> Iterator[str]:
    """Whether /readyz says that this machine can serve, and that its clock is the database's."""
    try:
        status, body = ask(port, "/readyz")
        parts = json.loads(body)
    except (OSError, ValueError) as error:
        yield f"The pages do not answer at port {port} ({error})."
        return
    if status != 200:
        yield f"The pages are not ready: {', '.join(name for name, well in parts.items() if well is False)}."
    clock = parts.get("clock")
    if clock and not clock["well"]:
        yield f"The clock is {clock['seconds_ahead']} seconds ahead of the database's."


def workers(port: int, token: str) -> Iterator[str]:
    """Whether a worker lives."""
    if not token:
        yield "METRICS_TOKEN is not set: whether a worker runs is not known."
        return
    try:
        status, body = ask(port, "/metrics", {"Authorization": f"Bearer {token}"})
    except OSError as error:
        yield f"/metrics does not answer ({error})."
        return
    found = re.search(r"^chancenportal_workers (\S+)$", body, re.MULTILINE)
    if status != 200 or not found:
        yield f"/metrics answers {status} and says nothing of workers."
    elif float(found.group(1)) < 1:
        yield "No worker runs: no mails leave, no jobs are done."


def certificates(port: int, domain: str) -> Iterator[str]:
    """Whether Caddy would be told that our own name may have a certificate."""
    try:
        status, _body = ask(port, f"/tls/ask?domain={domain}")
    except OSError as error:
        yield f"Nobody answers Caddy at port {port} ({error})."
        return
    if status != 200:
        yield f"Caddy is told that {domain} must not have a certificate ({status})."


def disks(folders: list[Path]) -> Iterator[str]:
    """Whether there is room where we write."""
    for folder in folders:
        if not folder.exists():
            yield f"{folder} is not there."
            continue
        usage = shutil.disk_usage(folder)
        if usage.free < max(FREE_BYTES, 0) or usage.free < FREE_SHARE * usage.total:
            yield f"{folder} has {usage.free / 2**30:.1f} GiB left of {usage.total / 2**30:.0f}."


def kernel_clock() -> Iterator[str]:
    """Whether the kernel's clock is kept by NTP; where timedatectl is not there, nobody can say."""
    program = shutil.which("timedatectl")
    if program is None:
        return
    done = subprocess.run(
        [program, "show", "--property=NTPSynchronized", "--value"], capture_output=True, text=True, check=False
    )
    if done.returncode == 0 and done.stdout.strip() == "no":
        yield "The clock is not kept by NTP: timedatectl set-ntp true (and let UDP 123 out)."


def troubles(environ: Mapping[str, str]) -> list[str]:
    """All of it, for the settings of this machine."""
    port = int(environ.get("PORT", "8000"))
    data = Path(environ.get("DATA_DIR", "/var/lib/chancenportal"))
    folders = [data, Path(environ.get("BACKUP_DIR", data / "backups"))]
    if Path("/var/lib/postgresql").exists():
        folders.append(Path("/var/lib/postgresql"))
    return [
        *pages(port),
        *workers(port, environ.get("METRICS_TOKEN", "")),
        *certificates(int(environ.get("ASK_PORT", "8053")), environ.get("BASE_DOMAIN", "localhost")),
        *disks(folders),
        *kernel_clock(),
    ]


def main() -> int:
    """One line for each trouble and 1, or one line and 0."""
    found = troubles(os.environ)
    for line in found:
        print(line, file=sys.stderr)
    if not found:
        print("Pages, jobs, certificates, disks and clock are well.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
