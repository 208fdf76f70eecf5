"""A server that speaks LibreTranslate's and DeepL's protocols over real HTTP; its translation is predictable.

It can be told to misbehave: `server.misbehave = "quota" | "busy" | "down" | "hang" | "few" | "html" | "huge" | "junk"`.
"""

import json
import re
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "geheim-4711"
HOSTILE = (
    '<p onclick="x()">böse<script>alert(1)</script><a href="javascript:alert(1)">a</a>'
    '<a href="https://phishing.example/">b</a><img src=x onerror=alert(1)><iframe src="//x"></iframe></p>'
)


def fake(text: str, target: str) -> str:
    """Each word with the language before it, tags left alone."""
    return re.sub(r"(<[^>]*>)|([^<>\s]+)", lambda found: found[1] or f"{target.lower()[:2]}·{found[2]}", text)


class TranslationServer(ThreadingHTTPServer):
    """Counts what it is asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.misbehave = ""
        self.before_answering: Callable[[], None] = lambda: None
        self.requests: list[tuple[str, dict[str, Any]]] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: TranslationServer

    def log_message(self, *args: Any) -> None:
        """Quiet."""

    def _answer(self, status: int, body: Any) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _trouble(self) -> bool:
        kind, deepl = self.server.misbehave, self.path.startswith("/v2/")
        if kind == "busy once":
            self.server.misbehave = ""
            self._answer(429, {"message": "Too many requests"})
        elif kind == "hang":
            time.sleep(2)
            self._answer(200, {})
        elif kind in {"quota", "busy", "down"}:
            status = {"quota": 456 if deepl else 403, "busy": 429, "down": 503}[kind]
            self._answer(status, {"message": kind} if deepl else {"error": kind})
        elif kind == "junk":
            self._answer(200, b"<html>not json")
        elif kind == "huge":
            self._answer(200, b'"' + b"x" * 3_000_000 + b'"')
        else:
            return False
        return True

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((self.path, body))
        self.server.before_answering()
        if self._trouble():
            return
        deepl = self.path == "/v2/translate"
        authorised = self.headers.get("Authorization") == f"DeepL-Auth-Key {KEY}" if deepl else body["api_key"] == KEY
        if self.path not in {"/v2/translate", "/translate"} or not authorised:
            self._answer(403, {"message": "Invalid key", "error": "Invalid API key"})
            return
        texts = body["text"] if deepl else body["q"]
        target = body["target_lang"] if deepl else body["target"]
        done = [HOSTILE if self.server.misbehave == "html" else fake(text, target) for text in texts]
        if self.server.misbehave == "few":
            done = done[:-1]
        self._answer(200, {"translations": [{"text": text} for text in done]} if deepl else {"translatedText": done})
