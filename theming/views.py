"""The style sheet of a municipality, and its error pages."""

import logging
import sys

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views import defaults
from django.views.decorators.http import require_safe

from core.access import Role, allow
from tenants.running import server_errors, unavailable
from theming.services import current_stylesheet, current_theme

logger = logging.getLogger(__name__)

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
@allow(Role.VISITOR)
def stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    """Cached for ever under its hash; an older hash, from a page kept in a tab, leads to the present one."""
    sheet = current_stylesheet()
    if digest != sheet.hash:
        answer: HttpResponse = redirect("theming:stylesheet", digest=sheet.hash)
        answer["Cache-Control"] = "no-cache"
        return answer
    answer = HttpResponse(sheet.text, content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = FOR_EVER
    return answer


@allow(Role.VISITOR)
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404 of a municipality: in its own look, with the search as the way on."""
    return render(request, "theming/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400 of both sides: Django's, with a page of its own for what is too long to be taken. A session that could
    not be kept is Django's mistake for one that was ended: where nothing can be written just now, that is said."""
    if unavailable.will_pass(exception):
        return unavailable.server_error(request)
    if isinstance(exception, RequestDataTooBig):
        return HttpResponse(render_to_string("413.html"), status=413)
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500 of a municipality: in its own look, as far as that can still be read. Without the request, because the
    pages' other parts may be what is broken."""
    site = getattr(request, "municipality", None)
    if site is not None and not unavailable.will_pass(sys.exc_info()[1]):
        server_errors.note(site.schema_name)
        try:
            page = render_to_string("500.html", {"municipality": site, "theme": current_theme()})
        except Exception:
            logger.exception("The error page has no look: it could not be read")
        else:
            return HttpResponseServerError(page)
    return unavailable.server_error(request)


@allow(Role.VISITOR)
def platform_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404 of the operator's side."""
    return render(request, "theming/platform_not_found.html", status=404)
