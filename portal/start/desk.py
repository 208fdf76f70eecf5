"""The editors' page for the start page: order, show, hide, write, delete. Works without a script."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow
from portal.start import services
from portal.start.forms import EntryForm, NewSectionForm, SectionForm
from portal.start.models import Entry, Kind, Section
from portal.start.views import compose_page

STEPS = {"hoch": -1, "runter": 1}


def _crumbs(*further: tuple[str, str]) -> list[dict[str, str]]:
    trail = [(_("Editorial desk"), "/redaktion/"), (_("Start page"), "/redaktion/startseite/"), *further]
    return [{"label": label, "url": url} for label, url in trail[:-1]] + [{"label": trail[-1][0], "url": ""}]


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def sections(request: HttpRequest) -> HttpResponse:
    """All sections in their order, with everything that can be done to them."""
    context = {"sections": Section.objects.prefetch_related("entries"), "form": NewSectionForm(), "crumbs": _crumbs()}
    return render(request, "start/desk.html", context)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def preview(request: HttpRequest) -> HttpResponse:
    """The start page with its hidden sections, which are marked."""
    return compose_page(request, preview=True)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def add(request: HttpRequest) -> HttpResponse:
    """Put a new, hidden section at the end and go to its words."""
    form = NewSectionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose what the new section should show."))
        return redirect("start:desk")
    section = services.save_section(Section(kind=form.cleaned_data["kind"]), by=request.user)
    messages.success(request, _("The section was added. Nobody sees it until you show it."))
    return redirect("start:edit", section.pk)


@allow(Role.EDITOR, Role.ADMIN)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of a section and its entries."""
    section = get_object_or_404(Section.objects.prefetch_related("entries"), pk=pk)
    form = SectionForm(request.POST or None, instance=section)
    if request.method == "POST" and form.is_valid():
        services.save_section(form.instance, by=request.user)
        messages.success(request, _("The section was saved."))
        return redirect("start:desk")
    label = section.get_kind_display()
    context = {"section": section, "form": form, "label": label, "crumbs": _crumbs((label, ""))}
    return render(request, "start/edit.html", context)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    section = get_object_or_404(Section, pk=pk)
    steps = STEPS.get(request.POST.get("richtung", ""), 0)
    services.move(section, Section.objects.all(), steps=steps, by=request.user)
    return redirect(f"/redaktion/startseite/#abschnitt-{pk}")


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show or hide a section."""
    section = get_object_or_404(Section, pk=pk)
    if request.POST.get("sichtbar") == "1" and section.kind in {Kind.NOTICE, Kind.PARTNER} and not section.text:
        messages.error(request, _("This section has no text yet. Please write one first."))
        return redirect("start:edit", pk)
    services.show_section(section, visible=request.POST.get("sichtbar") == "1", by=request.user)
    return redirect(f"/redaktion/startseite/#abschnitt-{pk}")


@allow(Role.EDITOR, Role.ADMIN)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then delete a section."""
    section = get_object_or_404(Section.objects.prefetch_related("entries"), pk=pk)
    return _delete(request, section, back="/redaktion/startseite/")


def _delete(request: HttpRequest, row: Section | Entry, *, back: str) -> HttpResponse:
    if request.method == "POST":
        name = str(row)
        services.delete(row, by=request.user)
        messages.success(request, _("“%(name)s” was deleted. You find it in the bin for 30 days.") % {"name": name})
        return redirect(back)
    return render(request, "start/delete.html", {"row": row, "back": back, "crumbs": _crumbs((_("Delete"), ""))})


@allow(Role.EDITOR, Role.ADMIN)
def add_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a new entry of a section."""
    section = get_object_or_404(Section, pk=pk, kind__in=[Kind.AGES, Kind.TILES, Kind.EMERGENCY])
    return _edit_entry(request, Entry(section=section), _("New entry"))


@allow(Role.EDITOR, Role.ADMIN)
def edit_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an entry."""
    entry = get_object_or_404(Entry.objects.select_related("section"), pk=pk)
    return _edit_entry(request, entry, entry.title)


def _edit_entry(request: HttpRequest, entry: Entry, label: str) -> HttpResponse:
    section = entry.section
    form = EntryForm(request.POST or None, request.FILES or None, instance=entry)
    if request.method == "POST" and form.is_valid() and _saved(form, request.user):
        messages.success(request, _("The entry was saved."))
        return redirect("start:edit", section.pk)
    back = f"/redaktion/startseite/{section.pk}/"
    crumbs = _crumbs((section.get_kind_display(), back), (label, ""))
    return render(request, "start/edit_entry.html", {"form": form, "back": back, "label": label, "crumbs": crumbs})


def _saved(form: EntryForm, user: Any) -> bool:
    """Whether it could be saved; what is wrong with the picture is said beside it."""
    try:
        services.save_entry(form.instance, by=user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def move_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down within its section."""
    entry = get_object_or_404(Entry, pk=pk)
    steps = STEPS.get(request.POST.get("richtung", ""), 0)
    services.move(entry, Entry.objects.filter(section=entry.section_id), steps=steps, by=request.user)
    return redirect("start:edit", entry.section_id)


@allow(Role.EDITOR, Role.ADMIN)
def delete_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then delete an entry."""
    entry = get_object_or_404(Entry.objects.select_related("section"), pk=pk)
    return _delete(request, entry, back=f"/redaktion/startseite/{entry.section_id}/")
