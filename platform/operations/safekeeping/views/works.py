"""Long works: backing up, rehearsing, a file and what is done with it, how far it is, and the end of a trial."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow
from operations.safekeeping import asking, sources
from operations.safekeeping.forms import RestoreForm
from operations.safekeeping.models import Work, WorkKind, WorkState
from operations.safekeeping.sources import Source
from operations.safekeeping.views.common import crumbs
from operations.safekeeping.views.exports import overview_page
from operations.safekeeping.working import TRIAL_LASTS
from tenants.models import Municipality
from tenants.refused import RefusedError

_WORK = "safekeeping:work"


@require_POST
@allow(Role.OPERATOR)
def back_up(request: HttpRequest) -> HttpResponse:
    """Have everything, or one municipality, backed up now."""
    try:
        return redirect(_WORK, asking.back_up(request.POST.get("kommune", ""), by=request.user).pk)
    except RefusedError as error:
        return overview_page(request, error=str(error))


@require_POST
@allow(Role.OPERATOR)
def rehearse(request: HttpRequest) -> HttpResponse:
    """Have the last backup compared with a municipality."""
    try:
        return redirect(_WORK, asking.rehearse(request.POST.get("kommune", ""), by=request.user).pk)
    except RefusedError as error:
        return overview_page(request, error=str(error))


@require_POST
@allow(Role.OPERATOR)
def bring(request: HttpRequest) -> HttpResponse:
    """Take a file somebody has, and have a job look what is in it."""
    try:
        source = sources.bring(request.FILES.get("datei"))
    except RefusedError as error:
        return overview_page(request, file_error=str(error))
    asking.look(source, by=request.user)
    return redirect("safekeeping:source", source.key)


def _source(key: str) -> Source:
    found = sources.named(key)
    if found is None:
        raise Http404
    return found


@require_safe
@allow(Role.OPERATOR)
def source(request: HttpRequest, key: str) -> HttpResponse:
    """A file: what is in it, trying it out, restoring it."""
    return _source_page(request, _source(key))


def _source_page(request: HttpRequest, found: Source, form: RestoreForm | None = None) -> HttpResponse:
    works = list(Work.objects.filter(source=found.key)[:10])
    looked = next((each for each in works if each.kind == WorkKind.LOOK), None)
    attended = looked is None or not looked.is_waiting or asking.is_attended(looked)
    moves = looked is not None and looked.is_waiting and attended
    inside = looked.result if looked is not None and looked.state == WorkState.DONE else None
    if inside and form is None:
        form = RestoreForm(initial={"slug": inside["slug"], "host": next(iter(inside["hosts"]), "")})
    context = {
        "crumbs": crumbs((found.name, "")),
        "source": found,
        "looked": looked,
        "is_attended": attended,
        "moves": moves,
        "inside": inside,
        "taken": bool(inside and Municipality.objects.filter(slug=inside["slug"]).exists()),
        "form": form,
        "unlooked": form is not None and not inside,
        "works": [each for each in works if each.kind != WorkKind.LOOK],
        "days": TRIAL_LASTS.days,
    }
    return _answer(
        request, "safekeeping/source.html", context, moves=moves, status=400 if form and form.is_bound else 200
    )


def _answer(
    request: HttpRequest, template: str, context: dict[str, Any], *, moves: bool, status: int = 200
) -> HttpResponse:
    answer = render(request, template, context, status=status)
    if getattr(request, "htmx", False) and not moves:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@allow(Role.OPERATOR)
def look(request: HttpRequest, key: str) -> HttpResponse:
    """Have a job look what is in a file."""
    found = _source(key)
    asking.look(found, by=request.user)
    return redirect("safekeeping:source", key)


@require_POST
@allow(Role.OPERATOR)
def try_out(request: HttpRequest, key: str) -> HttpResponse:
    """Have it restored into a scratch municipality."""
    return redirect(_WORK, asking.try_out(_source(key), by=request.user).pk)


@require_POST
@allow(Role.OPERATOR)
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Have a municipality made of it."""
    found = _source(key)
    form = RestoreForm(request.POST)
    looked = Work.objects.filter(source=found.key, kind=WorkKind.LOOK, state=WorkState.DONE).first()
    if form.is_valid() and looked is not None:
        chosen = form.cleaned_data
        try:
            work = asking.restore(
                found, name=looked.result["name"], slug=chosen["slug"], host=chosen["host"], by=request.user
            )
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            return redirect(_WORK, work.pk)
    return _source_page(request, found, form)


@require_safe
@allow(Role.OPERATOR)
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, or what came of it."""
    found = get_object_or_404(Work, pk=pk)
    attended = not found.is_waiting or asking.is_attended(found)
    moves = found.is_waiting and attended
    slug = found.result.get("slug", found.slug)
    town = Municipality.objects.filter(slug=slug).first() if slug else None
    context = {
        "crumbs": crumbs((str(found.get_kind_display()), "")),
        "work": found,
        "is_attended": attended,
        "moves": moves,
        "town": town,
        "figures": sorted(found.result.get("figures", {}).items()),
        "source": sources.named(found.source) if found.source else None,
    }
    return _answer(request, "safekeeping/work.html", context, moves=moves)


@require_POST
@allow(Role.OPERATOR)
def end_trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the scratch municipality now."""
    asking.end_trial(get_object_or_404(Work, pk=pk, kind=WorkKind.TRIAL), by=request.user)
    messages.success(request, _("The scratch municipality is being deleted."))
    return redirect(_WORK, pk)
