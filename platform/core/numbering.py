"""One number for each request and each job, in every line of the log it causes and in its answer, so that whoever calls
about an error and whoever reads the log speak of the same thing."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
TOLD_FROM = 400
# What the proxy in front of us may have numbered already.
_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
_number: ContextVar[str] = ContextVar("request_number", default="")


def current_number() -> str:
    """The number of the present request or job; empty outside of both."""
    return _number.get()


@contextmanager
def numbered(number: str) -> Iterator[None]:
    """All that happens inside belongs to this request or job."""
    token = _number.set(number)
    try:
        yield
    finally:
        _number.reset(token)


class RequestNumberMiddleware:
    """Numbers each request, with the number the proxy gave it where it gave one, and tells it where something is not as
    it should be: other answers are kept in memory and given to many."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        number = given if _GIVEN.fullmatch(given) else uuid4().hex
        with numbered(number):
            answer = self.get_response(request)
        if answer.status_code >= TOLD_FROM:
            answer[HEADER] = number
        return answer
