"""What allauth takes for a session of the library `requests`, and is our own way out of the house (core.outgoing)."""

import json
from base64 import b64encode
from collections.abc import Mapping
from types import TracebackType
from typing import Any
from urllib.parse import quote, urlencode

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings

from core.outgoing import Answer, Limits, Outgoing, OutgoingError

LIMITS = Limits(connect=4.0, read=6.0, total=12.0, most_bytes=512 * 1024)


class Response:
    """As much of a `requests.Response` as allauth looks at."""

    def __init__(self, answer: Answer) -> None:
        self.status_code = answer.status
        self.headers = answer.headers
        self.content = answer.content

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")

    def json(self) -> Any:
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError) as error:
            raise OAuth2Error("The service answered with something that is no JSON.") from error

    def raise_for_status(self) -> None:
        if not 200 <= self.status_code < 300:
            raise OAuth2Error(f"The service answered with {self.status_code}.")


class Session:
    """As much of a `requests.Session` as allauth uses. Whatever goes wrong is an OAuth2Error, which allauth expects."""

    def __init__(self) -> None:
        self._outgoing = Outgoing(LIMITS, internal_hosts=settings.SIGN_IN_INTERNAL_HOSTS)

    def __enter__(self) -> "Session":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._outgoing.__exit__(kind, error, trace)

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        return self.request("GET", url, headers=headers)

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: Any = None,
    ) -> Response:
        sent = {"Accept": "application/json", **(headers or {})}
        if auth is not None:
            # RFC 6749, 2.3.1: both parts are encoded before they are joined.
            pair = f"{quote(auth.username, safe='')}:{quote(auth.password, safe='')}"
            sent["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
        address = f"{url}?{urlencode(params)}" if params else url
        try:
            return Response(self._outgoing.ask(method, address, headers=sent, form=data))
        except OutgoingError as error:
            raise OAuth2Error(f"The service cannot be asked: {error}") from error
