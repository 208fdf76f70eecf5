"""The pages on which an offer is written. Each is saved by itself; nothing stops but what cannot be understood."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from core.numbers import whole_number
from core.typed import keeps_typed, typed_before
from portal.authoring import clashes, doors
from portal.authoring.dates.form import KINDS, MONTHS, WEEKS, WHICH, DatesForm
from portal.authoring.doubles import doubles_of
from portal.authoring.every import FORMS
from portal.authoring.finding import WRITERS, around, own_offer, problems_of, way, writer
from portal.authoring.forms.base import Setting, data_from
from portal.authoring.forms.picture import PictureForm
from portal.authoring.saving import autosaved, changes_on, typed_on, wants_autosave
from portal.authoring.seeing import card_of
from portal.authoring.steps import BY_SLUG, STEPS, Step, address, step_of
from portal.drafting import proposals
from portal.drafting.ways import unfinished, ways
from portal.offers import editing
from portal.offers.kind import KIND
from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.models import Provider
from portal.providers.whose import whose
from portal.revisions.errors import MovedOnError
from portal.revisions.results import Draft


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PROVIDER)
def new(request: HttpRequest) -> HttpResponse:
    """Begin an offer: for the one organisation, or for which of several."""
    own = Provider.objects.kept_by(writer(request))
    if request.method == "POST":
        chosen = request.POST.get("anbieter", "")
        if chosen or own.count() == 1:
            number = whole_number(chosen)
            provider = get_object_or_404(own) if number is None else get_object_or_404(own, pk=number)
            offer = editing.start_blank(provider, by=request.user)
            return redirect(address(offer.pk, "was"))
    begun = unfinished(writer(request))
    context = {
        "providers": own,
        "asked": request.method == "POST",
        "ways": ways(),
        "readings": begun,
        "crumbs": [*doors.here().trail_to_offers(), {"label": _("New offer"), "url": ""}],
    }
    return render(request, "authoring/new.html", context | whose(list(own)))


@require_safe
@allow(*WRITERS)
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    """To where somebody wants to go on: a draft's first open page, what waits, or the overview."""
    offer = own_offer(request, pk, closed=True)
    if offer.state in {State.TRASHED, State.ARCHIVED} or editing.waiting_for(offer) is not None:
        return redirect(address(pk, "aenderung"))
    draft = editing.begin(offer, by=request.user)
    problems = problems_of(draft.content, draft.typed)
    return redirect(address(pk, step_of(problems[0].name).slug if problems else "pruefen"))


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@allow(*WRITERS)
def what(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is and for whom."""
    return _page(request, pk, BY_SLUG["was"])


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@allow(*WRITERS)
def when(request: HttpRequest, pk: int) -> HttpResponse:
    """When it takes place."""
    return _page(request, pk, BY_SLUG["wann"])


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@allow(*WRITERS)
def where(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it is and what it costs."""
    return _page(request, pk, BY_SLUG["wo"])


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@allow(*WRITERS)
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Picture and text."""
    return _page(request, pk, BY_SLUG["bild"])


def _page(request: HttpRequest, pk: int, step: Step) -> HttpResponse:
    offer = own_offer(request, pk)
    draft = editing.begin(offer, by=request.user)
    fresh = offer.published_at is None
    setting, make = Setting(offer.provider, draft.content, request.user, fresh), FORMS[step.slug]
    if request.method == "POST" and wants_autosave(request):
        return autosaved(request, offer, step, draft, setting)
    if request.method == "POST":
        return _save(request, offer, step, draft, make(request.POST, setting, request.FILES))
    before = typed_before(request)
    if before is not None:
        return _shown(request, offer, step, replace(draft, base=before.get("base", "")), make(before, setting))
    typed = draft.typed.get(step.slug)
    form = make(data_from(typed) if typed else make.data_of(setting), setting)
    if not typed:
        form.forgive()
    return _shown(request, offer, step, draft, form)


def _save(request: HttpRequest, offer: Offer, step: Step, draft: Draft, form: Any) -> HttpResponse:
    stays, mistakes = form.perform(), form.mistakes()
    changes = changes_on(step, form)
    typed = typed_on(step, form, draft, mistakes)
    try:
        saved = editing.autosave(offer, changes, by=request.user, base=request.POST.get("base", ""), typed=typed)
    except MovedOnError as moved:
        return _both(request, offer, step, moved, changes)
    proposals.settle(
        offer, ticked=request.POST.getlist("stimmt"), before=draft.content, changes=changes, by=request.user
    )
    if isinstance(form, PictureForm):
        form.allow()
    if (stays and "nadel" not in request.POST) or (
        mistakes and "zurueck" not in request.POST and "spaeter" not in request.POST
    ):
        now = Draft(saved.content, saved.base, typed, saved.revision)
        return _shown(request, offer, step, now, _again(form, now) if not mistakes else form)
    return redirect(_onwards(request, offer, step, changes))


def _again(form: Any, now: Draft) -> Any:
    """The page as it was filled in, on what was saved of it."""
    setting = Setting(form.setting.provider, now.content, form.setting.person, form.setting.fresh)
    if isinstance(form, PictureForm):
        return PictureForm(PictureForm.data_of(setting), setting)
    fresh = type(form)(form.data, setting)
    if isinstance(form, DatesForm):
        fresh.added = form.added
    return fresh


def _onwards(request: HttpRequest, offer: Offer, step: Step, changes: dict[str, Any]) -> str:
    at = STEPS.index(step)
    if "spaeter" in request.POST:
        return doors.here().away(offer.pk)
    if "nadel" in request.POST:
        return address(offer.pk, "ort")
    if "zurueck" in request.POST:
        return address(offer.pk, STEPS[max(0, at - 1)].slug)
    named = "?titel=1" if "title" in changes else ""
    return address(offer.pk, STEPS[at + 1].slug) + named


def _shown(request: HttpRequest, offer: Offer, step: Step, draft: Draft, form: Any) -> HttpResponse:
    problems = problems_of(draft.content, draft.typed)
    asks = step.slug == "was" or (step.slug == "wann" and "titel" in request.GET)
    context = around(
        request,
        offer,
        step,
        form=form,
        base=draft.base,
        mistakes=form.mistakes(),
        steps=way(offer, step, problems, draft.typed),
        at=STEPS.index(step) + 1,
        first=step is STEPS[0],
        saved=draft.revision.updated_at if draft.revision is not None and request.method == "POST" else None,
        reason=draft.reason,
        doubles=doubles_of(offer, draft.content["title"]) if asks else [],
        card=card_of(offer, draft),
        today=timezone.localdate(),
        marks=proposals.marks_of(offer, draft.content),
    )
    if step.slug == "wann":
        context |= {"kinds": KINDS, "which": WHICH, "weeks": WEEKS, "months": MONTHS}
    return render(request, f"authoring/{step.slug}.html", context)


def _both(request: HttpRequest, offer: Offer, step: Step, moved: MovedOnError, changes: dict[str, Any]) -> HttpResponse:
    """Both versions of what clashes, to choose from."""
    context = around(
        request, offer, step, choose_url=reverse("authoring:choose", args=[offer.pk], current_app=doors.here().instance)
    )
    context |= clashes.offered(request, KIND, offer.pk, moved, changes)
    return render(request, "authoring/both.html", context, status=409)


@require_POST
@allow(*WRITERS)
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep of both versions what somebody chose."""
    offer = own_offer(request, pk)
    step = BY_SLUG.get(request.POST.get("seite", ""), STEPS[-1])
    # Both are shown as one difference.
    changes = clashes.chosen(request, KIND, pk, together={"schedule_kind": "schedules"})
    try:
        editing.autosave(offer, changes, by=request.user, base=request.POST.get("base", ""))
    except MovedOnError as moved:
        return _both(request, offer, step, moved, changes)
    return redirect(address(pk, step.slug))


def moved_page(request: HttpRequest, offer: Offer, moved: MovedOnError) -> HttpResponse:
    """The same for what clashes when something is handed in."""
    return _both(request, offer, STEPS[-1], moved, {})
