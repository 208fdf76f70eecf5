"""A page for refusals that have none: Django answers “405 Method Not Allowed” with an empty body, and a sign that no
text can hold with a fault."""

from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

REFUSALS = frozenset({400, 405})


class RefusalPageMiddleware:
    """Puts a page into empty refusals, whoever made them; status and headers (`Allow`) stay as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """No text of the database can hold a NUL: whoever sends one where nothing has looked at it asked wrongly."""
        return HttpResponse(status=400) if isinstance(exception, DataError) and "NUL" in str(exception) else None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code not in REFUSALS or request.method == "HEAD" or response.streaming or response.content:
            return response
        response.content = render_to_string("theming/refused.html", {}, request).encode()
        response["Content-Type"] = "text/html; charset=utf-8"
        return response
