"""A portal that is being set up: there for those who have an account in it, on its preview host, for nobody else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from tenants.models import State
from tenants.running.hosts import Site

# What signing in needs: its pages and the look, and the desk, which asks for it. Files of the content stay closed.
OPEN = ("/konto/", "/redaktion/", "/theme/", "/media/theme/")
ROBOTS = "/robots.txt"


class PreviewMiddleware:
    """Visitors learn that something is on its way and where editors sign in; search engines that there is nothing.

    No answer of such a portal is kept by anybody or listed by a search engine.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        site: Site | None = getattr(request, "municipality", None)
        if site is None or site.state != State.DRAFT:
            return self.get_response(request)
        answer = self._answer(request, site)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        answer["Cache-Control"] = "private, no-store"
        return answer

    def _answer(self, request: HttpRequest, site: Site) -> HttpResponse:
        if request.path == ROBOTS:
            return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")
        if request.path.startswith(OPEN) or request.user.is_authenticated:
            return self.get_response(request)
        return HttpResponse(render_to_string("404_preview.html", {"site": site}, request), status=404)
