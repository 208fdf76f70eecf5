"""The page of feeds and exports, and the files of the exports."""

from collections.abc import Iterable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from tracker.channels import exports_writing, feeds
from tracker.tickets.exports import exports
from tracker.tickets.participating import viewer_of
from tracker.tickets.showing import page

TOWN_HALLS = (Role.PLANNER, Role.EDITOR, Role.ADMIN, Role.OPERATOR)


@require_safe
@allow(*TOWN_HALLS)
def show(request: HttpRequest) -> HttpResponse:
    """What can be taken along, and the addresses of feeds."""
    viewer = viewer_of(request)
    context = {"kinds": exports(), "feeds": feeds.addresses(request.user, viewer)}
    crumbs = [(_("Feeds and export"), "")]
    return page(request, "channels/exports.html", context, tab="channels:exports", crumbs=crumbs)


@require_safe
@allow(*TOWN_HALLS)
def whole(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Everything in one file."""
    viewer = viewer_of(request)
    name = _name("plattform", kind)
    if kind == "json":
        return _streamed(exports_writing.as_json(viewer), "application/json", name)
    if kind == "zip":
        packed = exports_writing.as_zip(viewer)
        return _private(FileResponse(packed, as_attachment=True, filename=name, content_type="application/zip"))
    raise Http404


@require_safe
@allow(*TOWN_HALLS)
def table(request: HttpRequest, key: str) -> HttpResponseBase:
    """One kind of rows as a table."""
    export = next((each for each in exports() if each.key == key), None)
    if export is None:
        raise Http404
    return _streamed(exports_writing.as_csv(export, viewer_of(request)), "text/csv", _name(key, "csv"))


def _name(what: str, kind: str) -> str:
    return f"{timezone.localdate():%Y-%m-%d}-{what}.{kind}"


def _streamed(parts: Iterable[str], kind: str, name: str) -> HttpResponseBase:
    answer = StreamingHttpResponse((part.encode() for part in parts), content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return _private(answer)


def _private(answer: Any) -> HttpResponseBase:
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    response: HttpResponseBase = answer
    return response
