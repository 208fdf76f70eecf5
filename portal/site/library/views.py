"""The editors' library of pictures."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Permission, allow
from portal.listing.export import export
from portal.listing.reading import read
from portal.media.models import MediaFile
from portal.media.replacing import replace
from portal.media.services import DAYS
from portal.site.crumbs import crumbs
from portal.site.forms import sent
from portal.site.library import services
from portal.site.library.forms import NewPictureForm, ReplaceForm, WordsForm
from portal.site.library.listing import LISTING, MISSING, rows, storage, uses_of

HERE = "/redaktion/medien/"
SHOWN_USES = 50


@require_safe
@allow(Permission.CONTENT)
def show(request: HttpRequest) -> HttpResponse:
    """All pictures, with what they lack."""
    shown = read(LISTING, rows(), request.GET)
    found = list(shown.page)
    uses = uses_of(found)
    heading = ngettext("%(number)d picture", "%(number)d pictures", shown.total) % {"number": shown.total}
    context = {
        "shown": shown,
        "rows": [{"media": row, "uses": uses.get(row.pk, [])} for row in found],
        "heading": heading,
        "storage": storage(),
        "missing": MISSING,
        "crumbs": crumbs((_("Pictures"), "")),
        "files": [
            {"label": _("This list as an Excel file"), "url": "liste.xlsx"},
            {"label": _("as CSV"), "url": "liste.csv"},
        ],
    }
    return render(request, "site/library.html", context)


@require_safe
@allow(Permission.CONTENT)
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as a table."""
    return export(LISTING, rows(), request, kind)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def add(request: HttpRequest) -> HttpResponse:
    """Put a picture of the municipality into the library."""
    form = NewPictureForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        texts = {name: form.cleaned_data[name] for name in services.TEXTS}
        try:
            row, was_there = services.put_in(form.cleaned_data["upload"], texts, by=request.user)
        except ValidationError as error:
            form.add_error("upload", error)
        else:
            said = _("This picture is in the library already.") if was_there else _("The picture is in the library.")
            messages.success(request, said)
            return redirect(f"{HERE}{row.pk}/")
    context = {"form": form, "crumbs": crumbs((_("Pictures"), HERE), (_("New picture"), ""))}
    return render(request, "site/picture_new.html", context)


def _whole(pk: int) -> MediaFile:
    return get_object_or_404(MediaFile.objects.select_related("owner", "uploaded_by"), pk=pk, original=None)


def _page(request: HttpRequest, media: MediaFile, words: WordsForm, other: ReplaceForm) -> HttpResponse:
    uses = uses_of([media]).get(media.pk, [])
    context = {
        "media": media,
        "form": words,
        "replace_form": other,
        "uses": uses[:SHOWN_USES],
        "more": max(len(uses) - SHOWN_USES, 0),
        "number": len(uses),
        "without": sum(1 for use in uses if not use.alt_text),
        "days": DAYS,
        "crumbs": crumbs((_("Pictures"), HERE), (str(media.alt_text or _("Picture")), "")),
    }
    return render(request, "site/picture.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One picture: what is said of it, where it is shown."""
    media = _whole(pk)
    form = WordsForm(sent(request)[0], instance=MediaFile.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        services.describe(media, {name: form.cleaned_data[name] for name in services.TEXTS}, by=request.user)
        messages.success(request, _("What you said of the picture is saved."))
        return redirect(f"{HERE}{pk}/")
    return _page(request, media, form, ReplaceForm())


@require_POST
@allow(Permission.CONTENT)
def put_another(request: HttpRequest, pk: int) -> HttpResponse:
    """Another picture in its place, wherever it is shown."""
    media = _whole(pk)
    form = ReplaceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            replace(media, form.cleaned_data["upload"], by=request.user)
        except ValidationError as error:
            form.add_error("upload", error)
        else:
            messages.success(request, _("The new picture is shown everywhere now. Does its description still fit?"))
            return redirect(f"{HERE}{pk}/")
    return _page(request, media, WordsForm(instance=media), form)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove a picture for good."""
    media = _whole(pk)
    if request.method == "POST":
        try:
            services.delete(media, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(f"{HERE}{pk}/")
        messages.success(request, _("The picture and its file are gone."))
        return redirect(HERE)
    trail: list[tuple[str, Any]] = [(_("Pictures"), HERE), (str(media.alt_text or _("Picture")), f"{HERE}{pk}/")]
    context = {"media": media, "crumbs": crumbs(*trail, (_("Delete"), ""))}
    return render(request, "site/picture_delete.html", context)
