"""A request that only reads sees everything remembered as of its beginning, and asks for changes once."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tenants.running.listening import listener

READS = ("GET", "HEAD")


class HeardOnceMiddleware:
    """Comes before the host is looked up. A request that may write hears of its own changes too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in READS:
            return self.get_response(request)
        with listener.once():
            return self.get_response(request)
