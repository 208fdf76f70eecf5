"""Enforces what the views declare with `core.access.allow`, and what browsers may do with a page."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.access import PUBLIC_ROLES, TENANT_ROLES, Role, may_enter
from core.gates import held_up
from core.refilling import refilled
from core.typed import Typed, done, fills_itself, keep, kept_for, say_so


def _possible(request: HttpRequest) -> frozenset[Role]:
    """Operators exist on the operator's side only, the others in municipalities only, whatever a table says."""
    return PUBLIC_ROLES if getattr(request, "municipality", None) is None else TENANT_ROLES


def roles_of(request: HttpRequest) -> frozenset[str]:
    """The roles the request's user holds at this host; a visitor holds none. Found out once a request and person."""
    user: Any = request.user
    if not user.is_authenticated:
        return frozenset()
    known: tuple[Any, frozenset[str]] | None = getattr(request, "held_roles", None)
    if known is None or known[0] != user.pk:
        known = user.pk, frozenset({Role.SIGNED_IN, *(user.held_roles & _possible(request))})
        request.held_roles = known  # type: ignore[attr-defined]  # ours, for this request
    return known[1]


def granted_roles_of(request: HttpRequest) -> frozenset[str]:
    """Those among them that ask no further table: enough to let most people in."""
    user: Any = request.user
    if not user.is_authenticated:
        return frozenset()
    return frozenset({Role.SIGNED_IN, *(user.granted_roles & _possible(request))})


class OwnDomainMiddleware:
    """Around Django's SecurityMiddleware, which tells browsers to come back over https only: says so of subdomains too,
    on our own domain alone and where the operator wants it.

    A municipality lends us one host name. What else it runs below that name, and whether its domain goes on the
    browsers' built-in lists (preload), which nobody gets off again for months, is not ours to decide.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        name = "Strict-Transport-Security"
        if name in answer and settings.HSTS_OWN_DOMAIN and _is_own_domain(request):
            answer[name] = f"{answer[name]}; {settings.HSTS_OWN_DOMAIN}"
        return answer


def _is_own_domain(request: HttpRequest) -> bool:
    try:
        host = request.get_host().lower()
    except DisallowedHost:
        return False
    return host.rsplit(":", 1)[0].rstrip(".") == settings.BASE_DOMAIN


class PermissionsPolicyMiddleware:
    """Tells browsers that only our own pages may ask where somebody is, and no page for anything else of the device."""

    POLICY = "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.POLICY)
        return response


class AccessMiddleware:
    """Closed by default: no declaration, no entry. Visitors are asked to sign in, strangers see a 404, never a 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if getattr(request, "asks_who", False):
            if request.method == "POST" and answer.status_code < 400:
                done(request)
            typed: Typed | None = getattr(request, "typed_before", None)
            if typed is not None and answer.status_code == 200 and not answer.streaming:
                _put_back(answer, typed)
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if may_enter(view, ()):
            # Public pages must not even look at the session: no cookie, no query, cacheable.
            return None
        if may_enter(view, granted_roles_of(request)) or may_enter(view, roles_of(request)):
            held = self._held_up(request, view)
            if held is None:
                self._let_in(request, view)
            return held
        if request.user.is_authenticated:
            raise Http404
        return self._asked_to_sign_in(request)

    def _asked_to_sign_in(self, request: HttpRequest) -> HttpResponse:
        answer = redirect_to_login(keep(request) or request.get_full_path(), resolve_url(settings.LOGIN_URL))
        if _asks_for_itself(request):
            # A page that looks how far something is would put the page of signing in where the answer should stand.
            led = HttpResponse()
            led["HX-Redirect"] = answer.url
            return led
        return answer

    def _held_up(self, request: HttpRequest, view: Callable[..., HttpResponse]) -> HttpResponse | None:
        """Who must do something else first is led there, and back again."""
        address = held_up(request, view)
        if address is None:
            return None
        return redirect_to_login(keep(request) or request.get_full_path(), address)

    def _let_in(self, request: HttpRequest, view: Callable[..., HttpResponse]) -> None:
        """Forms of the page carry the mark; one that was typed before is put back into it."""
        request.asks_who = True  # type: ignore[attr-defined]  # ours, for this request
        typed = kept_for(request)
        if typed is not None and not fills_itself(view, typed):
            say_so(request)
            request.typed_before = typed  # type: ignore[attr-defined]  # as above


def _asks_for_itself(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page that it is on: nothing that somebody typed goes with it."""
    here = urlsplit(request.headers.get("HX-Current-URL", "")).path
    return request.method == "GET" and request.headers.get("HX-Request") == "true" and here == request.path


def _put_back(answer: HttpResponse, typed: Typed) -> None:
    """What found no field any more stands at the top: somebody else may have removed what it was about."""
    if not answer.get("Content-Type", "").startswith("text/html"):
        return
    html, left = refilled(answer.content.decode(), typed)
    if left:
        title = _("This found no place any more. You can copy it here:")
        note = render_to_string("components/alert.html", {"kind": "warning", "title": title, "items": left})
        before, main, after = html.partition("<main")
        html = f'{before}<div class="wrap">{note}</div>{main}{after}'
    answer.content = html.encode()
