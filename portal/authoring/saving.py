"""Saving a page: what of it changed, what could not be understood; and saving while somebody types."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from core.typed import MARK
from portal.authoring.doubles import doubles_of
from portal.authoring.every import FORMS
from portal.authoring.forms.base import Setting, changes_of
from portal.authoring.seeing import as_if, card_seen
from portal.authoring.steps import Step
from portal.drafting import proposals
from portal.offers import editing
from portal.offers.models import Offer
from portal.revisions.errors import MovedOnError
from portal.revisions.results import Draft

# What a browser sends that nobody typed: buttons, and what the page itself carries.
_BUTTONS = (
    "weiter",
    "zurueck",
    "spaeter",
    "more",
    "drop",
    "free_drop",
    "free_add",
    "count",
    "hochladen",
    "bild_weg",
    "zuschneiden",
)
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "base", "sichern", "stimmt", MARK, *_BUTTONS})


def changes_on(step: Step, form: Any) -> dict[str, Any]:
    """What somebody changed on a page."""
    return changes_of(form, FORMS[step.slug](FORMS[step.slug].data_of(form.setting), form.setting))


def typed_on(step: Step, form: Any, draft: Draft, mistakes: list[Any]) -> dict[str, Any]:
    """What stands on the pages and could not be understood, as it was typed, this page's with it."""
    typed = {name: said for name, said in draft.typed.items() if name != step.slug}
    if mistakes:
        typed[step.slug] = {name: form.data.getlist(name) for name in form.data if name not in _NOT_TYPED}
    return typed


def wants_autosave(request: HttpRequest) -> bool:
    """Whether the page itself asked to be saved, and nobody pressed a button."""
    return bool(getattr(request, "htmx", False)) and "sichern" in request.POST


def autosaved(request: HttpRequest, offer: Offer, step: Step, draft: Draft, setting: Setting) -> HttpResponse:
    """Save what was typed so far and answer with the pieces of the page that changed with it. It never complains:
    what cannot be understood is told when somebody goes on."""
    form = FORMS[step.slug](without_buttons(request.POST, _BUTTONS), setting)
    typed = typed_on(step, form, draft, form.mistakes())
    changes = changes_on(step, form)
    try:
        saved = editing.autosave(offer, changes, by=request.user, base=request.POST.get("base", ""), typed=typed)
    except MovedOnError:
        return autosave_answer(request, "authoring/_moved.html", {})
    ticked = request.POST.getlist("stimmt")
    proposals.settle(offer, ticked=ticked, before=draft.content, changes=changes, by=request.user)
    context: dict[str, Any] = {
        "base": saved.base,
        "saved": timezone.now(),
        "card": as_if(offer, saved.content, card_seen),
        "step": step,
        "form": form,
    }
    if step.slug == "was":
        context["doubles"] = doubles_of(offer, saved.content["title"])
    return autosave_answer(request, "authoring/_live.html", context)


def autosave_answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """What the page puts in place after a save while somebody typed."""
    answer = render(request, template, context)
    # By this the page's script tells our answer from any other page, such as that of signing in.
    answer["HX-Trigger"] = "gespeichert"
    answer["Cache-Control"] = "no-store"
    return answer


def without_buttons(sent: QueryDict, buttons: Iterable[str]) -> QueryDict:
    """htmx sends along a button that has the focus; nobody pressed it."""
    kept = sent.copy()
    for name in buttons:
        kept.pop(name, None)
    return kept
