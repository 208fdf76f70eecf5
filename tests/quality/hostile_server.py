"""A web server on this machine that behaves as badly as servers do; it keeps what it was asked, and when."""

import socket
import ssl
import threading
import time
from itertools import pairwise
from typing import NamedTuple

PIECE = b"x" * 65536
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


class Asked(NamedTuple):
    """A request: when it came, to which host, what it said."""

    at: float
    host: str
    method: str
    path: str
    agent: str


class HostileServer:
    """Answers on every address 127.x.x.x of this machine; the path says how. `robots` are texts by host."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self._listening = socket.create_server(("0.0.0.0", 0), backlog=64)
        self.port: int = self._listening.getsockname()[1]
        self.asked: list[Asked] = []
        self.sent = 0
        self.robots: dict[str, bytes] = {}
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def url(self, path: str, host: str = "127.0.0.2") -> str:
        return f"http{'s' if self._tls else ''}://{host}:{self.port}{path}"

    def of(self, host: str) -> list[Asked]:
        return [each for each in self.asked if each.host == host]

    def _serve(self) -> None:
        while True:
            try:
                connection, _who = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        try:
            connection.settimeout(60)
            host = connection.getsockname()[0]
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            said = connection.recv(65536).decode("latin-1")
            method, path, _rest = said.split(" ", 2)
            agent = next((line[12:] for line in said.split("\r\n") if line.lower().startswith("user-agent: ")), "")
            self.asked.append(Asked(time.monotonic(), host, method, path, agent))
            self._say(connection, host, method, path)
        except (OSError, ValueError):
            pass  # the client hung up, which is what some answers are made for
        finally:
            connection.close()

    def _say(self, connection: socket.socket, host: str, method: str, path: str) -> None:
        ways = {"/huge": self._huge, "/drip": self._drip, "/heads": self._heads, "/silent": self._silent}
        if path == "/robots.txt":
            self._robots(connection, host)
        elif path in ways:
            ways[path](connection, method)
        elif path.startswith("/status/"):
            self._status(connection, path.split("/")[2])
        elif path.startswith("/round"):
            self._redirect(connection, f"/round{time.monotonic_ns()}")
        elif path.startswith("/to/"):
            self._redirect(connection, path.removeprefix("/to/"))
        elif path == "/get-only" and method == "HEAD":
            self._status(connection, "405")
        else:
            connection.sendall(HEAD + b"Content-Length: 2\r\n\r\n" + (b"" if method == "HEAD" else b"ok"))

    def _status(self, connection: socket.socket, code: str) -> None:
        more = b"Retry-After: 7200\r\n" if code in {"429", "503"} else b""
        connection.sendall(f"HTTP/1.1 {code} X\r\n".encode() + more + b"Content-Length: 0\r\n\r\n")

    def _silent(self, _connection: socket.socket, _method: str) -> None:
        time.sleep(30)

    def _robots(self, connection: socket.socket, host: str) -> None:
        text = self.robots.get(host)
        if text == b"fault":
            connection.sendall(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")
        elif text is None:
            connection.sendall(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
        else:
            connection.sendall(HEAD + f"Content-Length: {len(text)}\r\n\r\n".encode() + text)

    def _redirect(self, connection: socket.socket, target: str) -> None:
        connection.sendall(f"HTTP/1.1 302 X\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode())

    def _huge(self, connection: socket.socket, method: str) -> None:
        """Ten gigabytes, and an answer to HEAD that makes one ask for them."""
        if method == "HEAD":
            connection.sendall(b"HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n")
            return
        connection.sendall(HEAD + b"Content-Length: 10000000000\r\n\r\n")
        for _piece in range(10_000_000_000 // len(PIECE)):
            connection.sendall(PIECE)
            self.sent += len(PIECE)

    def _drip(self, connection: socket.socket, _method: str) -> None:
        """A head that never ends, a letter now and then."""
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _letter in range(600):
            connection.sendall(b"x")
            time.sleep(0.1)

    def _heads(self, connection: socket.socket, _method: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        for number in range(1_000_000):
            line = f"X-{number}: {'y' * 900}\r\n".encode()
            connection.sendall(line)
            self.sent += len(line)


def gaps_between(asked: list[Asked]) -> list[float]:
    """The pauses between requests that came one after the other."""
    times = sorted(each.at for each in asked)
    return [after - before for before, after in pairwise(times)]
