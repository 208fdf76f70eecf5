"""Where an entry stands, and what becomes of it: moved, merged, removed, taken back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access import Role, allow
from shared_categories import services
from shared_categories.forms import MergeForm, MoveForm
from shared_categories.kinds import PAGES
from shared_categories.models import Entry, Kind
from shared_categories.showing import crumb_of, page
from shared_categories.uses import municipalities_in_operation, shares, usage_of
from shared_categories.views.single import entry_of, present_entry_of, refuse

_NAMED = 50


@require_POST
@allow(Role.OPERATOR)
def shift(request: HttpRequest, code: str) -> HttpResponse:
    """One place up or down among its siblings."""
    row = present_entry_of(code)
    siblings = list(Entry.objects.present().filter(kind=row.kind, parent=row.parent))
    place = siblings.index(row)
    if request.POST.get("richtung") == "hoch":
        others, target = siblings[:place], place - 2
    else:
        others, target = siblings[place + 1 :], place + 1
    if others:
        services.move(row, parent=row.parent, behind=siblings[target] if target >= 0 else None, by=request.user)
    return redirect(f"{PAGES[Kind(row.kind)].url}#{row.code}")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Below another entry, or behind another one."""
    row = present_entry_of(code)
    siblings = list(Entry.objects.present().filter(kind=row.kind, parent=row.parent))
    place = siblings.index(row)
    initial = {
        "parent": row.parent.code if row.parent else "",
        "behind": siblings[place - 1].code if place else "",
    }
    form = MoveForm(request.POST if request.method == "POST" else None, entry=row, initial=initial)
    if form.is_valid():
        try:
            services.move(row, parent=form.cleaned_data.get("parent"), behind=_behind(form, row), by=request.user)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("%(entry)s is moved.") % {"entry": row})
            return redirect("catalogue:entry", code)
    context = {"entry": row, "form": form, "usage": usage_of(code)}
    crumbs = crumb_of(row, _("Move"))
    return page(request, "catalogue/move.html", context, crumbs=crumbs, status=400 if form.errors else 200)


def _behind(form: MoveForm, row: Entry) -> Entry | None:
    """Behind whom it is to stand; whoever chose another parent and nothing else means the end of what stands there."""
    if "parent" in form.changed_data and "behind" not in form.changed_data:
        there = Entry.objects.present().filter(kind=row.kind, parent=form.cleaned_data["parent"])
        return there.exclude(pk=row.pk).last()
    behind: Entry | None = form.cleaned_data["behind"]
    return behind


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def merge(request: HttpRequest, code: str) -> HttpResponse:
    """Choose into which, see what it means, do it."""
    row = present_entry_of(code)
    given = request.POST if request.method == "POST" else request.GET if "into" in request.GET else None
    form = MergeForm(given, entry=row)
    into = form.cleaned_data["into"] if form.is_valid() else None
    if into is not None and request.method == "POST":
        try:
            services.merge(row, into=into, by=request.user)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("%(entry)s is merged into %(into)s.") % {"entry": row, "into": into})
            return redirect("catalogue:entry", into.code)
    context = {
        "entry": row,
        "form": form,
        "into": into,
        "usage": usage_of(code),
        "usage_of_other": usage_of(into.code) if into else None,
        "below": row.children.present(),
    }
    crumbs = crumb_of(row, _("Merge"))
    return page(request, "catalogue/merge.html", context, crumbs=crumbs, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def remove(request: HttpRequest, code: str) -> HttpResponse:
    """Say whom it concerns, then take it out of the catalogue."""
    row = present_entry_of(code)
    if request.method == "POST":
        try:
            services.remove(row, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("catalogue:entry", code)
        messages.success(request, _("%(entry)s is removed with the next release.") % {"entry": row})
        return redirect(PAGES[Kind(row.kind)].url)
    adopters = shares([code]).get(code, [])
    context = {
        "entry": row,
        "usage": usage_of(code),
        "towns": municipalities_in_operation(),
        "adopters": adopters[:_NAMED],
        "more_adopters": max(0, len(adopters) - _NAMED),
        "below": row.children.present(),
    }
    return page(request, "catalogue/remove.html", context, crumbs=crumb_of(row, _("Remove")))


@require_POST
@allow(Role.OPERATOR)
def restore(request: HttpRequest, code: str) -> HttpResponse:
    """Take back that an entry was removed or merged."""
    try:
        services.restore(entry_of(code), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("It is in the working copy again, under its code."))
    return redirect("catalogue:entry", code)
