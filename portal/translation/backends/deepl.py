"""DeepL, version 2 of its interface."""

import time
from typing import Any

from core.outgoing import Outgoing
from portal.translation.backends.service import BackendError, Service, Trouble

# Where DeepL wants to know which variety.
VARIETIES = {"en": "EN-GB"}
WAIT_SECONDS = 1.0


class DeepL(Service):
    """At most 50 texts and 128 KiB in one request."""

    def _ask(self, outgoing: Outgoing, texts: list[str], *, source: str, target: str, format: str) -> list[Any]:
        body: dict[str, Any] = {
            "text": texts,
            "source_lang": source.upper(),
            "target_lang": VARIETIES.get(target, target.upper()),
        }
        if format == "html":
            body["tag_handling"] = "html"
        answer = self._patiently(outgoing, body)
        found = answer.get("translations") if isinstance(answer, dict) else None
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise BackendError(Trouble.NONSENSE, "no list of texts")
        return [each.get("text") for each in found]

    def _patiently(self, outgoing: Outgoing, body: dict[str, Any]) -> Any:
        """Once more after a moment where DeepL says that it is asked too often."""
        headers = {"Authorization": f"DeepL-Auth-Key {self.key}"}
        try:
            return self._post(outgoing, "/v2/translate", body, headers)
        except BackendError as error:
            if error.trouble != Trouble.BUSY:
                raise
        time.sleep(WAIT_SECONDS)
        return self._post(outgoing, "/v2/translate", body, headers)
