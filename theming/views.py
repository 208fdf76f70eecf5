"""The style sheet of a municipality, its error page, and the style guide of the demo."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core.access import Role, allow
from theming.services import current_stylesheet

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


@allow(Role.VISITOR)
def platform_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404 of the operator's side."""
    return render(request, "theming/platform_not_found.html", status=404)
