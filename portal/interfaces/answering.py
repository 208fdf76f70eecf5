"""How the interface answers: JSON for everybody from anywhere, errors as RFC 9457 has them, no cookie, a fair limit."""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from rest_framework import exceptions
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from portal.interfaces.asking import AskedWronglyError
from portal.interfaces.licences import licence_link
from portal.interfaces.limits import seconds_to_wait
from portal.tokens.bearing import ScopeError, TokenError
from theming.head import site_url

PROBLEM = "application/problem+json"
# Any page may read it, and none with the cookies of its visitor.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
}
PREFLIGHT = {
    **CORS,
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
encode: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def json_answer(body: Any, *, status: int = 200, kind: str = "application/json") -> HttpResponse:
    """An answer for programs. Lone halves of letters, which no text of ours has but an address may, become signs."""
    return HttpResponse(encode(body).encode("utf-8", "replace"), status=status, content_type=kind)


def problem(status: int, title: str, detail: str = "", **more: Any) -> HttpResponse:
    """What went wrong, for programs and those who write them."""
    body = {"type": "about:blank", "title": title, "status": status, **({"detail": detail} if detail else {}), **more}
    answer = json_answer(body, status=status, kind=PROBLEM)
    answer["Cache-Control"] = "no-store"
    return answer


class _Anything(BaseContentNegotiation):
    """There is JSON and nothing else, whatever somebody accepts."""

    def select_parser(self, request: Any, parsers: Any) -> None:
        return None

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


def _titles() -> Mapping[int, str]:
    return {
        400: _("The request cannot be understood"),
        401: _("This token opens nothing"),
        403: _("Not allowed"),
        404: _("There is no such thing"),
        405: _("This address cannot be asked in this way"),
        409: _("It contradicts what is there"),
        410: _("It is no longer public"),
        411: _("The length of the request is missing"),
        413: _("The request is too long"),
        415: _("The content is of another kind"),
        422: _("Something in it cannot be taken"),
        429: _("Too many requests"),
    }


class Reading(APIView):
    """A view of the interface: open to everybody, for reading."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    parser_classes = ()
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = _Anything
    http_method_names: tuple[str, ...] = ("get", "head", "options")

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if wait := seconds_to_wait(request):
            raise exceptions.Throttled(wait=wait)

    def perform_authentication(self, request: Any) -> None:
        """Nobody needs to be known, and no session is opened."""

    def options(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """What browsers ask before they let another site's script read."""
        return HttpResponse(status=204, headers=PREFLIGHT)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().finalize_response(request, response, *args, **kwargs)
        for name, value in CORS.items():
            answer.setdefault(name, value)
        if link := licence_link():
            answer.setdefault("Link", link)
        return answer

    def handle_exception(self, exc: Exception) -> HttpResponse:
        """Every refusal is a problem; what is a fault of ours goes its usual way."""
        if isinstance(exc, RefusedError):
            return exc.answer()
        if isinstance(exc, exceptions.MethodNotAllowed):
            answer = problem(405, _titles()[405])
            answer["Allow"] = ", ".join(name.upper() for name in self.http_method_names)
            return answer
        answer_of = next((make for kind, make in _REFUSALS if isinstance(exc, kind)), None)
        if answer_of is None:
            raise exc
        return answer_of(exc)


class RefusedError(Exception):
    """A request that is refused with this status, for a reason that can be said."""

    def __init__(self, status: int, detail: str = "", **more: Any) -> None:
        super().__init__(f"{status} {detail}")
        self.status, self.detail, self.more = status, detail, more

    def answer(self) -> HttpResponse:
        """The refusal as a problem."""
        return problem(self.status, _titles()[self.status], self.detail, **self.more)


def _throttled(exc: Any) -> HttpResponse:
    detail = _("Ask again in %(seconds)d seconds, and keep what you got: it has an ETag.")
    seconds = int(exc.wait or 1)
    answer = problem(429, _titles()[429], detail % {"seconds": seconds})
    answer["Retry-After"] = str(seconds)
    return answer


def refusal(request: Any, weight: int = 1) -> HttpResponse | None:
    """Why this network or program gets no file now; None where it does. For views that are no `Reading`."""
    try:
        wait = seconds_to_wait(request, weight)
    except TokenError:
        answer = unknown_token()
    else:
        if not wait:
            return None
        answer = _throttled(exceptions.Throttled(wait=wait))
    for name, value in CORS.items():
        answer[name] = value
    return answer


def open_file(view: Callable[..., Any]) -> Callable[..., Any]:
    """For views that are no `Reading`: they are read only, and browsers get the word they ask for before a script of
    another site may send If-None-Match."""

    @wraps(view)
    def answered(request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=PREFLIGHT)
        return view(request, *args, **kwargs)

    return require_http_methods(["GET", "HEAD", "OPTIONS"])(answered)


def unknown_token(_exc: Any = None) -> HttpResponse:
    """The same for every token that opens nothing here, whatever the reason."""
    detail = _("Send a token of this municipality that is still valid: “Authorization: Bearer cpt_…”.")
    answer = problem(401, _titles()[401], detail)
    answer["WWW-Authenticate"] = 'Bearer realm="api", error="invalid_token"'
    return answer


def _too_little(_exc: Any) -> HttpResponse:
    answer = problem(403, _titles()[403], _("This token may only read."))
    answer["WWW-Authenticate"] = 'Bearer realm="api", error="insufficient_scope", scope="write:offers"'
    return answer


_REFUSALS: tuple[tuple[type[Exception], Callable[[Any], HttpResponse]], ...] = (
    (AskedWronglyError, lambda exc: problem(400, _titles()[400], exc.detail, parameter=exc.parameter)),
    (TokenError, unknown_token),
    (ScopeError, _too_little),
    (Http404, lambda _exc: problem(404, _titles()[404])),
    (PermissionDenied, lambda exc: problem(403, _titles()[403], str(exc))),
    (exceptions.Throttled, _throttled),
)


def gone(detail: str) -> HttpResponse:
    """The answer for what was public once."""
    return problem(410, _titles()[410], detail)


def base_of(request: Any) -> str:
    """The address of the portal, for links in answers."""
    return site_url(request)
