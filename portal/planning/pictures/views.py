"""Every chart and map as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.planning.asking import asked_by
from portal.planning.drawing.png import as_png
from portal.planning.drawing.registry import as_svg, picture_of

KINDS = {"svg": "image/svg+xml", "png": "image/png"}


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def picture_file(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """A picture to take along, with the same filters as the page."""
    if kind not in KINDS:
        raise Http404
    asked = asked_by(request)
    svg = as_svg(picture_of(name, asked), asked)
    head = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "X-Robots-Tag": "noindex"}
    content = as_png(svg) if kind == "png" else f'<?xml version="1.0" encoding="UTF-8"?>\n{svg}\n'.encode()
    return HttpResponse(content, content_type=KINDS[kind], headers=head)
