"""Closes to a visitor what is not open to them (`support.opened`), and says so where the visit is over."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from core.access import Role, allowed_roles
from core.support import request_of_its_own, visiting_of
from support.opened import may_use

# Of these a visitor is one; what is for others alone is not there at all (core.middleware).
_LIKE_VISITORS = frozenset({Role.VISITOR, Role.SIGNED_IN, Role.EDITOR})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class SupportMiddleware:
    """After whoever finds out whom a request is meant for, before whoever asks what they may."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with request_of_its_own():
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        roles = allowed_roles(view)
        is_public = Role.VISITOR in roles
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or (is_public and request.method in _SAFE):
            # Public pages do not look at the session.
            return None
        visiting = visiting_of(request)
        if visiting is None:
            if getattr(request, "visit_over", False) and not is_public:
                return render(request, "support/over.html", status=403)
            return None
        match = request.resolver_match
        route = match.route if match is not None else ""
        if not roles & _LIKE_VISITORS or may_use(route, request.method, is_public=is_public, writes=visiting.writes):
            return None
        return render(request, "support/closed.html", {"visiting": visiting}, status=403)
