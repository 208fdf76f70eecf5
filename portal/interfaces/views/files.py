"""Files with all offers."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.access import Role, allow
from core.conditional import ASKED, names
from portal.interfaces.answering import CORS, base_of, problem, site_of
from portal.interfaces.exporting import FORMATS, export
from portal.interfaces.licences import licence_link
from portal.interfaces.limits import FILE, seconds_to_wait


@require_safe
@allow(Role.VISITOR)
def offers(request: HttpRequest, kind: str) -> HttpResponseBase:
    """What residents find at this moment. Programs that ask again get 304 while nothing changed."""
    if wait := seconds_to_wait(request, FILE):
        answer = problem(429, "Too many requests")
        answer["Retry-After"] = str(wait)
        return answer
    file, size, etag = export(kind, base_of(request))
    headers: dict[str, Any] = {**CORS, "ETag": etag, "Cache-Control": "no-cache"}
    if link := licence_link():
        headers["Link"] = link
    if names(request.META.get(ASKED, ""), etag):
        file.close()
        return HttpResponse(status=304, headers=headers)
    name = f"angebote-{site_of(request).schema_name}-{timezone.localdate():%Y-%m-%d}.{kind}"
    media_type = FORMATS[kind].media_type
    response = FileResponse(file, as_attachment=True, filename=name, content_type=media_type, headers=headers)
    response["Content-Length"] = str(size)
    return response
