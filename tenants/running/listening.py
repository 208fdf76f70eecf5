"""How a process hears what others changed: PostgreSQL's LISTEN and NOTIFY, listened to once a request.

Triggers notify in the transaction of a change. `hear()` exchanges one empty message with the server on the process's
listening connection: whatever was committed before is delivered before the answer (about 0.03 ms beside the database;
`make bench`). So what a process remembers is never older than the request it answers. When the listening connection is
lost, everything is forgotten. What a page's request remembers is as of its beginning (`once`): a page asks for a dozen
remembered things.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import psycopg
from psycopg.pq import ConnStatus

Heard = Callable[[str], None]
Lost = Callable[[], None]
_heard: ContextVar[bool] = ContextVar("heard", default=False)


class Listener:
    """The one listening connection of this process, and who wants to know."""

    def __init__(self) -> None:
        self._on_news: dict[str, Heard] = {}
        self._on_loss: list[Lost] = []
        self._connection: psycopg.Connection[tuple[object, ...]] | None = None
        self._pid = 0
        self.lock = threading.RLock()

    def subscribe(self, channel: str, heard: Heard, lost: Lost) -> None:
        """`heard` gets the payload of each notification; `lost` is called when some may have been missed.

        Both run under `lock`.
        """
        self._on_news[channel] = heard
        self._on_loss.append(lost)

    def hear(self) -> None:
        """Pass on every change that was committed before this call, or before the first one inside `once`."""
        if _heard.get():
            return
        with self.lock:
            if not self._connected():
                self._forget()
                return
            assert self._connection is not None
            link = self._connection.pgconn
            link.exec_(b"")
            if link.status != ConnStatus.OK:
                self._forget()
            while (news := link.notifies()) is not None:
                self._on_news[news.relname.decode()](news.extra.decode())

    @contextmanager
    def once(self) -> Iterator[None]:
        """Listen now, and not again inside the block: for a request that only reads."""
        self.hear()
        token = _heard.set(True)
        try:
            yield
        finally:
            _heard.reset(token)

    def close(self) -> None:
        """Forget everything and give the connection back."""
        with self.lock:
            if self._connection is not None and self._pid == os.getpid():
                self._connection.close()
            self._connection = None
            self._forget()

    def _connected(self) -> bool:
        """True when the connection of this process was there already; else makes one."""
        known = self._connection
        if known is not None and self._pid == os.getpid() and known.pgconn.status == ConnStatus.OK:
            return True
        self._connect()
        return False

    def _connect(self) -> None:
        from tenants.running.connections import direct_params

        params = {**direct_params("listening"), "autocommit": True, "connect_timeout": 5}
        params |= {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 2, "tcp_user_timeout": 5000}
        self._connection = psycopg.connect(**params)
        for channel in self._on_news:
            self._connection.execute(f"LISTEN {channel}")
        self._pid = os.getpid()

    def _forget(self) -> None:
        for lost in self._on_loss:
            lost()


listener = Listener()
