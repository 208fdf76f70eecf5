"""What visitors of a suspended municipality get: the reason; operators look at it all the same."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string

from tenants.lifecycle import operator_visits
from tenants.models import State
from tenants.running.closing import closed
from tenants.running.hosts import Site

# When browsers and search engines may ask again, in seconds.
RETRY_AFTER = 3600
# What the page itself needs: the municipality's colours and logo. Files of its content stay closed.
LOOK = ("/theme/", "/media/theme/")


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
        if operator_visits.PARAMETER in request.GET:
            return self._let_in(request, site)
        if operator_visits.may_look(request.COOKIES.get(operator_visits.COOKIE, ""), site.schema_name):
            answer = self.get_response(request)
            answer["Cache-Control"] = "private, no-store"
            return answer
        return self._closed(request, site)

    @staticmethod
    def _let_in(request: HttpRequest, site: Site) -> HttpResponse:
        """From the operator's link to the start page, without the key in the address."""
        answer = HttpResponseRedirect("/")
        pass_ = operator_visits.exchange(request.GET[operator_visits.PARAMETER], site.schema_name)
        if pass_:
            answer.set_cookie(
                operator_visits.COOKIE,
                pass_,
                operator_visits.PASS_SECONDS,
                secure=settings.HTTPS,
                httponly=True,
                samesite="Lax",
            )
        answer["Cache-Control"] = "no-store"
        return answer

    @staticmethod
    def _closed(request: HttpRequest, site: Site) -> HttpResponse:
        return closed(
            request,
            RETRY_AFTER,
            line=lambda: site.state_reason,
            page=lambda: render_to_string("503.html", {"site": site}, request),
        )
