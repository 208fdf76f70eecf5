"""How a process hears what others changed: PostgreSQL's LISTEN and NOTIFY, listened to once a request.

Triggers notify in the transaction of a change. `hear()` exchanges one empty message with the server on the process's
listening connection: whatever was committed before is delivered before the answer (about 0.03 ms beside the database;
`make bench`). So what a process remembers is never older than the request it answers. What a page's request remembers
is as of its beginning (`once`): a page asks for a dozen remembered things.

Deaf is what a process must never be, for it would go on answering from memory. So a connection becomes the listening
one only when the server has confirmed every channel and everything remembered until then was thrown away after that,
in this order: what changes in between is either notified or read anew. Anything but the expected answer to a message,
or none in time, ends that connection; `hear()` then makes another one or raises, and nobody answers from memory.
"""

import os
import select
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import psycopg
from psycopg import sql
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGconn

from tenants.running.connections import direct_params

Heard = Callable[[str], None]
Lost = Callable[[], None]
Link = psycopg.Connection[tuple[object, ...]]
_heard: ContextVar[bool] = ContextVar("heard", default=False)
# Seconds a server beside us may take for an answer. A line that is cut somewhere in between tells nobody: without a
# limit every thread of the process would wait for it.
PATIENCE = 5
_GOOD = frozenset({ExecStatus.EMPTY_QUERY, ExecStatus.COMMAND_OK})


class Listener:
    """The one listening connection of this process, and who wants to know."""

    def __init__(self) -> None:
        self._on_news: dict[str, Heard] = {}
        self._on_loss: list[Lost] = []
        self._connection: Link | None = None
        self._pid = 0
        self._failures = 0
        self.lock = threading.RLock()

    def subscribe(self, channel: str, heard: Heard, lost: Lost) -> None:
        """`heard` gets the payload of each notification; `lost` is called when some may have been missed.

        Both run under `lock`.
        """
        with self.lock:
            self._on_news[channel] = heard
            self._on_loss.append(lost)
            # The next one listens to this channel too.
            self._drop()

    def hear(self) -> None:
        """Pass on every change that was committed before this call, or before the first one inside `once`.

        Raises psycopg.OperationalError where that cannot be known: what is remembered may be old then.
        """
        if _heard.get():
            return
        failures = self._failures
        with self.lock:
            if self._connected():
                self._catch_up()
            if self._connection is None:
                if failures != self._failures:
                    # Somebody tried while we waited for our turn: do not let a queue of threads wait one by one.
                    raise psycopg.OperationalError("The server of the listening connection does not answer.")
                self._connect()

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
            self._drop()
            self._forget()

    def _connected(self) -> bool:
        """Whether this process has a listening connection; one of the process it was forked from is not its own."""
        if self._connection is not None and self._pid != os.getpid():
            self._connection = None
        return self._connection is not None

    def _catch_up(self) -> None:
        """Ask the server and pass on what it says. Whatever goes wrong: this connection is none from then on."""
        assert self._connection is not None
        link = self._connection.pgconn
        try:
            answered = _exchange(link)
            while (news := link.notifies()) is not None:
                self._on_news[news.relname.decode()](news.extra.decode())
        except psycopg.Error:
            self._drop()
        except BaseException:
            # A notification was taken from the line and perhaps not understood.
            self._drop()
            raise
        else:
            if not answered:
                self._drop()

    def _connect(self) -> None:
        try:
            fresh = _listening(list(self._on_news))
        except psycopg.Error as error:
            self._failures += 1
            # Without the error's own kind: whatever it is, the page of a database out of service is the right answer.
            raise psycopg.OperationalError(f"No connection to listen on: {error}") from error
        # The order matters: see above.
        self._forget()
        self._connection, self._pid = fresh, os.getpid()

    def _drop(self) -> None:
        gone, self._connection = self._connection, None
        if gone is not None and self._pid == os.getpid():
            gone.close()

    def _forget(self) -> None:
        for lost in self._on_loss:
            lost()


def _listening(channels: list[str]) -> Link:
    """A new connection on which the server has confirmed all channels; none is left behind where it did not."""
    params = {**direct_params("listening"), "autocommit": True, "connect_timeout": PATIENCE}
    params |= {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 2}
    params |= {"tcp_user_timeout": PATIENCE * 1000}
    fresh: Link = psycopg.connect(**params)
    try:
        _listen_to(channels, fresh)
    except BaseException:
        fresh.close()
        raise
    return fresh


def _listen_to(channels: list[str], link: Link) -> None:
    # One message, hence one transaction: all of them or none.
    wanted = sql.SQL("; ").join(sql.SQL("LISTEN {}").format(sql.Identifier(channel)) for channel in channels)
    if not _exchange(link.pgconn, wanted.as_bytes(link)):
        reason = link.pgconn.error_message.decode(errors="replace").strip()
        raise psycopg.OperationalError(reason or "no answer in time")


def _exchange(link: PGconn, message: bytes = b"") -> bool:
    """Send a message and wait for its whole answer. False when it is no success, or does not come in time.

    libpq's own PQexec waits for ever, as long as somebody's network says that our message has arrived.
    """
    link.send_query(message)
    if not _arrived(link, time.monotonic() + PATIENCE):
        return False
    answers = []
    while (result := link.get_result()) is not None:
        answers.append(result.status)
        if not _arrived(link, time.monotonic() + PATIENCE):
            return False
    return bool(answers) and _GOOD.issuperset(answers) and link.status == ConnStatus.OK


def _arrived(link: PGconn, until: float) -> bool:
    """Wait until `get_result` would not block; False when that takes too long."""
    if not link.is_busy():
        return True
    waiting = select.poll()
    waiting.register(link.socket, select.POLLIN)
    while link.is_busy():
        if not waiting.poll(max(0.0, until - time.monotonic()) * 1000):
            return False
        link.consume_input()
    return True


listener = Listener()


def hears_changes() -> bool:
    """A part of /readyz: whether this process learns of changes. False: its pages are 503 for the moment."""
    try:
        listener.hear()
    except psycopg.OperationalError:
        return False
    return True
