"""A line to PostgreSQL that breaks where a test wants it to: a TCP proxy on this machine."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

# The same length, so that the message stays whole: the server answers it with an error and goes on.
WORD, NONSENSE = b"LISTEN", b"LOSTEN"
# The last thing a client says before it closes.
GOODBYE = b"X\x00\x00\x00\x04"


@dataclass
class BreakingLine:
    """Passes bytes on to the server, unless told otherwise. Each fault holds until `mend()`."""

    target: tuple[str, int]
    port: int = 0
    # New connections are closed before the server hears of them.
    refuses: bool = False
    # New connections are taken, and nothing ever comes back.
    swallows_new: bool = False
    # What happens to a message with LISTEN: "cut", "swallow" or "garble"; None passes it on.
    on_listen: str | None = None
    # Both ends believe in the connection, and nothing gets through any more.
    silent: bool = False
    # The server is not told when a client closes, as with one that has other things to do.
    hides_closing: bool = False
    opened: int = 0
    _pairs: list[tuple[socket.socket, socket.socket]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def mend(self) -> None:
        """New connections are fine again. Old ones that were silent stay so, as with a router that lost them."""
        self.refuses = self.swallows_new = self.silent = False
        self.on_listen = None

    def cut(self) -> None:
        """End all connections, as a server does that is killed."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for end in pair:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def accept(self, door: socket.socket) -> None:
        """Serve until the door is closed."""
        while True:
            try:
                client, _address = door.accept()
            except OSError:
                return
            self.opened += 1
            if self.refuses:
                client.close()
                continue
            server = socket.create_connection(self.target)
            with self._lock:
                self._pairs.append((client, server))
            dead = self.swallows_new
            for source, sink, from_client in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._pass, args=(source, sink, from_client, dead), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, from_client: bool, dead: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                dead = dead or self.silent
                if from_client and WORD in data and self.on_listen:
                    if self.on_listen == "cut":
                        break
                    dead = dead or self.on_listen == "swallow"
                    data = data.replace(WORD, NONSENSE)
                if from_client and self.hides_closing:
                    data = data.removesuffix(GOODBYE)
                if not dead:
                    sink.sendall(data)
        if from_client and self.hides_closing:
            return
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def breaking_line(host: str, port: int) -> Iterator[BreakingLine]:
    """A line to the server at this address, on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        line = BreakingLine((host, port), door.getsockname()[1])
        threading.Thread(target=line.accept, args=(door,), daemon=True).start()
        try:
            yield line
        finally:
            door.shutdown(socket.SHUT_RDWR)
            line.cut()
