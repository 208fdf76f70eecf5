"""The pages: how old the backups are, exports to start, to watch, to fetch. None asks a schema."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow
from operations.safekeeping import files, services, sources
from operations.safekeeping.models import Export, Work, WorkKind
from operations.safekeeping.views.common import crumbs
from tenants.models import Backup, Drill
from tenants.refused import RefusedError

PER_PAGE = 30
LAST = 20
# Backups are made nightly and tried weekly; two hours or a day later something is wrong (as health.limits says).
BACKUP_OLD = timedelta(hours=26)
DRILL_OLD = timedelta(days=8)


@require_safe
@allow(Role.OPERATOR)
def overview(request: HttpRequest) -> HttpResponse:
    """The age of the last backup and drill, all backups, and the last exports."""
    return overview_page(request)


def overview_page(request: HttpRequest, *, error: str = "", file_error: str = "") -> HttpResponse:
    """The same with what somebody asked for in vain."""
    now = timezone.now()
    last = Backup.objects.exclude(kind=Backup.Kind.SINGLE).filter(verified_at__isnull=False, removed_at=None).first()
    drill = Drill.objects.first()
    context: dict[str, Any] = {
        "crumbs": crumbs(),
        "last": last,
        "backup_is_old": last is None or now - last.started_at > BACKUP_OLD,
        "drill": drill,
        "drill_is_old": drill is None or not drill.passed or now - drill.at > DRILL_OLD,
        "page": Paginator(Backup.objects.select_related("parent"), PER_PAGE).get_page(request.GET.get("seite")),
        "exports": Export.objects.all()[:LAST],
        "slug": request.POST.get("kommune", "")[:63],
        "error": error,
        "file_error": file_error,
        "sources": sources.every()[:LAST],
        "works": Work.objects.exclude(kind=WorkKind.LOOK)[:LAST],
    }
    return render(request, "safekeeping/overview.html", context, status=400 if error or file_error else 200)


@require_POST
@allow(Role.OPERATOR)
def ask(request: HttpRequest) -> HttpResponse:
    """Have a municipality exported."""
    try:
        made = services.ask(request.POST.get("kommune", "").strip(), by=request.user)
    except RefusedError as error:
        return overview_page(request, error=str(error))
    return redirect("safekeeping:export", made.pk)


@require_safe
@allow(Role.OPERATOR)
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, or what it holds and where to fetch it."""
    found = get_object_or_404(Export, pk=pk)
    attended = not found.is_waiting or services.is_attended(found)
    moves = found.is_waiting and attended
    context = {"crumbs": crumbs((found.name, "")), "export": found, "is_attended": attended, "moves": moves}
    answer = render(request, "safekeeping/export.html", context)
    if getattr(request, "htmx", False) and not moves:
        answer["HX-Refresh"] = "true"
    return answer


@require_safe
@allow(Role.OPERATOR)
def fetch(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file; that somebody took it stands in the log."""
    found = get_object_or_404(Export, pk=pk)
    path = files.path_of(found)
    if not found.is_there or not path.is_file():
        raise Http404
    files.note_fetched(found, by=request.user)
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=found.file_name, content_type="application/zip")
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@allow(Role.OPERATOR)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the file before its time."""
    found = get_object_or_404(Export, pk=pk)
    files.remove(found, by=request.user)
    messages.success(request, _("The file is deleted."))
    return redirect("safekeeping:export", pk)
