"""`/.well-known/security.txt` (RFC 9116): whom to tell who finds a hole, on every host."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.access import Role, allow

PATH = ".well-known/security.txt"
# The standard advises less than a year; whoever stops running this platform stops answering.
LASTS = timedelta(days=180)
A_DAY = "public, max-age=86400"


@require_safe
@allow(Role.VISITOR)
def security_txt(request: HttpRequest) -> HttpResponse:
    """The contact the operator named; no page where none is named."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    ends = datetime.combine(timezone.now().astimezone(UTC).date() + LASTS, time(), UTC)
    lines = {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": ends.isoformat().replace("+00:00", "Z"),
        "Preferred-Languages": "de, en",
        "Canonical": request.build_absolute_uri(f"/{PATH}"),
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers={"Cache-Control": A_DAY})


def security_pattern() -> URLPattern:
    """Its place in both maps of addresses."""
    return path(PATH, security_txt, name="security_txt")
