"""Handing a mail to the mail server so that nobody gets it twice, wherever the process is killed.

A mail is the server's once the last dot has arrived; its answer comes later, and may find nobody. So a mail of a kind
that is sent `once` (`mail.kinds`) is written down as sent just before the dot: killed earlier, the server has nothing
and the mail goes again; killed later, the server has it. What the server answers is noted afterwards as always, a
refusal too. What stays are the microseconds between the note and the dot, and a server that hangs up instead of
answering: it gets the mail again, with the same Message-ID.
"""

import smtplib
import socket
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

# Seconds for the server to answer to the dot.
PATIENCE = 600
_DOT = b".\r\n"
_END = b"\r\n" + _DOT


class _Told:
    """Says when all of a mail but its last dot is on its way."""

    def __init__(self, before_the_dot: Callable[[], None], *args: Any, **kwargs: Any) -> None:
        self._before_the_dot = before_the_dot
        super().__init__(*args, **kwargs)

    def send(self, s: Any) -> None:
        """Commands are text; bytes with a dot at the end are a mail."""
        sender: Any = super()
        if not (isinstance(s, bytes) and s.endswith(_END)):
            sender.send(s)
            return
        sender.send(s[: -len(_DOT)])
        self._before_the_dot()
        ours: socket.socket = self.sock  # type: ignore[attr-defined]  # of smtplib.SMTP
        # Else the dot would wait until the server has confirmed what came before.
        ours.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # Whoever gives up early on a slow server sends it the mail twice (RFC 5321, 4.5.3.2.6).
        ours.settimeout(PATIENCE)
        sender.send(_DOT)


class _Plain(_Told, smtplib.SMTP):
    """Without encryption from the start on."""


class _Encrypted(_Told, smtplib.SMTP_SSL):
    """With it."""


class OnceBackend(EmailBackend):
    """Django's way to a mail server, and what is to be done before the last dot of a mail."""

    def __init__(self, before_the_dot: Callable[[], None]) -> None:
        super().__init__()
        self._before_the_dot = before_the_dot

    @property
    def connection_class(self) -> Any:
        return partial(_Encrypted if self.use_ssl else _Plain, self._before_the_dot)
