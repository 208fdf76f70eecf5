"""The pages: what would happen, starting it, how far it is, stopping, going on, drift. None asks a schema."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow
from operations.rollouts import services
from operations.rollouts.forms import StartForm
from operations.rollouts.models import DriftLook, Plan
from operations.rollouts.services import UnderWayError
from operations.rollouts.showing import history_of, named, progress_of
from tenants.models import DriftCheck, Municipality, Rollout
from tenants.refused import RefusedError
from tenants.rollout.ordering import open_rollout
from tenants.rollout.waves import in_order
from tenants.rollout_records import StepState
from tracker.releases.models import Release

PER_PAGE = 50
PAST = 20
HOME = "rollouts:overview"
# The part of the address that keeps the page from renewing itself.
STILL = "ruhig"


def _crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    trail = [(_("Operations"), "/betrieb/"), (_("Rollouts"), "/betrieb/rollouts/" if more else ""), *more]
    return [{"label": label, "url": url} for label, url in trail]


def _answer(request: HttpRequest, template: str, context: dict[str, Any], *, moves: bool = False) -> HttpResponse:
    """`moves`: there is something to wait for. When that has ended, the whole page is drawn anew."""
    context |= {"moves": moves and STILL not in request.GET, "now": timezone.now(), "still": STILL}
    status = 400 if (form := context.get("form")) is not None and form.errors else 200
    answer = render(request, template, context, status=status)
    if getattr(request, "htmx", False) and not moves:
        answer["HX-Refresh"] = "true"
    return answer


@require_safe
@allow(Role.OPERATOR)
def overview(request: HttpRequest) -> HttpResponse:
    """What is under way, the last plan, the last check for drift, past rollouts, and what editors read."""
    page = Paginator(Rollout.objects.all(), PAST).get_page(request.GET.get("seite"))
    context = {
        "crumbs": _crumbs(),
        "open": open_rollout(),
        "plan": services.as_it_is(last) if (last := Plan.objects.first()) else None,
        "look": _last_look(),
        "drift": DriftCheck.objects.first(),
        "page": page,
        "to_come": Release.objects.to_come()[:PAST],
        "on_its_way": Release.objects.issued().filter(finished_at=None)[:PAST],
        "total": Municipality.objects.count(),
    }
    return _answer(request, "rollouts/overview.html", context)


def _last_look() -> DriftLook | None:
    last = DriftLook.objects.first()
    return services.as_it_is(last) if last is not None else None


@require_POST
@allow(Role.OPERATOR)
def ask_plan(request: HttpRequest) -> HttpResponse:
    """Have a worker look what a rollout would do."""
    return redirect("rollouts:plan", services.ask_for_plan(by=request.user).pk)


@require_safe
@allow(Role.OPERATOR)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """What a rollout would do, with its SQL, and the form that starts it."""
    found = services.as_it_is(get_object_or_404(Plan, pk=pk))
    return _plan(request, found, StartForm(plan=found))


def _plan(request: HttpRequest, found: Plan, form: StartForm) -> HttpResponse:
    waves = found.waves
    context = {
        "crumbs": _crumbs((_("Plan"), "")),
        "plan": found,
        "form": form,
        "waves": [(name, waves[name]) for name in in_order(set(waves))],
        "open": open_rollout(),
    }
    return _answer(request, "rollouts/plan.html", context, moves=found.is_waiting)


@require_POST
@allow(Role.OPERATOR)
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Start what the plan shows; started twice, it answers with the one that is under way."""
    found = get_object_or_404(Plan, pk=pk)
    form = StartForm(request.POST, plan=found)
    if not form.is_valid():
        return _plan(request, found, form)
    try:
        made = services.start(found, wish=form.wish, by=request.user, release=form.cleaned_data["release"])
    except UnderWayError as error:
        messages.warning(request, str(error))
        return redirect("rollouts:rollout", error.rollout.pk)
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect("rollouts:plan", pk)
    return redirect("rollouts:rollout", made.pk)


@require_safe
@allow(Role.OPERATOR)
def rollout(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, what became of each municipality, and why it stopped."""
    found = get_object_or_404(Rollout, pk=pk)
    state = request.GET.get("stand", "")
    steps = found.steps.all()
    if state in StepState.values:
        steps = steps.filter(state=state)
    page = Paginator(steps, PER_PAGE).get_page(request.GET.get("seite"))
    context = progress_of(found) | {
        "crumbs": _crumbs((str(found.pk), "")),
        "page": page,
        "steps": named(page),
        "state": state if state in StepState.values else "",
        "states": StepState.choices,
        "history": history_of(found),
    }
    return _answer(request, "rollouts/rollout.html", context, moves=found.is_open and context["is_attended"])


@require_POST
@allow(Role.OPERATOR)
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it stop: what is under way ends properly."""
    found = get_object_or_404(Rollout, pk=pk)
    try:
        services.stop(found, by=request.user)
    except RefusedError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("It stops: what is under way is brought to its end, nothing new is begun."))
    return redirect("rollouts:rollout", pk)


@require_POST
@allow(Role.OPERATOR)
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on where it was."""
    found = get_object_or_404(Rollout, pk=pk)
    try:
        services.go_on(found, by=request.user)
    except UnderWayError as error:
        messages.warning(request, str(error))
        return redirect("rollouts:rollout", error.rollout.pk)
    except RefusedError as error:
        messages.warning(request, str(error))
    return redirect("rollouts:rollout", pk)


@require_safe
@allow(Role.OPERATOR)
def drift(request: HttpRequest) -> HttpResponse:
    """Which schemas were not as their migrations made them when somebody looked last, here or by `check_drift`."""
    look, last = _last_look(), DriftCheck.objects.first()
    found = last.found if last is not None else {}
    towns = dict(Municipality.objects.filter(schema_name__in=found).values_list("schema_name", "name"))
    context = {
        "crumbs": _crumbs((_("Drift"), "")),
        "look": look,
        "check": last,
        "rows": [{"slug": slug, "name": towns.get(slug, slug), "lines": lines} for slug, lines in found.items()],
    }
    return _answer(request, "rollouts/drift.html", context, moves=look is not None and look.is_waiting)


@require_POST
@allow(Role.OPERATOR)
def ask_drift(request: HttpRequest) -> HttpResponse:
    """Have a worker compare all schemas."""
    services.ask_for_drift(by=request.user)
    return redirect("rollouts:drift")
