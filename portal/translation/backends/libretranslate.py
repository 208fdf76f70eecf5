"""LibreTranslate: POST /translate with a list of texts."""

from typing import Any

from core.outgoing import Outgoing
from portal.translation.backends.service import BackendError, Service, Trouble


class LibreTranslate(Service):
    """Its usual limits are small: servers refuse long requests."""

    most_texts = 25
    most_characters = 4_000

    def _ask(self, outgoing: Outgoing, texts: list[str], *, source: str, target: str, format: str) -> list[Any]:
        body: dict[str, Any] = {"q": texts, "source": source, "target": target, "format": format}
        if self.key:
            body["api_key"] = self.key
        answer = self._post(outgoing, "/translate", body, {})
        found = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(found, list):
            raise BackendError(Trouble.NONSENSE, "no list of texts")
        return found
