"""The operator's pages: all switches, one of them, turning it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from switches import services
from switches.forms import TurnForm
from switches.standing import Standing, left_over, standings, towns
from tenants.refused import RefusedError

PER_PAGE = 50
_HOME = "/betrieb/schalter/"


def _crumbs(*more: str) -> list[dict[str, str]]:
    home = {"label": _("Switches"), "url": _HOME if more else ""}
    return [{"label": _("Operations"), "url": "/betrieb/"}, home, *({"label": each, "url": ""} for each in more)]


@require_safe
@allow(Role.OPERATOR)
def overview(request: HttpRequest) -> HttpResponse:
    """All switches with in how many municipalities they are on, and what is left of those nobody asks any more."""
    everybody = towns()
    rows = [
        {"it": each, "on": sum(each.is_on_for(town) for town in everybody), "turned": len(each.settings)}
        for each in standings()
    ]
    left = [{"name": name, "number": len(settings)} for name, settings in left_over().items()]
    context = {"crumbs": _crumbs(), "rows": rows, "total": len(everybody), "left": left}
    return render(request, "switches/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def one(request: HttpRequest, name: str) -> HttpResponse:
    """One switch: what was turned by whom, turning it, and where it is on."""
    everybody = towns()
    if not any(each.switch.name == name for each in standings([name])):
        raise Http404
    given: Any = request.POST if request.method == "POST" else None
    form = TurnForm(given, towns=everybody)
    if request.method == "POST" and form.is_valid():
        try:
            changed = services.turn(name, form.chosen, form.cleaned_data["wanted"], by=request.user)
        except RefusedError as error:
            form.add_error("whom", str(error))
        else:
            said = _("Turned. Every process knows it with its next request.") if changed else _("It was so already.")
            messages.success(request, said)
            return redirect("switches:one", name)
    # After what was just turned.
    (standing,) = standings([name])
    page = Paginator(everybody, PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        "crumbs": _crumbs(str(standing.switch.label)),
        "it": standing,
        "form": form,
        "page": page,
        "rows": [{"town": town, "on": standing.is_on_for(town), "why": _why(standing, town)} for town in page],
        "on": sum(standing.is_on_for(town) for town in everybody),
        "total": len(everybody),
    }
    return render(request, "switches/one.html", context, status=400 if form.errors else 200)


def _why(standing: Standing, town: Any) -> str:
    setting = standing.setting_for(town)
    if setting is None:
        return _("as declared")
    if setting.municipality_id is not None:
        return _("turned for it")
    return _("turned for the wave “%(wave)s”") % {"wave": setting.wave} if setting.wave else _("turned for all")


@require_POST
@allow(Role.OPERATOR)
def forget(request: HttpRequest, name: str) -> HttpResponse:
    """Remove what is left of a switch that nobody asks any more."""
    try:
        number = services.forget(name, by=request.user)
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Removed: %(number)d settings of “%(name)s”.") % {"number": number, "name": name})
    return redirect("switches:overview")
