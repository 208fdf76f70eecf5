"""Mail servers of every temper, spoken to over real sockets."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class Inbox:
    """Takes mails, or answers as it was told: `refusals` has the answers of RCPT by the beginning of the address."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.senders: list[str] = []
        self.connections = 0
        self.sender_answer = self.data_answer = "250 OK"
        self.refusals: dict[str, str] = {"nobody": "550 no such mailbox"}
        self.hangs_up = False

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.sender_answer.startswith("250"):
            envelope.mail_from = address
        return self.sender_answer

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.hangs_up:
            server.transport.abort()
            return "421 bye"
        for beginning, answer in self.refusals.items():
            if address.startswith(beginning):
                return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.data_answer.startswith("250"):
            self.letters.append(envelope.content.decode())
            self.senders.append(envelope.mail_from)
        return self.data_answer


def free_port() -> int:
    """A port where nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def smtp_server(settings, port: int | None = None) -> Iterator[Inbox]:
    """A running server that the settings lead to."""
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    try:
        yield inbox
    finally:
        controller.stop()
