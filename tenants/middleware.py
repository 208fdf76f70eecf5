"""The host decides the municipality; the rest of the request runs inside it."""

from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.template.loader import render_to_string

from tenants.context import inside, inside_public
from tenants.hosts import Site, site_of
from tenants.models import State


def host_of(request: HttpRequest) -> str:
    """The host name the browser asked for, lower case and without port."""
    name = request.get_host().rsplit("@", 1)[-1].lower()
    return name.rsplit(":", 1)[0].rstrip(".") if not name.startswith("[") else name


class MunicipalityMiddleware:
    """Enters the municipality of the host, or the operator's side, or answers 404 without naming anybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # Forms and their querysets are made when the URL maps are imported: do that outside of any municipality.
        import_module(settings.ROOT_URLCONF)
        import_module(settings.PUBLIC_SCHEMA_URLCONF)

    def __call__(self, request: HttpRequest) -> HttpResponse:
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

    def _operator_side(self, request: HttpRequest) -> HttpResponse:
        request.municipality = None  # type: ignore[attr-defined]
        request.urlconf = settings.PUBLIC_SCHEMA_URLCONF
        with inside_public():
            return self.get_response(request)

    def _municipality(self, request: HttpRequest, site: Site) -> HttpResponse:
        if site.state in {State.DRAFT, State.ARCHIVED}:
            return self._unknown()
        request.municipality = site  # type: ignore[attr-defined]
        with inside(site):
            if site.state == State.SUSPENDED:
                return HttpResponse(render_to_string("503.html", {"site": site}, request), status=503)
            return self.get_response(request)

    @staticmethod
    def _unknown() -> HttpResponse:
        return HttpResponseNotFound(render_to_string("404_unknown_host.html"))
