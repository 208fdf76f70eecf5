"""A web server on this machine that gives calendars, and behaves as badly as servers do."""

import socket
import time
from dataclasses import dataclass, field

from tests.servers import Asked, Server

PIECE = b"X" * 65536


@dataclass(slots=True)
class Page:
    """What stands behind a path."""

    body: bytes = b""
    status: str = "200 OK"
    kind: str = "text/calendar; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""


class CalendarServer(Server):
    """`pages` by path; besides, /huge, /drip and /silent behave as they are called."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        super().__init__()

    def url(self, path: str = "/termine.ics", host: str = "127.0.0.2") -> str:
        return super().url(path, host)

    def gives(self, text: str, path: str = "/termine.ics", **more: str) -> None:
        self.pages[path] = Page(text.encode(), **more)

    def answer(self, connection: socket.socket, asked: Asked) -> None:
        if asked.path == "/huge":
            # Fifty megabytes that begin like a calendar.
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\nContent-Length: 52428800\r\n\r\n")
            connection.sendall(b"BEGIN:VCALENDAR\r\n")
            self.pour(connection, PIECE, 800)
        elif asked.path == "/drip":
            # A calendar without an end, a line now and then.
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n")
            for _line in range(600):
                connection.sendall(b"X-WAIT:1\r\n")
                time.sleep(0.05)
        elif asked.path == "/silent":
            time.sleep(10)
        else:
            self._page(connection, asked)

    def _page(self, connection: socket.socket, asked: Asked) -> None:
        page = self.pages.get(asked.path, Page(b"<h1>Nichts da</h1>", "404 Not Found", "text/html"))
        if page.etag and asked.headers.get("if-none-match") == page.etag:
            connection.sendall(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n")
            return
        said = {"Content-Type": page.kind, "Content-Length": str(len(page.body)), **page.headers}
        if page.etag:
            said["ETag"] = page.etag
        head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
        connection.sendall(f"HTTP/1.1 {page.status}\r\n{head}\r\n".encode() + page.body)
