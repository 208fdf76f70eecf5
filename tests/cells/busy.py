"""What else goes on in a municipality while it moves: pictures are sent, mails and messages leave, by the workers of
both cells."""

import asyncio
import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from random import Random
from typing import Any

import httpx
from aiosmtpd.controller import Controller
from django.conf import settings
from PIL import Image

from tests.caddy import free_port
from tests.cells.two_cells import QUIET, TwoCells
from tests.tracker.channels.test_webhooks import Receiver

LIBRARY = "/redaktion/medien/neu/"
# As a browser has it that was shown a form: what Django compares are the two.
_FORGERY = "f" * 32
_WORK = """
import django; django.setup()
from django.core.management import call_command
from django.test.utils import override_settings
override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend").enable()
call_command("work", concurrency=2)
"""


class SlowPostOffice:
    """Takes every mail, after a while."""

    SECONDS = 0.4

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.SECONDS)
        self.taken.update(envelope.rcpt_tos)
        return "250 OK"


@contextmanager
def post_office() -> Iterator[tuple[SlowPostOffice, int]]:
    office, port = SlowPostOffice(), free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield office, port
    finally:
        controller.stop()


@contextmanager
def hook_receiver() -> Iterator[Receiver]:
    server = Receiver()
    try:
        yield server
    finally:
        server.close()


def published(receiver: Receiver) -> Counter[int]:
    """How often it was told of each offer that it became public."""
    told = [json.loads(body) for body in receiver.bodies]
    return Counter(each["data"]["offer"]["id"] for each in told if each["type"] == "offer.published")


@contextmanager
def working(cells: TwoCells, smtp_port: int) -> Iterator[None]:
    """A worker in each cell."""
    more = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(smtp_port), "LINK_INTERNAL_HOSTS": "127.0.0.2"}
    command = [sys.executable, "-c", _WORK]
    every = [
        subprocess.Popen(command, env=cells.environment(cell, **more), cwd=settings.BASE_DIR, **QUIET)
        for cell in cells.urls
    ]
    try:
        yield
        assert [worker.poll() for worker in every] == [None, None]
    finally:
        for worker in every:
            worker.kill()
            worker.wait()


def picture(number: int) -> bytes:
    """One unlike any other, of some hundred kilobytes."""
    out = BytesIO()
    Image.frombytes("RGB", (300, 200), Random(number).randbytes(300 * 200 * 3)).save(out, "PNG")
    return out.getvalue()


@dataclass
class Sender:
    """An editor who sends one picture after the other and presses the button again until it is there."""

    browser: httpx.Client
    done: list[str] = field(default_factory=list)
    refused: int = 0
    errors: list[str] = field(default_factory=list)

    @classmethod
    def behind(cls, cells: TwoCells, host: str, session: str) -> "Sender":
        cookies = f"sessionid={session}; csrftoken={_FORGERY}"
        given = {"Cookie": cookies, "X-CSRFToken": _FORGERY, "Origin": f"https://{host}"}
        return cls(cells.visitor(host, **given))

    @contextmanager
    def sending(self) -> Iterator[None]:
        ends = threading.Event()
        thread = threading.Thread(target=self._send_all, args=(ends,))
        thread.start()
        try:
            yield
        finally:
            ends.set()
            thread.join()

    def _send_all(self, ends: threading.Event) -> None:
        number = 0
        while not ends.wait(0.05):
            name = f"Bild {number}"
            if self._pressed(name, picture(number)):
                self.done.append(name)
                number += 1

    def _pressed(self, name: str, content: bytes) -> bool:
        given: dict[str, Any] = {
            "data": {"alt_text": name, "copyright": "Foto: M"},
            "files": {"upload": ("bild.png", content, "image/png")},
        }
        try:
            answer = self.browser.post(LIBRARY, **given)
        except httpx.RemoteProtocolError:
            # A proxy that reads its map anew closes connections that rest, one perhaps on which we just asked: whatever
            # browser it is asks again on a fresh one.
            answer = self.browser.post(LIBRARY, **given)
        return self._told(answer)

    def _told(self, answer: httpx.Response) -> bool:
        """Whether it is there. All else but the announced refusal is an error."""
        if answer.status_code == 503 and answer.headers.get("Retry-After"):
            self.refused += 1
        elif answer.status_code != 302 or not answer.headers["location"].startswith("/redaktion/medien/"):
            self.errors.append(f"{answer.status_code} {answer.text[:300]}")
        return answer.status_code == 302

    def begin(self, name: str, content: bytes) -> "Slowly":
        """The first half of a picture, from a slow telephone."""
        return Slowly(self, name, content)


class Slowly:
    """A picture of which the second half comes when it is told to."""

    def __init__(self, sender: Sender, name: str, content: bytes) -> None:
        self.goes_on, self.answers = threading.Event(), list[httpx.Response]()
        form = httpx.Request(
            "POST", "http://x/", data={"alt_text": name, "copyright": "Foto: M"},
            files={"upload": ("bild.png", content, "image/png")},
        )  # fmt: skip
        self._body, self._kind = form.read(), form.headers["Content-Type"]
        self._sender = sender
        self._thread = threading.Thread(target=self._send)
        self._thread.start()

    def _halves(self) -> Iterator[bytes]:
        half = len(self._body) // 2
        yield self._body[:half]
        self.goes_on.wait(300)
        yield self._body[half:]

    def _send(self) -> None:
        said = {"Content-Type": self._kind, "Content-Length": str(len(self._body))}
        self.answers.append(self._sender.browser.post(LIBRARY, content=self._halves(), headers=said))

    def end(self) -> bool:
        """Send the rest; whether the picture is there."""
        self.goes_on.set()
        self._thread.join()
        return self._sender._told(self.answers[0])
