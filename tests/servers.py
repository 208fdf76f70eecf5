"""Real web servers on this machine, for whatever asks others: they say what they are told, byte by byte if need be."""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: when it came, at which of our addresses, and all it said."""

    at: float
    host: str
    said: bytes

    @property
    def _lines(self) -> list[str]:
        return self.said.decode("latin-1").split("\r\n")

    @property
    def method(self) -> str:
        return self._lines[0].split(" ")[0]

    @property
    def path(self) -> str:
        return self._lines[0].split(" ")[1]

    @property
    def headers(self) -> dict[str, str]:
        """By their names in small letters."""
        return {name.lower(): value for name, _colon, value in (line.partition(": ") for line in self._lines[1:])}


class Server:
    """Answers on every address 127.x.x.x of this machine, each request in a thread; keeps what it was asked.

    What it answers is given, or a class below says it (`answer`).
    """

    def __init__(
        self, answer: bytes | Callable[[socket.socket], object] = OK, tls: ssl.SSLContext | None = None
    ) -> None:
        self._answer, self._tls = answer, tls
        self.asked: list[Asked] = []
        # Which names were asked for by TLS.
        self.names: list[str | None] = []
        # Bytes of what has no end.
        self.sent = 0
        self._listening = socket.create_server(("0.0.0.0", 0), backlog=64)
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def url(self, path: str, host: str = "127.0.0.2") -> str:
        return f"http{'s' if self._tls else ''}://{host}:{self.port}{path}"

    def of(self, host: str) -> list[Asked]:
        """What was asked of one of the addresses."""
        return [each for each in self.asked if each.host == host]

    def answer(self, connection: socket.socket, asked: Asked) -> None:
        """Say it."""
        if callable(self._answer):
            self._answer(connection)
        else:
            connection.sendall(self._answer)

    def pour(self, connection: socket.socket, piece: bytes, times: int) -> None:
        """Say the same again and again, and count how much of it somebody took."""
        for _time in range(times):
            connection.sendall(piece)
            self.sent += len(piece)

    def _serve(self) -> None:
        while True:
            try:
                connection, _who = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        try:
            connection.settimeout(60)
            host = connection.getsockname()[0]
            if self._tls:
                self._tls.sni_callback = lambda _socket, name, _context: self.names.append(name)
                connection = self._tls.wrap_socket(connection, server_side=True)
            # Whoever only knocks is kept, too: no test overlooks a connection.
            asked = Asked(time.monotonic(), host, connection.recv(65536))
            self.asked.append(asked)
            if asked.said:
                self.answer(connection, asked)
        except OSError:
            pass  # the client hung up, which is what some answers are made for
        finally:
            connection.close()
