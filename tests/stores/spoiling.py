"""A real S3 server with somebody before it who spoils what it says, as told: so that whole works meet its trouble."""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

# Not ours to pass on: each line has its own.
_OWN = {"connection", "expect", "transfer-encoding", "keep-alive"}


@dataclass
class Answer:
    """What the real server said."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


Fault = Callable[["_Handler", Answer], None]


def refusing(status: int, code: str) -> Fault:
    """An error as S3 words it."""

    def say(handler: "_Handler", _answer: Answer) -> None:
        text = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>no</Message></Error>".encode()
        handler.pass_on(Answer(status, [("Content-Type", "application/xml"), ("Content-Length", str(len(text)))], text))

    return say


def truncated(handler: "_Handler", answer: Answer) -> None:
    handler.pass_on(Answer(answer.status, answer.headers, answer.body[: len(answer.body) // 2]))
    handler.close_connection = True


def other_bytes(handler: "_Handler", answer: Answer) -> None:
    handler.pass_on(Answer(answer.status, answer.headers, bytes(255 - each for each in answer.body)))


def silent(handler: "_Handler", _answer: Answer) -> None:
    """Until somebody mends it."""
    handler.spoiler.mended.wait(30)
    handler.close_connection = True


@dataclass
class Spoiler:
    """Passes on, but what is `meant` is answered by `fault`; from the first such question on, if `for_good`, all."""

    target: int
    port: int = 0
    fault: Fault | None = None
    meant: Callable[[str, str], bool] = lambda method, path: True
    for_good: bool = False
    hit: int = 0
    mended: threading.Event = field(default_factory=threading.Event)

    def spoil(self, fault: Fault, meant: Callable[[str, str], bool], *, for_good: bool = False) -> None:
        self.fault, self.meant, self.for_good, self.hit = fault, meant, for_good, 0
        self.mended.clear()

    def mend(self) -> None:
        self.fault = None
        self.mended.set()

    def applies(self, method: str, path: str) -> bool:
        found = self.fault is not None and (self.meant(method, path) or (self.for_good and self.hit > 0))
        self.hit += found
        return found


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    spoiler: Spoiler

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fault = self.spoiler.fault if self.spoiler.applies(self.command, self.path) else None
        # What is stored although the answer is spoilt would be another test.
        asked = "GET" if fault and self.command == "GET" else "HEAD" if fault else self.command
        answer = self._ask(asked, b"" if fault else body) if asked != "HEAD" or not fault else Answer(200, [], b"")
        with suppress(OSError):
            if fault:
                fault(self, answer)
            else:
                self.pass_on(answer)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _answer  # noqa: N815 - names of http.server

    def _ask(self, method: str, body: bytes) -> Answer:
        """What the real one says; who only reads asks it again where it broke off, because that is no fault of ours."""
        for _again in range(2 if method in {"GET", "HEAD"} else 0):
            with suppress(OSError, http.client.HTTPException):
                return self._ask_once(method, body)
        return self._ask_once(method, body)

    def _ask_once(self, method: str, body: bytes) -> Answer:
        link = http.client.HTTPConnection("127.0.0.1", self.spoiler.target, timeout=60)
        try:
            link.putrequest(method, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in _OWN:
                    link.putheader(name, value)
            link.endheaders(body or None)
            answer = link.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())
        finally:
            link.close()

    def pass_on(self, answer: Answer) -> None:
        self.send_response_only(answer.status)
        names = {name.lower() for name, _value in answer.headers}
        for name, value in answer.headers:
            if name.lower() not in _OWN:
                self.send_header(name, value)
        if "content-length" not in names and answer.status not in {204, 304}:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def log_message(self, *_said: object) -> None:
        """Nobody reads it."""


def is_file(method: str, path: str) -> bool:
    """Whether a request is about the contents of one file."""
    parts = urlsplit(path)
    return method in {"GET", "PUT"} and parts.path.count("/") > 2 and "list-type" not in parts.query


def is_list(method: str, path: str) -> bool:
    return method == "GET" and "list-type" in path


@contextmanager
def spoiler(target: int) -> Iterator[Spoiler]:
    """Before the server at this port of this machine."""
    made = Spoiler(target)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"spoiler": made}))
    server.daemon_threads = True
    made.port = server.server_port
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield made
    finally:
        made.mend()
        server.shutdown()
        server.server_close()
