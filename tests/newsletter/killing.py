"""A real mail server that kills the real worker where it hurts, and counts who got how many mails."""

import os
import signal
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.controller import Controller
from django.conf import settings

from tests import children
from tests.mail.servers import Inbox, free_port


class Killing(Inbox):
    """Counts who got how many mails, and kills the worker where it hurts: `at` has after how many mails, and what
    the worker does then: it has named to whom the next one goes ("before"), or waits for the answer to all of one
    ("after")."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived: Counter[str] = Counter()
        self.at: tuple[int, str] | None = None
        self.worker: subprocess.Popen[bytes] | None = None

    def _kill(self, moment: str) -> None:
        if self.at is not None and self.arrived.total() >= self.at[0] and self.at[1] == moment:
            self.at = None
            assert self.worker is not None
            os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.wait()

    async def handle_RCPT(self, server, session, envelope, address, options):
        self._kill("before")
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server, session, envelope):
        # The text and its last dot are here: it is the server's from now on, whether its answer finds anybody or not.
        self.arrived.update(envelope.rcpt_tos)
        self._kill("after")
        return "250 OK"


@contextmanager
def mail_server():
    inbox = Killing()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield inbox, controller.port
    finally:
        controller.stop()


def worker_for(port):
    """The worker as it runs in production, with that mail server."""
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "settings.EMAIL_BACKEND = 'django.core.mail.backends.smtp.EmailBackend'\n"
        "from django.core.management import call_command\n"
        "call_command('work')\n"
    )
    where = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port)}
    with (Path(settings.DATA_DIR) / "worker.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-c", code], cwd=Path(settings.BASE_DIR), env=children.environment(**where), stdout=log,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
