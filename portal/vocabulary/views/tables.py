"""A list as a file, and a file into the list: read, shown, and only then taken over."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Role, allow
from portal.listing.workbooks import XLSX
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.forms import FileForm
from portal.vocabulary.kinds import Kind
from portal.vocabulary.models import Upload
from portal.vocabulary.rows import load
from portal.vocabulary.sheets import applying, planning, reading, writing
from portal.vocabulary.sheets.columns import columns_of
from portal.vocabulary.uploads import keep, kept
from portal.vocabulary.views.lists import crumbs, kind_of

# More of what a file would change nobody reads.
MOST_SHOWN = 100


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def table(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The list as .xlsx or .csv."""
    kind = kind_of(slug)
    if ending not in ("xlsx", "csv"):
        raise Http404
    rows = load(kind)
    body, content_type = (
        (writing.as_xlsx(kind, rows), XLSX)
        if ending == "xlsx"
        else (writing.as_csv(kind, rows), "text/csv; charset=utf-8")
    )
    name = f"{timezone.localdate():%Y-%m-%d}-{'themen' if kind.tree else kind.slug}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type=content_type, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def table_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a file; what it says is shown on the next page."""
    kind = kind_of(slug)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        try:
            read = reading.read(kind, form.cleaned_data["file"])
        except RefusedError as refused:
            form.add_error("file", str(refused))
        else:
            content = {"rows": read.rows, "errors": read.errors, "unknown": read.unknown}
            upload = keep(kind.slug, content, by=request.user)
            return redirect("vocabulary:table_look", kind.slug, upload.pk)
    context = {"kind": kind, "form": form, "headings": [c for c in columns_of(kind) if not c.told]}
    return render(request, "vocabulary/table_in.html", {**context, "crumbs": crumbs(kind, _("Read a table"))})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def table_look(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """What would change; then do it."""
    kind = kind_of(slug)
    upload = kept(kind.slug, key)
    read = [(line, cells) for line, cells in upload.content["rows"]]
    if request.method == "POST":
        return _take_over(request, kind, upload, read)
    made = planning.plan(kind, load(kind), read, upload.content["errors"])
    context = {
        "kind": kind,
        "plan": made,
        "errors": made.errors[:MOST_SHOWN],
        "new": made.new[:MOST_SHOWN],
        "changed": made.changed[:MOST_SHOWN],
        "most": MOST_SHOWN,
        "unknown": upload.content["unknown"],
        "crumbs": crumbs(kind, _("What would change")),
    }
    return render(request, "vocabulary/table_look.html", context)


def _take_over(
    request: HttpRequest, kind: Kind, upload: Upload, read: list[tuple[int, dict[str, object]]]
) -> HttpResponse:
    seen, errors = request.POST.get("gesehen", ""), upload.content["errors"]
    try:
        made = applying.take_over(kind, read, seen=seen, by=request.user, errors=errors)
    except RefusedError as refused:
        messages.error(request, str(refused))
        return redirect(request.path)
    upload.delete()
    new = ngettext("%(number)d new entry", "%(number)d new entries", len(made.new)) % {"number": len(made.new)}
    changed = ngettext("%(number)d changed", "%(number)d changed", len(made.changed)) % {"number": len(made.changed)}
    messages.success(request, _("Taken over: %(new)s, %(changed)s.") % {"new": new, "changed": changed})
    return redirect(kind.url)
