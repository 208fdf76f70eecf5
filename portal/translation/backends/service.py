"""What all translation services have in common: how they are reached, and how their trouble is told."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from django.conf import settings

from core.outgoing import Limits, Outgoing, OutgoingError, Reason

# A long page takes a service of one's own half a minute.
LIMITS = Limits(connect=5, read=20, total=40)


class Trouble(StrEnum):
    """Why there is no translation; the page has a sentence for each."""

    BUDGET = "budget"
    DAY = "day"
    NETWORK = "network"
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
    def _ask(self, outgoing: Outgoing, texts: list[str], *, source: str, target: str, format: str) -> list[Any]:
        """One request for some texts."""

    def translate(self, texts: Sequence[str], *, source: str, target: str, format: str) -> list[str]:
        """As many texts, in their order. BackendError where that cannot be had."""
        done: list[str] = []
        for part in self.parts(texts):
            done += self.ask(part, source=source, target=target, format=format)
        return done

    def ask(self, part: list[str], *, source: str, target: str, format: str) -> list[str]:
        """One request: the answers to one of `parts`. BackendError where they cannot be had."""
        hosts = settings.TRANSLATION_INTERNAL_HOSTS
        with Outgoing(LIMITS, internal_hosts=hosts) as outgoing:
            answers = self._ask(outgoing, part, source=source, target=target, format=format)
        if len(answers) != len(part) or not all(isinstance(answer, str) for answer in answers):
            raise BackendError(Trouble.NONSENSE, "another number of texts came back")
        return answers

    def parts(self, texts: Sequence[str]) -> Iterator[list[str]]:
        """The texts in their order, as many together as the service takes at once."""
        part: list[str] = []
        for text in texts:
            full = len(part) >= self.most_texts or sum(map(len, part)) + len(text) > self.most_characters
            if part and full:
                yield part
                part = []
            part.append(text)
        if part:
            yield part

    def _post(self, outgoing: Outgoing, path: str, body: dict[str, Any], headers: dict[str, str]) -> Any:
        """The JSON of the answer; everything else is a BackendError."""
        try:
            answer = outgoing.ask("POST", self.endpoint + path, headers=headers, body=body)
            _check_status(answer.status)
            return answer.json()
        except OutgoingError as error:
            raise BackendError(_TROUBLES.get(error.reason, Trouble.DOWN), str(error)) from error
        except ValueError as error:
            raise BackendError(Trouble.NONSENSE, "the answer is no JSON") from error


_TROUBLES = {
    Reason.REFUSED: Trouble.REFUSED,
    Reason.TOO_LARGE: Trouble.NONSENSE,
    Reason.WRONG_KIND: Trouble.NONSENSE,
}


def _check_status(status: int) -> None:
    if status == 200:
        return
    troubles = {401: Trouble.REFUSED, 403: Trouble.REFUSED, 400: Trouble.REFUSED, 404: Trouble.REFUSED}
    troubles |= {429: Trouble.BUSY, 529: Trouble.BUSY, 456: Trouble.QUOTA, 413: Trouble.REFUSED}
    raise BackendError(troubles.get(status, Trouble.DOWN), f"status {status}")
