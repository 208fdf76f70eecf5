"""An S3 server that spoils what it says: straight from the socket, without a word of protocol more than needed."""

import socket
import time
from collections.abc import Callable

from tests.servers import Asked, Server

CONTENT = b"0123456789" * 500
# Of CONTENT, by `sha256sum`.
SHA256 = "6735ad9f2e97ef671a692791f3c4a075723d91c7f9c4ee1df5f2bc7ef87dc76d"


def headers(status: str, length: int, **more: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {length}", "Connection: close"]
    lines += ["Last-Modified: Mon, 30 Nov 2026 12:00:00 GMT", 'ETag: "x"']
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def refusal(status: str, code: str) -> bytes:
    """An error as S3 words it."""
    body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>no</Message></Error>".encode()
    return headers(status, len(body), Content_Type="application/xml") + body


def truncated(connection: socket.socket) -> None:
    connection.sendall(headers("200 OK", len(CONTENT)) + CONTENT[:100])


def dripping(connection: socket.socket) -> None:
    """A byte now and then, for as long as somebody listens."""
    connection.sendall(headers("200 OK", len(CONTENT)))
    for number in range(200):
        connection.sendall(CONTENT[number : number + 1])
        time.sleep(0.05)


def other_bytes(connection: socket.socket) -> None:
    """As many as it says, and not those that were stored."""
    connection.sendall(headers("200 OK", len(CONTENT), x_amz_meta_sha256="0" * 64) + CONTENT)


def silent(connection: socket.socket) -> None:
    """Until the other one has enough."""
    connection.recv(1)


def hung_up(connection: socket.socket) -> None:
    """Not a word."""


class Faulty(Server):
    """Answers by turns as it is told, the last way for ever."""

    def __init__(self, *ways: bytes | Callable[[socket.socket], object]) -> None:
        self._ways = list(ways)
        super().__init__()

    def answer(self, connection: socket.socket, asked: Asked) -> None:
        if asked.method == "PUT":
            # What botocore sends after its headers, so that it is not cut off before it listens.
            connection.settimeout(0.05)
            try:
                while connection.recv(65536):
                    pass
            except TimeoutError:
                connection.settimeout(60)
        way = self._ways.pop(0) if len(self._ways) > 1 else self._ways[0]
        if callable(way):
            way(connection)
        else:
            connection.sendall(way)
