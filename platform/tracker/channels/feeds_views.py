"""The feeds: whoever has the address of one reads it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from core.access import Role, allow
from tracker.channels import feeds


@require_safe
@allow(Role.VISITOR)
def feed(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """One feed, in the platform's language. An address that is worth nothing is simply not there."""
    viewer = feeds.viewer_of_token(token)
    if viewer is None or name not in feeds.NAMES or (viewer.is_operator and name in feeds.OF_TOWNS):
        raise Http404
    with translation.override(settings.LANGUAGE_CODE):
        body = feeds.written(name, viewer)
    answer = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
