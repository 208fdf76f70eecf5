"""The pages of a provider's people: what they have made with the form for more, one of them, its file."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Role, allow
from portal.printing import keeping, libraries, tasks
from portal.printing.forms import new_key
from portal.printing.kit.sheets import NAMES
from portal.printing.mistakes import mistakes_of
from portal.printing.models import MOST_OF_A_PROVIDER, Paper
from portal.printing.own.forms import OwnPosterForm
from portal.printing.serving import pdf_of

METHODS = ("GET", "HEAD", "POST")


@require_http_methods(METHODS)
@allow(Role.PROVIDER)
def posters(request: HttpRequest) -> HttpResponse:
    """What there is, and the form for one more."""
    sent = request.POST if request.method == "POST" else None
    about = f"angebot-{request.GET.get('angebot', '')}"[:40]
    form = OwnPosterForm(sent, request.user, initial={"key": new_key(), "about": about})
    if sent is not None and form.is_valid() and (made := _begun(request, form)):
        return redirect("printing:own_poster", pk=made.pk)
    context = {
        "form": form,
        "papers": [(each, NAMES[Paper.Kind(each.kind)]) for each in _own_ones(request)],
        "missing": libraries.missing(),
        "mistakes": mistakes_of(form) if form.is_bound else [],
        "crumbs": [{"label": _("Posters and flyers"), "url": ""}],
    }
    return render(request, "printing/own/list.html", context, status=400 if form.errors else 200)


@transaction.atomic
def _begun(request: HttpRequest, form: OwnPosterForm) -> Paper | None:
    """A new paper, on its way; None where there are too many already, and the form says so."""
    if libraries.missing():
        form.add_error(None, _("Nothing can be printed on this server at present."))
        return None
    try:
        made = keeping.begin(form.paper_kind, form.title, form.settings(), key=form.cleaned_data["key"],
                             by=request.user, provider=form.provider)  # fmt: skip
    except keeping.FullError:
        said = _("You have %(number)d already. Please delete one that you do not need any more.")
        form.add_error(None, said % {"number": MOST_OF_A_PROVIDER})
        return None
    tasks.have_made(made, by=request.user)
    return made


@require_http_methods(METHODS)
@allow(Role.PROVIDER)
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, its file; make it anew, or delete it."""
    found = _own(request, pk)
    if request.method == "POST":
        return _done(request, found)
    context = {
        "paper": found,
        "kind": NAMES[Paper.Kind(found.kind)],
        "trouble": _trouble_of(found),
        "organisation": found.provider,
        "crumbs": [
            {"label": _("Posters and flyers"), "url": reverse("printing:own_posters")},
            {"label": found.title, "url": ""},
        ],
    }
    return render(request, "printing/own/poster.html", context)


def _own_ones(request: HttpRequest) -> Any:
    return Paper.objects.kept_by(request.user).select_related("provider")


def _own(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(_own_ones(request), pk=pk)


def _done(request: HttpRequest, found: Paper) -> HttpResponse:
    if request.POST.get("tun") == "loeschen":
        keeping.remove(found, by=request.user)
        messages.success(request, _("“%(title)s” is deleted.") % {"title": found.title})
        return redirect("printing:own_posters")
    if request.POST.get("tun") == "herstellen" and not libraries.missing():
        tasks.have_made(found, by=request.user)
    return redirect("printing:own_poster", pk=found.pk)


def _trouble_of(paper: Paper) -> str:
    """Why it could not be made, and what to do."""
    if not paper.trouble:
        return ""
    if paper.trouble == Paper.Trouble.GONE:
        return _("What it is about is not public at present. As soon as it is again, make it anew.")
    return _("Something went wrong on our side. Please try again; if it stays so, tell the editors.")


@require_safe
@allow(Role.PROVIDER)
def poster_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF."""
    return pdf_of(_own(request, pk), fallback="plakat")
