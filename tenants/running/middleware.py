"""The host decides the municipality; the rest of the request runs inside it."""

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
    StreamingHttpResponse,
)
from django.template.loader import render_to_string

from tenants.models import State
from tenants.running import answers
from tenants.running.context import PUBLIC, inside, inside_public, stay_inside
from tenants.running.hosts import Site, site_of


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


# What a page looks like is served under every name: the page that says that a portal has moved is shown at the old one,
# and lets the browser load nothing from elsewhere.
LOOK = ("/theme/", "/media/theme/")
FILES = "/media/"


def is_preview(host: str) -> bool:
    """Whether portals that are being set up may be seen there."""
    return host.endswith(f".{settings.PREVIEW_DOMAIN}")


def _to_the_canonical(request: HttpRequest, site: Site) -> HttpResponse:
    """One name is the canonical one; the others lead there for good, with path, query and whatever was sent (308).

    Browsers keep that for five minutes only: which name is the canonical one may change.
    """
    path = "/" + request.get_full_path().lstrip("/\\")
    answer = HttpResponse(status=308)
    answer["Location"] = f"{settings.URL_SCHEME}://{site.primary_host}{settings.URL_PORT}{path}"
    answer["Cache-Control"] = "max-age=300"
    return answer


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
        return self._municipality(request, site, host)

    def _operator_side(self, request: HttpRequest) -> HttpResponseBase:
        request.municipality = None  # type: ignore[attr-defined]
        request.urlconf = settings.PUBLIC_SCHEMA_URLCONF
        with inside_public():
            return _streamed_inside(PUBLIC, self.get_response(request))

    def _municipality(self, request: HttpRequest, site: Site, host: str) -> HttpResponseBase:
        if site.state == State.ARCHIVED or (site.state == State.DRAFT and not is_preview(host)):
            return self._unknown()
        if host != site.primary_host and not request.path.startswith(LOOK):
            return _to_the_canonical(request, site)
        request.municipality = site  # type: ignore[attr-defined]
        if not request.path.startswith(FILES):
            answers.note(request.META, site.schema_name)
        with inside(site):
            return _streamed_inside(site.schema_name, self.get_response(request))

    @staticmethod
    def _unknown() -> HttpResponse:
        return HttpResponseNotFound(render_to_string("404_unknown_host.html"))
