"""The editors' list of redirects."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Permission, allow
from portal.listing.export import export
from portal.listing.reading import read
from portal.listing.spec import Column, Listing, Sort
from portal.pages.models import Redirect
from portal.site.crumbs import crumbs
from portal.site.forms import sent
from portal.site.redirects import services
from portal.site.redirects.forms import RedirectForm, TableForm
from theming.head import site_url

HERE = "/redaktion/weiterleitungen/"
SHOWN_LINES = 200


def _search(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    for word in words.split():
        rows = rows.filter(Q(old_path__icontains=word) | Q(new_path__icontains=word))
    return rows


LISTING = Listing(
    search=_search,
    sorts=(
        Sort("alt", gettext_lazy("By old address"), ("old_path", "pk")),
        Sort("neu", gettext_lazy("By new address"), ("new_path", "pk")),
        Sort("zuletzt", gettext_lazy("Newest first"), ("-pk",)),
    ),
    columns=(
        Column(gettext_lazy("Old address"), lambda row: row.old_path, 60),
        Column(gettext_lazy("New address"), lambda row: row.new_path, 60),
    ),
    file_name="weiterleitungen",
    per_page=50,
)


def _host(request: HttpRequest) -> str:
    return site_url(request).partition("://")[2]


@require_safe
@allow(Permission.CONTENT)
def show(request: HttpRequest) -> HttpResponse:
    """All of them, with a search."""
    shown = read(LISTING, Redirect.objects.all(), request.GET)
    heading = ngettext("%(number)d redirect", "%(number)d redirects", shown.total) % {"number": shown.total}
    context = {
        "shown": shown,
        "heading": heading,
        "crumbs": crumbs((_("Redirects"), "")),
        "files": [
            {"label": _("This list as an Excel file"), "url": "liste.xlsx"},
            {"label": _("as CSV"), "url": "liste.csv"},
        ],
    }
    return render(request, "site/redirects.html", context)


@require_safe
@allow(Permission.CONTENT)
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as a table."""
    return export(LISTING, Redirect.objects.all(), request, kind)


def _edit(request: HttpRequest, row: Redirect, label: str) -> HttpResponse:
    initial = {} if row.pk else {"old_path": request.GET.get("von", "")[: services.LONGEST]}
    form = RedirectForm(sent(request)[0], instance=row, host=_host(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save(form.instance, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            said = _("“%(old)s” leads to “%(new)s” now.") % {"old": saved.old_path, "new": saved.new_path}
            messages.success(request, said)
            return redirect(HERE)
    context = {"form": form, "row": row, "label": label, "crumbs": crumbs((_("Redirects"), HERE), (label, ""))}
    return render(request, "site/redirect.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def add(request: HttpRequest) -> HttpResponse:
    """A new one."""
    return _edit(request, Redirect(), _("New redirect"))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one."""
    row = get_object_or_404(Redirect, pk=pk)
    return _edit(request, row, row.old_path)


@require_POST
@allow(Permission.CONTENT)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one."""
    row = get_object_or_404(Redirect, pk=pk)
    services.delete(row, by=request.user)
    messages.success(request, _("“%(old)s” leads nowhere any more.") % {"old": row.old_path})
    return redirect(HERE)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def table(request: HttpRequest) -> HttpResponse:
    """Many at once: first what each line would do, then, by a second button, it is done."""
    form = TableForm(*sent(request))
    lines: list[services.Line] = []
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            if request.POST.get("uebernehmen") == "1":
                new, changed = services.take(text, host=_host(request), by=request.user)
                said = _("Taken over: %(new)d new, %(changed)d changed.") % {"new": new, "changed": changed}
                messages.success(request, said)
                return redirect(HERE)
            lines = services.judge(services.read_table(text), host=_host(request))
        except ValidationError as error:
            form.add_error(None, error)
    wrong = [line for line in lines if line.state == "wrong"]
    context = {
        "form": form,
        "lines": [*wrong, *(line for line in lines if line.state != "wrong")][:SHOWN_LINES],
        "total": len(lines),
        "wrong": len(wrong),
        "number": sum(1 for line in lines if line.state in {"new", "changed"}),
        "same": sum(1 for line in lines if line.state == "same"),
        "text": form.cleaned_data.get("text", "") if lines else "",
        "crumbs": crumbs((_("Redirects"), HERE), (_("Read a table"), "")),
    }
    return render(request, "site/redirect_table.html", context)
