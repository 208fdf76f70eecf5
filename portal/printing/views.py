"""The pages: all papers, one paper with how far it is, making it, its file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Permission, allow
from core.seen import Seen
from portal.printing import keeping, libraries, making, showing, tasks
from portal.printing.crumbs import crumbs
from portal.printing.forms import answer_form
from portal.printing.kit import forms as kit
from portal.printing.models import Paper
from portal.printing.programme import forms as programme
from portal.printing.serving import pdf_of


@require_safe
@allow(Permission.CONTENT)
def start(request: HttpRequest) -> HttpResponse:
    """What can be made, and what there is."""
    context = {"papers": list(Paper.objects.of_editors()), "missing": libraries.missing(), "crumbs": crumbs()}
    return render(request, "printing/start.html", context)


@require_safe
@allow(Permission.CONTENT)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper: what it will hold, how far it is, its file."""
    found = get_object_or_404(Paper.objects.of_editors(), pk=pk)
    context = {"paper": found, "missing": libraries.missing(), "crumbs": crumbs(paper=found)}
    return render(request, "printing/paper.html", context | showing.about(found, timezone.localdate()))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Other settings of a paper."""
    found = get_object_or_404(Paper.objects.of_editors(), pk=pk)
    if found.kind == Paper.Kind.SHEET:
        raise Http404
    form_class, initial, template = _FORMS[_family(found)]
    form = form_class(request.POST if request.method == "POST" else None, initial=initial(found))
    more: dict[str, Any] = {"heading": _("Change “%(title)s”") % {"title": found.title}}
    return answer_form(request, form, template, more, paper=found)


class _ChangedProgramme(Seen, programme.ProgrammeForm):
    """Of a programme that others may change as well."""


class _ChangedLetters(Seen, kit.LettersForm):
    """As above."""


class _ChangedPoster(Seen, kit.PosterForm):
    """As above."""


_FORMS: dict[str, tuple[Any, Any, str]] = {
    "programme": (_ChangedProgramme, programme.initial_of, "printing/programme.html"),
    "letters": (_ChangedLetters, kit.initial_of_letters, "printing/letters.html"),
    "poster": (_ChangedPoster, kit.initial_of_poster, "printing/poster.html"),
}


def _family(paper: Paper) -> str:
    return paper.kind if paper.kind in _FORMS else "poster"


@require_POST
@allow(Permission.CONTENT)
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it made in the background; a second click while it is being made changes nothing."""
    found = get_object_or_404(Paper.objects.of_editors(), pk=pk)
    if libraries.missing():
        messages.warning(request, _("Nothing can be printed on this server yet: see below what is missing."))
    else:
        tasks.have_made(found, by=request.user)
    return redirect("printing:paper", pk=pk)


@require_POST
@allow(Permission.CONTENT)
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it no further."""
    found = get_object_or_404(Paper.objects.of_editors(), pk=pk)
    if not making.stop(found, by=request.user):
        messages.info(request, _("There was nothing to stop: it is not being made."))
    return redirect("printing:paper", pk=pk)


@require_POST
@allow(Permission.CONTENT)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a paper with its file."""
    found = get_object_or_404(Paper.objects.of_editors(), pk=pk)
    keeping.remove(found, by=request.user)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": found.title})
    return redirect("printing:start")


@require_safe
@allow(Permission.CONTENT)
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF."""
    return pdf_of(get_object_or_404(Paper.objects.of_editors(), pk=pk), fallback="drucksache")


@require_POST
@allow(Permission.CONTENT)
def first_hours(request: HttpRequest) -> HttpResponse:
    """The sheet for new editors: there is one, made anew."""
    if libraries.missing():
        messages.warning(request, _("Nothing can be printed on this server yet: see below what is missing."))
        return redirect("printing:start")
    with override("de"):
        title = _("Your first two hours")
    sheet = Paper.objects.filter(kind=Paper.Kind.SHEET).first()
    if sheet is None:
        sheet = keeping.begin(Paper.Kind.SHEET, title, {}, key="first-hours", by=request.user)
    tasks.have_made(sheet, by=request.user)
    return redirect("printing:paper", pk=sheet.pk)
