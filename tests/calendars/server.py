"""A web server on this machine that gives calendars, and behaves as badly as servers do."""

import socket
import threading
import time
from dataclasses import dataclass, field

PIECE = b"X" * 65536


@dataclass(slots=True)
class Page:
    """What stands behind a path."""

    body: bytes = b""
    status: str = "200 OK"
    kind: str = "text/calendar; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""


class CalendarServer:
    """`pages` by path; besides, /huge, /drip and /silent behave as they are called. It keeps what it was asked."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("0.0.0.0", 0), backlog=64)
        self.port: int = self._listening.getsockname()[1]
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.sent = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def url(self, path: str = "/termine.ics", host: str = "127.0.0.2") -> str:
        return f"http://{host}:{self.port}{path}"

    def gives(self, text: str, path: str = "/termine.ics", **more: str) -> None:
        self.pages[path] = Page(text.encode(), **more)

    def _serve(self) -> None:
        while True:
            try:
                connection, _who = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        try:
            connection.settimeout(30)
            lines = connection.recv(65536).decode("latin-1").split("\r\n")
            path = lines[0].split(" ")[1]
            headers = {name.lower(): value for name, _colon, value in (line.partition(": ") for line in lines[1:])}
            self.asked.append((path, headers))
            {"/huge": self._huge, "/drip": self._drip, "/silent": self._silent}.get(path, self._page)(
                connection, path, headers
            )
        except OSError:
            pass  # the client hung up, which is what some answers are made for
        finally:
            connection.close()

    def _page(self, connection: socket.socket, path: str, headers: dict[str, str]) -> None:
        page = self.pages.get(path, Page(b"<h1>Nichts da</h1>", "404 Not Found", "text/html"))
        if page.etag and headers.get("if-none-match") == page.etag:
            connection.sendall(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n")
            return
        said = {"Content-Type": page.kind, "Content-Length": str(len(page.body)), **page.headers}
        if page.etag:
            said["ETag"] = page.etag
        head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
        connection.sendall(f"HTTP/1.1 {page.status}\r\n{head}\r\n".encode() + page.body)

    def _huge(self, connection: socket.socket, _path: str, _headers: dict[str, str]) -> None:
        """Fifty megabytes that begin like a calendar."""
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\nContent-Length: 52428800\r\n\r\n")
        connection.sendall(b"BEGIN:VCALENDAR\r\n")
        for _piece in range(800):
            connection.sendall(PIECE)
            self.sent += len(PIECE)

    def _drip(self, connection: socket.socket, _path: str, _headers: dict[str, str]) -> None:
        """A calendar without an end, a line now and then."""
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n")
        for _line in range(600):
            connection.sendall(b"X-WAIT:1\r\n")
            time.sleep(0.05)

    def _silent(self, _connection: socket.socket, _path: str, _headers: dict[str, str]) -> None:
        time.sleep(10)
