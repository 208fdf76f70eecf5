"""The last page: what is missing, what residents will see, what happens next; and handing it in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import allow
from portal.authoring.checking import told
from portal.authoring.finding import WRITERS
from portal.authoring.profile.finding import around, may_write, own_profile, problems_of, seen_profile, way
from portal.authoring.profile.framing import framed, with_frame
from portal.authoring.profile.seeing import profile_preview
from portal.authoring.profile.steps import BY_SLUG, STEPS, address, home, step_of
from portal.authoring.profile.views import moved_page
from portal.providers import editing, snapshot
from portal.providers.kind import KIND
from portal.providers.models import Provider
from portal.revisions.errors import EditingError, IncompleteError, MovedOnError
from portal.revisions.kinds import Content, Problem
from portal.revisions.models import Desk
from portal.revisions.pace import usual_sentence, usual_time_to_decide
from portal.revisions.results import Draft

STEP = BY_SLUG["pruefen"]


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*WRITERS)
@with_frame
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at it and send it."""
    provider = own_profile(request, pk)
    if request.method == "POST" and "abschicken" in request.POST:
        return _send(request, provider)
    if request.method == "POST":
        return redirect(address(pk, "bilder") if "zurueck" in request.POST else home(pk))
    return _shown(request, provider, editing.begin(provider, by=request.user))


def _shown(request: HttpRequest, provider: Provider, draft: Draft, *, pressed: bool = False) -> HttpResponse:
    problems = problems_of(draft.content, draft.typed)
    revision, desk = draft.revision, KIND.rules.desk(provider, request.user)
    context = around(
        provider,
        STEP,
        base=draft.base,
        steps=way(provider, STEP, problems, draft.typed),
        at=len(STEPS),
        saved=None,
        problems=linked(provider, problems),
        pressed=pressed,
        there=_there(provider, draft.content, problems),
        tips=tips(provider, draft.content),
        desk=str(desk),
        usual=usual_sentence(usual_time_to_decide(KIND.name)) if desk == Desk.EDITORS else "",
        new=provider.published_at is None,
        reason=draft.reason,
        preview=address(provider.pk, "vorschau"),
        version=f"{revision.pk}-{revision.version}" if revision is not None else "0",
    )
    return render(request, "authoring/profile/pruefen.html", context)


def linked(provider: Provider, problems: list[Problem]) -> list[dict[str, Any]]:
    """What is missing, with the page on which it is said."""
    steps = [(problem, step_of(problem.name)) for problem in problems]
    return [{"message": each.message, "url": address(provider.pk, step.slug), "page": step.name}
            for each, step in steps]  # fmt: skip


def _there(provider: Provider, said: Content, problems: list[Problem]) -> list[dict[str, Any]]:
    """What is there already, one line a page, with the way to change it."""
    lacks = {step_of(problem.name).slug for problem in problems}
    town = f"{said['postcode']} {said['city']}".strip()
    where = ", ".join(filter(None, (said["street"], town, said["phone"], said["email"])))
    open_days = len({each["weekday"] for each in said["opening_hours"]})
    number = len(said["images"])
    hours = _("open on %(number)d days a week") % {"number": open_days} if open_days else said["opening_hours_note"]
    lines = {
        "wer": said["name"],
        "kontakt": where or _("nothing yet"),
        "zeiten": hours or _("no opening hours"),
        "bilder": _("%(number)d pictures") % {"number": number} if number > 1
        else _("one picture") if number else _("no pictures"),
    }  # fmt: skip
    return [
        {"name": step.name, "text": lines[step.slug], "url": address(provider.pk, step.slug)}
        for step in STEPS
        if step.slug in lines and step.slug not in lacks
    ]


def tips(provider: Provider, said: Content) -> list[dict[str, str]]:
    """What helps people and is not asked."""
    found = []
    if not said["categories"]:
        found.append((_("Which topics fit you? People find you by them."), "wer"))
    if not said["postcode"]:
        found.append((_("Where are you? With an address you stand on the map."), "kontakt"))
    if not (said["opening_hours"] or said["opening_hours_note"] or said["opening_notes"]):
        found.append((_("When are you there? Many look for opening hours first."), "zeiten"))
    if not any(each["kind"] == "logo" for each in said["images"]):
        found.append((_("With a logo people recognise you in lists."), "bilder"))
    if any(each["kind"] == "contact" for each in said["images"]) and not said["contact_name"]:
        found.append((_("There is a portrait, but no contact person. Without a name it is not shown."), "kontakt"))
    return [{"text": text, "url": address(provider.pk, slug)} for text, slug in found]


def _send(request: HttpRequest, provider: Provider) -> HttpResponse:
    draft = editing.begin(provider, by=request.user)
    if problems_of(draft.content, draft.typed):
        return _shown(request, provider, draft, pressed=True)
    try:
        outcome = editing.submit(provider, by=request.user, base=request.POST.get("base", ""))
    except MovedOnError as moved:
        return moved_page(request, provider, moved)
    except IncompleteError:
        return redirect(address(provider.pk, STEP.slug))
    except EditingError as error:
        messages.warning(request, str(error))
        return redirect(address(provider.pk, STEP.slug))
    messages.success(request, told(outcome))
    for sentence in outcome.left_out:
        messages.warning(request, sentence)
    return redirect(home(provider.pk))


@require_safe
@allow(*WRITERS)
@framed
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The public page of what is written so far; for members and of what is put away, of what is there."""
    provider = seen_profile(request, pk)
    writes = may_write(request, provider) and KIND.rules.is_editable(provider)
    content = editing.begin(provider, by=request.user).content if writes else snapshot.take(provider)
    back = address(pk, STEP.slug) if writes else home(pk)
    return profile_preview(request, provider, content, back=back)
