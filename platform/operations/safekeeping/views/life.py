"""The life of a municipality: what can be done, what each step will do, and doing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow
from operations.safekeeping import asking, life, sources
from operations.safekeeping.models import Export, Work
from tenants.models import Municipality
from tenants.refused import RefusedError

LAST = 10


def _town(slug: str) -> Municipality:
    found = Municipality.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, town: Municipality, *, failed: str = "", error: str = "") -> HttpResponse:
    """`failed` is the step that did not work, `error` why."""
    trail = [
        (_("Operations"), "/betrieb/"),
        (_("Municipalities"), "/betrieb/kommunen/"),
        (town.name, f"/betrieb/kommunen/{town.slug}/"),
        (_("Suspend, export, delete"), ""),
    ]
    context: dict[str, Any] = {
        "crumbs": [{"label": label, "url": url} for label, url in trail],
        "town": town,
        "steps": life.steps_of(town),
        "failed": failed,
        "error": error,
        "reason": request.POST.get("grund", "")[:500] if failed else "",
        "exports": Export.objects.filter(slug=town.slug)[:LAST],
        "sources": sources.of_town(town.slug),
        "works": Work.objects.filter(slug=town.slug)[:LAST],
        **life.what_goes(town),
    }
    return render(request, "safekeeping/life.html", context, status=400 if error else 200)


@require_safe
@allow(Role.OPERATOR)
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """What can be done with it, its exports, and what was done."""
    return _page(request, _town(slug))


@require_POST
@allow(Role.OPERATOR)
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one of the steps that can be taken back."""
    town, key = _town(slug), request.POST.get("schritt", "")
    step = life.BY_KEY.get(key)
    if step is None:
        return _page(request, town, failed=key, error=_("There is no such step."))
    try:
        life.take(step, town, reason=request.POST.get("grund", ""), typed=request.POST.get("name", ""), by=request.user)
    except RefusedError as error:
        return _page(request, _town(slug), failed=key, error=str(error))
    messages.success(request, _("Done: %(step)s.") % {"step": step.label})
    return redirect("safekeeping:life", slug)


@require_POST
@allow(Role.OPERATOR)
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Have it deleted for good."""
    town = _town(slug)
    try:
        work = asking.delete(town, typed=request.POST.get("name", ""), by=request.user)
    except RefusedError as error:
        return _page(request, town, failed="loeschen", error=str(error))
    return redirect("safekeeping:work", work.pk)
