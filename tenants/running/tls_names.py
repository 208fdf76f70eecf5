"""May a certificate be had for this name? The answer to the proxy's question, from memory alone.

Caddy asks before it obtains a certificate for a name it does not know yet (on-demand TLS): without an answer anybody
could point any name at us and have certificates obtained until the authority locks us out. This runs as a process of
its own (`manage answer_tls`), so that it stays up while the web processes restart and while the database is away: all
verified names stand in one set, which is read anew when the database says that one has changed, and is kept in a file
for the next start. A request looks into the set, whatever it asks for: known and unknown names take the same time and
the same way, and ten thousand made-up ones cost ten thousand looks and no query.
"""

import json
import logging
import os
import socket
import threading
import time
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections

from tenants.models import Domain, State
from tenants.running.context import inside_public
from tenants.running.hosts import CHANNEL
from tenants.running.listening import Listener

PATH = "/tls/ask"
# A host name of the internet is no longer.
LONGEST = 253
# Seconds between two looks whether something has changed.
EVERY = 0.5
logger = logging.getLogger(__name__)


class Names:
    """All names a certificate may be had for, kept in a file too."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: frozenset[str] = frozenset()
        self.read_at: float | None = None

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def __len__(self) -> int:
        return len(self._known)

    def remember(self, names: Iterable[str]) -> None:
        """Take these for all there are. Readers see the old set or the new one, never half of it."""
        self._known = frozenset(names)
        self.read_at = time.monotonic()
        partial = self._file.with_suffix(".partial")
        self._file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(sorted(self._known)), encoding="utf-8")
        partial.replace(self._file)

    def recall(self) -> bool:
        """Begin with what the process before knew; False where there is no file, or none that can be read."""
        try:
            names = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
            return False
        self._known = frozenset(names)
        return True


def verified_names() -> list[str]:
    """Every name that answers, and our own. An archived municipality's names answer nobody, so they get none."""
    with inside_public():
        hosts = list(Domain.objects.exclude(tenant__state=State.ARCHIVED).values_list("domain", flat=True))
    return [settings.BASE_DOMAIN, *hosts]


class Watch(threading.Thread):
    """Reads the names anew whenever one may have changed. While the database is away it keeps what is known."""

    def __init__(self, names: Names) -> None:
        super().__init__(name="tls-names", daemon=True)
        self._names, self._stale = names, True
        self._ends = threading.Event()
        self._listener = Listener()
        self._listener.subscribe(CHANNEL, lambda _payload: self._touch(), self._touch)

    def _touch(self) -> None:
        self._stale = True

    def run(self) -> None:
        while not self._ends.wait(EVERY):
            self.look()

    def look(self) -> None:
        """Hear, and read if there is a reason to."""
        try:
            self._listener.hear()
            if self._stale:
                # Before the reading: what changes while it lasts is read at the next look.
                self._stale = False
                self._names.remember(verified_names())
        except (psycopg.Error, DatabaseError, OSError) as error:
            self._stale = True
            logger.warning("The verified names could not be read: %s", error)
        finally:
            connections.close_all()

    def end(self) -> None:
        """No more looks."""
        self._ends.set()
        self._listener.close()


class _Handler(BaseHTTPRequestHandler):
    """Two answers, 200 and 404, both without a word."""

    protocol_version = "HTTP/1.1"
    server: "AskServer"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = parse_qs(parts.query).get("domain", [""])[0] if parts.path == PATH else ""
        # Whoever came by a proxy is a stranger: the proxy itself asks directly.
        direct = "X-Forwarded-For" not in self.headers and "Forwarded" not in self.headers
        name = asked[: LONGEST + 1].lower().rstrip(".")
        allowed = name in self.server.names and direct
        self.send_response_only(200 if allowed else 404)
        self.send_header("Content-Length", "0")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Strangers choose these names: they do not fill the log."""


class AskServer(ThreadingHTTPServer):
    """Answers on this machine alone; old connections that say nothing end by themselves."""

    daemon_threads = True
    request_queue_size = 512

    def __init__(self, port: int, names: Names) -> None:
        self.names = names
        super().__init__(("127.0.0.1", port), _Handler)

    def get_request(self) -> tuple[socket.socket, object]:
        request, address = super().get_request()
        request.settimeout(30)
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return request, address

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that broke off is nobody's fault."""
        logger.info("A question broke off.", exc_info=True)


def names_file() -> Path:
    """Where the names are kept for the next start."""
    return Path(settings.DATA_DIR) / "tls-names.json"


def serve(port: int) -> None:
    """Answer until the process is ended. Starts also while the database is away, with what was known before."""
    names = Names(names_file())
    names.recall()
    watch = Watch(names)
    watch.look()
    watch.start()
    logger.info("Answering for %d names on 127.0.0.1:%d as process %d.", len(names), port, os.getpid())
    with AskServer(port, names) as server:
        try:
            server.serve_forever(poll_interval=0.2)
        finally:
            watch.end()
