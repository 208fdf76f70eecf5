"""Pages of a part that is off are not there, for whoever asks: also before anybody is sent to sign in."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from switches.asking import is_on
from switches.declared import names_of


class SwitchesMiddleware:
    """404 for the URL namespaces of switches that are off here. Pages of no switch cost nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Before any view runs, and before it is asked who may."""
        match = request.resolver_match
        if match is not None and not all(is_on(name) for name in names_of(match.app_names)):
            raise Http404
