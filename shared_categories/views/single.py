"""One entry: what it says, in which languages, and what it is called elsewhere."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access import Role, allow
from shared_categories import services
from shared_categories.forms import EntryForm, LinkForm, TranslationsForm
from shared_categories.history import history_of
from shared_categories.kinds import BY_SLUG, PAGES, UNTRANSLATED
from shared_categories.models import Entry, Kind, Mapping
from shared_categories.showing import crumb_of, page, trail_of
from shared_categories.uses import municipalities_in_operation, shares, usage_of
from shared_categories.values import Link

MOST_ADOPTERS = 20


def entry_of(code: str) -> Entry:
    """The entry of an address; also one that was removed."""
    return get_object_or_404(Entry.objects.select_related("parent", "replaced_by"), code=code)


def present_entry_of(code: str) -> Entry:
    """The same, for what can only be done to an entry that is there."""
    return get_object_or_404(Entry.objects.present().select_related("parent"), code=code)


def refuse(form: forms.BaseForm, error: ValidationError) -> None:
    """Show at its fields what a service refused; what belongs to none of them, above."""
    said = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, texts in said.items():
        for text in texts:
            if not form.has_error(name if name in form.fields else NON_FIELD_ERRORS):
                form.add_error(name if name in form.fields else None, text)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new entry, at the end of its list or below `?unter=K-001`."""
    if slug not in BY_SLUG:
        raise Http404
    kind = BY_SLUG[slug]
    below = request.GET.get("unter", "").replace("\x00", "")
    parent = present_entry_of(below) if below and kind.kind == Kind.CATEGORY else None
    form = EntryForm(request.POST if request.method == "POST" else None, instance=Entry(kind=kind.kind, code="K-000"))
    if form.is_valid():
        try:
            made = services.create(kind.kind, by=request.user, parent=parent, **form.values)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("%(entry)s is in the working copy.") % {"entry": made})
            return redirect("catalogue:entry", made.code)
    context = {"kind": kind, "form": form, "parent": parent}
    crumbs = [(str(kind.title), kind.url), (str(kind.add), "")]
    return page(request, "catalogue/add.html", context, crumbs=crumbs, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def entry(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about an entry; what it says is changed here."""
    row = entry_of(code)
    if request.method != "POST":
        return _shown(request, row, EntryForm(instance=entry_of(code)), LinkForm())
    form = EntryForm(request.POST, instance=entry_of(code))
    if form.is_valid():
        try:
            services.change(form.as_seen(form.instance), by=request.user, **form.values)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved. Municipalities see it with the next release."))
            return redirect("catalogue:entry", code)
    return _shown(request, row, form, LinkForm())


def _shown(request: HttpRequest, row: Entry, form: EntryForm, link_form: LinkForm) -> HttpResponse:
    adopters = shares([row.code]).get(row.code, [])
    context: dict[str, Any] = {
        "entry": row,
        "kind": PAGES[Kind(row.kind)],
        "form": form,
        "link_form": link_form,
        "trail": trail_of(row),
        "children": row.children.present(),
        "merged": row.replaced.all(),
        "mappings": row.mappings.all(),
        "translated": row.kind not in UNTRANSLATED,
        "names": [(language, parts.get("name", "")) for language, parts in sorted(row.translations.items())],
        "usage": usage_of(row.code),
        "towns": municipalities_in_operation(),
        "adopters": adopters[:MOST_ADOPTERS],
        "more_adopters": max(0, len(adopters) - MOST_ADOPTERS),
        "history": history_of(row),
    }
    status = 400 if form.errors or link_form.errors else 200
    return page(request, "catalogue/entry.html", context, crumbs=crumb_of(row), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def translations(request: HttpRequest, code: str) -> HttpResponse:
    """Name and definition in the other languages."""
    row = present_entry_of(code)
    if row.kind in UNTRANSLATED:
        raise Http404
    form = TranslationsForm(request.POST if request.method == "POST" else None, entry=row)
    if form.is_valid():
        try:
            services.change(form.as_seen(row), by=request.user, translations=form.translations)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved. Municipalities see it with the next release."))
            return redirect("catalogue:entry", code)
    context = {"entry": row, "form": form}
    crumbs = crumb_of(row, _("Translations"))
    return page(request, "catalogue/translations.html", context, crumbs=crumbs, status=400 if form.errors else 200)


@require_POST
@allow(Role.OPERATOR)
def link(request: HttpRequest, code: str) -> HttpResponse:
    """Add an entry's like in a vocabulary."""
    row = present_entry_of(code)
    form = LinkForm(request.POST)
    if form.is_valid():
        try:
            services.link(row, [*_links_of(row), Link(**form.cleaned_data)], by=request.user)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved. Municipalities see it with the next release."))
            return redirect("catalogue:entry", code)
    return _shown(request, row, EntryForm(instance=entry_of(code)), form)


@require_POST
@allow(Role.OPERATOR)
def unlink(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take one away."""
    row = present_entry_of(code)
    mapping = get_object_or_404(Mapping, pk=pk, entry=row)
    services.link(row, [each for each in _links_of(row) if each != _link(mapping)], by=request.user)
    messages.success(request, _("The link to %(mapping)s is gone.") % {"mapping": mapping})
    return redirect("catalogue:entry", code)


def _links_of(row: Entry) -> list[Link]:
    return [_link(mapping) for mapping in row.mappings.all()]


def _link(mapping: Mapping) -> Link:
    return Link(mapping.vocabulary, mapping.code, mapping.relation)
