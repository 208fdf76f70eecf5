"""The host decides the municipality; the rest of the request runs inside it, unless the municipality is suspended."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotFound,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.template.loader import render_to_string

from tenants import looking
from tenants.context import PUBLIC, inside, inside_public, stay_inside
from tenants.hosts import Site, site_of
from tenants.models import State


def host_of(request: HttpRequest) -> str:
    """The host name the browser asked for, lower case and without port."""
    name = request.get_host().rsplit("@", 1)[-1].lower()
    return name.rsplit(":", 1)[0].rstrip(".") if not name.startswith("[") else name


def _streamed_inside(schema_name: str, response: HttpResponseBase) -> HttpResponseBase:
    """A streamed body is made after the middleware has left; a plain file needs nobody inside."""
    is_file = getattr(response, "file_to_stream", None) is not None
    if isinstance(response, StreamingHttpResponse) and not response.is_async and not is_file:
        response.streaming_content = stay_inside(schema_name, cast("Iterator[bytes]", response.streaming_content))
    return response


class MunicipalityMiddleware:
    """Enters the municipality of the host, or the operator's side, or answers 404 without naming anybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        # Forms and their querysets are made when the URL maps are imported: do that outside of any municipality.
        import_module(settings.ROOT_URLCONF)
        import_module(settings.PUBLIC_SCHEMA_URLCONF)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            host = host_of(request)
        except DisallowedHost:
            return self._unknown()
        if host == settings.BASE_DOMAIN:
            return self._operator_side(request)
        site = site_of(host)
        if site is None:
            return self._unknown()
        return self._municipality(request, site)

    def _operator_side(self, request: HttpRequest) -> HttpResponseBase:
        request.municipality = None  # type: ignore[attr-defined]
        request.urlconf = settings.PUBLIC_SCHEMA_URLCONF
        with inside_public():
            return _streamed_inside(PUBLIC, self.get_response(request))

    def _municipality(self, request: HttpRequest, site: Site) -> HttpResponseBase:
        if site.state in {State.DRAFT, State.ARCHIVED}:
            return self._unknown()
        request.municipality = site  # type: ignore[attr-defined]
        with inside(site):
            return _streamed_inside(site.schema_name, self.get_response(request))

    @staticmethod
    def _unknown() -> HttpResponse:
        return HttpResponseNotFound(render_to_string("404_unknown_host.html"))


# When browsers and search engines may ask again, in seconds.
RETRY_AFTER = 3600
# What the page itself needs: the municipality's colours and logo. Files of its content stay closed.
LOOK = ("/theme/", "/media/theme/")
# Programs that fetch these want no HTML, and some would take the page for content.
FOR_PROGRAMS = (".ics", ".txt", ".xml", ".json", ".csv", ".xlsx", ".png", ".svg", ".webp")


class SuspensionMiddleware:
    """Says in the look and language of the municipality why there is nothing to see; operators may look all the same.

    Comes last before the views, so that the page is made like any other, but sets no cookie and is kept by nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        site: Site | None = getattr(request, "municipality", None)
        if site is None or site.state != State.SUSPENDED or request.path.startswith(LOOK):
            return self.get_response(request)
        if looking.PARAMETER in request.GET:
            return self._let_in(request, site)
        if looking.may_look(request.COOKIES.get(looking.COOKIE, ""), site.schema_name):
            answer = self.get_response(request)
            answer["Cache-Control"] = "private, no-store"
            return answer
        return self._closed(request, site)

    @staticmethod
    def _let_in(request: HttpRequest, site: Site) -> HttpResponse:
        """From the operator's link to the start page, without the key in the address."""
        answer = HttpResponseRedirect("/")
        pass_ = looking.exchange(request.GET[looking.PARAMETER], site.schema_name)
        if pass_:
            answer.set_cookie(
                looking.COOKIE, pass_, looking.PASS_SECONDS, secure=settings.HTTPS, httponly=True, samesite="Lax"
            )
        answer["Cache-Control"] = "no-store"
        return answer

    @staticmethod
    def _closed(request: HttpRequest, site: Site) -> HttpResponse:
        if request.path.endswith(FOR_PROGRAMS):
            answer = HttpResponse(site.state_reason, content_type="text/plain; charset=utf-8", status=503)
        else:
            answer = HttpResponse(render_to_string("503.html", {"site": site}, request), status=503)
        # An answer that is as it should be: it must not fill the log with errors.
        answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
        answer["Retry-After"] = str(RETRY_AFTER)
        answer["Cache-Control"] = "no-store"
        return answer
