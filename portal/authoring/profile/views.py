"""The pages on which a profile is written. Each is saved by itself; nothing stops but what cannot be understood."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.access import allow
from core.typed import MARK, keeps_typed, typed_before
from portal.authoring import clashes, doors
from portal.authoring.finding import WRITERS
from portal.authoring.forms.base import Setting, changes_of, data_from
from portal.authoring.profile.finding import around, own_profile, problems_of, way
from portal.authoring.profile.forms.contact import ContactForm
from portal.authoring.profile.forms.hours import HoursForm
from portal.authoring.profile.forms.images import ImagesForm
from portal.authoring.profile.forms.who import WhoForm
from portal.authoring.profile.framing import with_frame
from portal.authoring.profile.steps import BY_SLUG, STEPS, address, home
from portal.authoring.saving import autosave_answer, wants_autosave, without_buttons
from portal.authoring.steps import Step
from portal.providers import editing
from portal.providers.kind import KIND
from portal.providers.models import Provider
from portal.revisions.errors import MovedOnError
from portal.revisions.results import Draft

FORMS: dict[str, Any] = {"wer": WhoForm, "kontakt": ContactForm, "zeiten": HoursForm, "bilder": ImagesForm}
# Buttons that leave the page whatever stands in it.
_AWAY = frozenset({"zurueck", "spaeter"})
_ROW_BUTTONS = {f"{stem}_{button}" for stem in ("p", "f") for button in ("neu", "hoch", "runter", "weg")}
_PAGE_BUTTONS = {"weiter", "nadel", "more", "drop", "gleich", "hochladen", "logo_weg", "portrait_weg"}
_BUTTONS = _PAGE_BUTTONS | _ROW_BUTTONS | _AWAY
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "base", "sichern", "logo", "bild", "portrait", MARK, *_BUTTONS})


def _page(slug: str) -> Callable[..., HttpResponse]:
    """The view of one page."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @keeps_typed
    @allow(*WRITERS)
    @with_frame
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        step, provider = BY_SLUG[slug], own_profile(request, pk)
        draft = editing.begin(provider, by=request.user)
        setting, make = Setting(provider, draft.content, request.user), FORMS[slug]
        if request.method == "POST" and wants_autosave(request):
            return _autosaved(request, step, draft, make(without_buttons(request.POST, _BUTTONS), setting))
        if request.method == "POST":
            return _save(request, step, draft, make(request.POST, setting, request.FILES))
        before = typed_before(request)
        if before is not None:
            return _shown(request, step, replace(draft, base=before.get("base", "")), make(before, setting))
        typed = draft.typed.get(slug)
        form = make(data_from(typed) if typed else make.data_of(setting), setting)
        if not typed:
            form.forgive()
        return _shown(request, step, draft, form)

    return page


who, contact, hours, images = (_page(slug) for slug in FORMS)


def _kept(step: Step, draft: Draft, form: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """What somebody changed on a page, and what stands there and could not be understood, as it was typed."""
    changes = changes_of(form, FORMS[step.slug](FORMS[step.slug].data_of(form.setting), form.setting))
    typed = {name: said for name, said in draft.typed.items() if name != step.slug}
    if len(form.mistakes()) > getattr(form, "passing", 0):
        typed[step.slug] = {name: form.data.getlist(name) for name in form.data if name not in _NOT_TYPED}
    return changes, typed


def _save(request: HttpRequest, step: Step, draft: Draft, form: Any) -> HttpResponse:
    provider = form.setting.provider
    stays, mistakes = form.perform(), form.mistakes()
    changes, typed = _kept(step, draft, form)
    base = request.POST.get("base", "")
    try:
        saved = editing.autosave(provider, changes, by=request.user, base=base, typed=typed)
    except MovedOnError as moved:
        return _both(request, provider, step, moved, changes)
    if isinstance(form, ImagesForm):
        form.allow()
    if stays or (mistakes and not _AWAY & request.POST.keys()):
        now = Draft(saved.content, saved.base, typed, saved.revision)
        return _shown(request, step, now, form if mistakes else _again(form, now))
    return redirect(_onwards(request, provider, step))


def _autosaved(request: HttpRequest, step: Step, draft: Draft, form: Any) -> HttpResponse:
    """Save what was typed so far. It never complains: what cannot be understood is told when somebody goes on."""
    provider, base = form.setting.provider, request.POST.get("base", "")
    changes, typed = _kept(step, draft, form)
    try:
        saved = editing.autosave(provider, changes, by=request.user, base=base, typed=typed)
    except MovedOnError:
        return autosave_answer(request, "authoring/_moved.html", {})
    if isinstance(form, ImagesForm):
        form.allow()
    now = Draft(saved.content, saved.base, typed, saved.revision)
    context = {**_saved(provider, now), "saved": timezone.now()}
    return autosave_answer(request, "authoring/profile/_saved.html", context)


def _again(form: Any, now: Draft) -> Any:
    """The page as it was filled in, on what was saved of it."""
    fresh = type(form)(form.data, Setting(form.setting.provider, now.content, form.setting.person))
    fresh.added = getattr(form, "added", "")
    return fresh


def _onwards(request: HttpRequest, provider: Provider, step: Step) -> str:
    at = STEPS.index(step)
    if "spaeter" in request.POST:
        return home(provider.pk)
    if "nadel" in request.POST:
        return address(provider.pk, "nadel")
    if "zurueck" in request.POST:
        return address(provider.pk, STEPS[at - 1].slug) if at else home(provider.pk)
    return address(provider.pk, STEPS[at + 1].slug)


def _saved(provider: Provider, draft: Draft) -> dict[str, Any]:
    """What is said beside the form once it was saved, and the preview of that."""
    revision = draft.revision
    return {
        "base": draft.base,
        "saved": revision.updated_at if revision is not None else None,
        "preview": address(provider.pk, "vorschau"),
        "version": f"{revision.pk}-{revision.version}" if revision is not None else "0",
    }


def _shown(request: HttpRequest, step: Step, draft: Draft, form: Any) -> HttpResponse:
    provider = form.setting.provider
    problems = problems_of(draft.content, draft.typed)
    context = around(
        provider,
        step,
        form=form,
        mistakes=form.mistakes(),
        steps=way(provider, step, problems, draft.typed),
        at=STEPS.index(step) + 1,
        first=step is STEPS[0],
        reason=draft.reason,
        added=getattr(form, "added", ""),
    )
    context |= _saved(provider, draft)
    if request.method != "POST":
        context["saved"] = None
    return render(request, f"authoring/profile/{step.slug}.html", context)


def _both(
    request: HttpRequest, provider: Provider, step: Step, moved: MovedOnError, changes: dict[str, Any]
) -> HttpResponse:
    """Both versions of what clashes, to choose from."""
    context = around(
        provider,
        step,
        choose_url=reverse("authoring:profile_choose", args=[provider.pk], current_app=doors.here().instance),
    )
    context |= clashes.offered(request, KIND, provider.pk, moved, changes)
    return render(request, "authoring/both.html", context, status=409)


@require_POST
@allow(*WRITERS)
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep of both versions what somebody chose."""
    provider = own_profile(request, pk)
    step = BY_SLUG.get(request.POST.get("seite", ""), STEPS[-1])
    changes = clashes.chosen(request, KIND, pk)
    try:
        editing.autosave(provider, changes, by=request.user, base=request.POST.get("base", ""))
    except MovedOnError as moved:
        return _both(request, provider, step, moved, changes)
    return redirect(address(pk, step.slug))


def moved_page(request: HttpRequest, provider: Provider, moved: MovedOnError) -> HttpResponse:
    """The same for what clashes when something is handed in."""
    return _both(request, provider, STEPS[-1], moved, {})
