"""What all translation services have in common: how they are reached, and how their trouble is told."""

import ipaddress
import socket
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings

TIMEOUT = httpx.Timeout(20, connect=5)
LARGEST_ANSWER = 2 * 2**20


class Trouble(StrEnum):
    """Why there is no translation; the page has a sentence for each."""

    BUDGET = "budget"
    QUOTA = "quota"
    BUSY = "busy"
    REFUSED = "refused"
    DOWN = "down"
    NONSENSE = "nonsense"


class BackendError(Exception):
    """The service did not translate."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble}: {detail}"[:300])
        self.trouble = trouble


class Service(ABC):
    """A service at an address, with the municipality's key."""

    most_texts = 50
    most_characters = 30_000

    def __init__(self, endpoint: str, key: str) -> None:
        self.endpoint = endpoint.rstrip("/")
        self.key = key

    @abstractmethod
    def _ask(self, client: httpx.Client, texts: list[str], *, source: str, target: str, format: str) -> list[Any]:
        """One request for some texts."""

    def translate(self, texts: Sequence[str], *, source: str, target: str, format: str) -> list[str]:
        """As many texts, in their order. BackendError where that cannot be had."""
        check_address(self.endpoint)
        done: list[str] = []
        with httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client:
            for part in self._parts(texts):
                answers = self._ask(client, part, source=source, target=target, format=format)
                if len(answers) != len(part) or not all(isinstance(answer, str) for answer in answers):
                    raise BackendError(Trouble.NONSENSE, "another number of texts came back")
                done += answers
        return done

    def _parts(self, texts: Sequence[str]) -> Iterator[list[str]]:
        part: list[str] = []
        for text in texts:
            full = len(part) >= self.most_texts or sum(map(len, part)) + len(text) > self.most_characters
            if part and full:
                yield part
                part = []
            part.append(text)
        if part:
            yield part

    def _post(self, client: httpx.Client, path: str, body: dict[str, Any], headers: dict[str, str]) -> Any:
        """The JSON of the answer; everything else is a BackendError."""
        try:
            with client.stream("POST", self.endpoint + path, json=body, headers=headers) as answer:
                content = b""
                for piece in answer.iter_bytes():
                    content += piece
                    if len(content) > LARGEST_ANSWER:
                        raise BackendError(Trouble.NONSENSE, "the answer is too long")
                _check_status(answer.status_code)
                return httpx.Response(200, content=content).json()
        except httpx.HTTPError as error:
            raise BackendError(Trouble.DOWN, type(error).__name__) from error
        except ValueError as error:
            raise BackendError(Trouble.NONSENSE, "the answer is no JSON") from error


def _check_status(status: int) -> None:
    if status == 200:
        return
    troubles = {401: Trouble.REFUSED, 403: Trouble.REFUSED, 400: Trouble.REFUSED, 404: Trouble.REFUSED}
    troubles |= {429: Trouble.BUSY, 529: Trouble.BUSY, 456: Trouble.QUOTA, 413: Trouble.REFUSED}
    raise BackendError(troubles.get(status, Trouble.DOWN), f"status {status}")


def check_address(endpoint: str) -> None:
    """Refuse what an administrator of one municipality may not make the platform talk to.

    Public hosts by TLS; hosts inside the operator's network only where the operator named them
    (TRANSLATION_INTERNAL_HOSTS); in the demo anything on this machine.
    """
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    if host in settings.TRANSLATION_INTERNAL_HOSTS and parts.scheme in {"http", "https"}:
        return
    if parts.scheme != "https" or not host or parts.username:
        raise BackendError(Trouble.REFUSED, "the address must begin with https")
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise BackendError(Trouble.DOWN, "the host is unknown") from error
    if not all(ipaddress.ip_address(address).is_global for address in found):
        raise BackendError(Trouble.REFUSED, "the host is not a public one")
