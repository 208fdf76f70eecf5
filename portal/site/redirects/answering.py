"""What answers where nothing answers: first whether the address moved, then that it is not there."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from portal.site.redirects.services import target_of
from theming.views import not_found as plain_not_found


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The page for 404. One statement more, and only there; what changes something is never sent on."""
    if getattr(request, "municipality", None) is not None and request.method in {"GET", "HEAD"}:
        target = target_of(request.path)
        if target is not None:
            return HttpResponsePermanentRedirect(target)
    return plain_not_found(request, exception)
