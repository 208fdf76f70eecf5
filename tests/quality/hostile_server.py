"""A web server on this machine that behaves as badly as servers do."""

import socket
import ssl
import time
from itertools import pairwise

from tests.servers import Asked, Server

PIECE = b"x" * 65536
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


class HostileServer(Server):
    """The path says how it answers. `robots` are texts by host."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.robots: dict[str, bytes] = {}
        super().__init__(tls=tls)

    def answer(self, connection: socket.socket, asked: Asked) -> None:
        ways = {"/huge": self._huge, "/drip": self._drip, "/heads": self._heads, "/silent": self._silent}
        method, path = asked.method, asked.path
        if path == "/robots.txt":
            self._robots(connection, asked.host)
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
        self.pour(connection, PIECE, 10_000_000_000 // len(PIECE))

    def _drip(self, connection: socket.socket, _method: str) -> None:
        """A head that never ends, a letter now and then."""
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _letter in range(600):
            connection.sendall(b"x")
            time.sleep(0.1)

    def _heads(self, connection: socket.socket, _method: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        self.pour(connection, b"X-Head: " + b"y" * 900 + b"\r\n", 1_000_000)


def gaps_between(asked: list[Asked]) -> list[float]:
    """The pauses between requests that came one after the other."""
    times = sorted(each.at for each in asked)
    return [after - before for before, after in pairwise(times)]
