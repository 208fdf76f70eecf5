"""The last page: what is missing, what residents will see, what happens next; and handing it in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import allow
from portal.authoring import doors
from portal.authoring.dates.coming import rules_in_words
from portal.authoring.finding import WRITERS, around, own_offer, problems_of, way
from portal.authoring.forms.picture import hero_of
from portal.authoring.questions import Answers, setting_of, solved_by
from portal.authoring.questions import asked_of as questions_of
from portal.authoring.seeing import Known, as_if, card_of, page_seen
from portal.authoring.steps import BY_SLUG, STEPS, address, step_of
from portal.authoring.views import moved_page
from portal.drafting import proposals
from portal.offers import editing
from portal.offers.choices import Accessibility, CostKind, ScheduleKind
from portal.offers.kind import KIND
from portal.offers.models import Offer
from portal.offers.qr import qr_inline
from portal.revisions.errors import EditingError, IncompleteError, MovedOnError
from portal.revisions.kinds import Content, Problem
from portal.revisions.models import Desk
from portal.revisions.pace import usual_sentence, usual_time_to_decide
from portal.revisions.results import Draft, Outcome
from theming.head import site_url

STEP = BY_SLUG["pruefen"]


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*WRITERS)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at it and send it."""
    offer = own_offer(request, pk)
    draft = editing.begin(offer, by=request.user) if KIND.rules.is_editable(offer) else None
    if request.method != "POST":
        return _shown(request, offer, draft or editing.begin(offer, by=request.user))
    if draft is not None:
        proposals.settle(offer, ticked=request.POST.getlist("stimmt"), before={}, changes={}, by=request.user)
    answers = _answers(offer, draft, request) if draft is not None else None
    base = request.POST.get("base", "")
    if draft is not None and answers is not None and answers.changes():
        try:
            before, changes = draft.content, answers.changes()
            draft = _with_answers(request, offer, draft, answers)
            proposals.settle(offer, ticked=(), before=before, changes=changes, by=request.user)
        except MovedOnError as moved:
            return moved_page(request, offer, moved)
        base = draft.base
    if "abschicken" in request.POST:
        return _send(request, offer, draft, answers, base)
    return redirect(address(pk, "bild") if "zurueck" in request.POST else doors.here().away(pk))


def _answers(offer: Offer, draft: Draft, request: HttpRequest | None = None) -> Answers:
    """The questions that are still open, with what was answered."""
    asked = questions_of(draft.content, problems_of(draft.content, draft.typed), draft.typed)
    person = request.user if request is not None else None
    return Answers(asked, setting_of(offer, draft, person), request.POST if request is not None else None)


def _with_answers(request: HttpRequest, offer: Offer, draft: Draft, answers: Answers) -> Draft:
    """What was answered on this page is saved, whichever button was pressed."""
    changes = answers.changes()
    saved = editing.autosave(offer, changes, by=request.user, base=request.POST.get("base", ""), typed=draft.typed)
    answers.allow()
    return Draft(saved.content, saved.base, draft.typed, saved.revision)


def _shown(
    request: HttpRequest, offer: Offer, draft: Draft, *, pressed: bool = False, answers: Answers | None = None
) -> HttpResponse:
    problems = problems_of(draft.content, draft.typed)
    asked = answers if answers is not None and answers.mistakes() else _answers(offer, draft)
    linked = [problem for problem in problems if not solved_by(asked.questions, problem)]
    desk = KIND.rules.desk(offer, request.user)
    marks = proposals.marks_of(offer, draft.content)
    context = around(
        request,
        offer,
        STEP,
        base=draft.base,
        steps=way(offer, STEP, problems, draft.typed),
        at=len(STEPS),
        problems=[_linked(offer, problem) for problem in linked],
        questions=asked.shown,
        marks=marks,
        open_marks=[(each, address(offer.pk, each.group.page)) for each in marks.every],
        open_points=len(linked) + len(asked.questions) + len(marks.every),
        mistakes=asked.mistakes(),
        pressed=pressed,
        usual=usual_sentence(usual_time_to_decide(KIND.name)) if desk == Desk.EDITORS else "",
        there=_there(offer, draft.content, problems),
        tips=_tips(offer, draft.content, asked),
        card=card_of(offer, draft),
        desk=str(desk),
        new=offer.published_at is None,
        reason=draft.reason,
        mail=getattr(request.user, "email", ""),
    )
    return render(request, "authoring/pruefen.html", context, status=200)


def _linked(offer: Offer, problem: Problem) -> dict[str, Any]:
    step = step_of(problem.name)
    return {"message": problem.message, "url": address(offer.pk, step.slug), "page": step.name}


def _there(offer: Offer, said: Content, problems: list[Problem]) -> list[dict[str, Any]]:
    """What is there already, one line a page, with the way to change it."""
    lacks = {step_of(problem.name).slug for problem in problems}
    rules = rules_in_words(said["schedules"])
    place = said["locations"][0] if said["locations"] else {}
    where = ", ".join(filter(None, (place.get("name"), place.get("street"), place.get("city"))))
    picture = _("Picture and text") if hero_of(said) and said["description"] else _("Picture") if hero_of(said) else ""
    lines = {
        "was": said["title"],
        "wann": "; ".join(rules) or _("without a fixed date"),
        "wo": where or (_("online") if said["venue"] == "online" else _("no fixed place")),
        "bild": picture or (_("Text, no picture") if said["description"] else _("no picture, no further text")),
    }
    return [
        {"name": step.name, "text": lines[step.slug], "url": address(offer.pk, step.slug)}
        for step in STEPS
        if step.slug in lines and step.slug not in lacks
    ]


def _tips(offer: Offer, said: Content, asked: Answers) -> list[dict[str, str]]:
    """What helps people and is not asked."""
    tips, here = [], {each.key for each in asked.questions}
    if said["schedule_kind"] == ScheduleKind.NONE:
        tips.append((_("When does it take place? At present it says “without a fixed date”."), "wann"))
    if said["cost_kind"] == CostKind.UNKNOWN and "cost" not in here:
        tips.append((_("What does it cost? Many look for that first."), "wo"))
    if not said["target_groups"] and "target_groups" not in here:
        tips.append((_("Whom is it for? People search by that."), "was"))
    if said["accessibility"] == Accessibility.UNKNOWN:
        tips.append((_("Can one get in without steps? Whoever depends on it is glad of an answer."), "wo"))
    contact = _contact_tip(offer, said)
    tips += [(contact, "wo")] if contact else []
    return [{"text": text, "url": address(offer.pk, slug)} for text, slug in tips]


def _contact_tip(offer: Offer, said: Content) -> str:
    """Whom people ask, where that is nobody or somebody else than in the profile: perhaps it is out of date."""
    here, profile = (_person(lambda name: said[name]), _person(lambda name: getattr(offer.provider, name)))
    if not here:
        return _("Whom can one ask? At present no contact person stands here.")
    if not profile or here == profile:
        return ""
    told = {"here": ", ".join(here), "profile": ", ".join(profile)}
    return _("Here one asks %(here)s, in your profile it says %(profile)s. Is that right?") % told


def _person(read: Callable[[str], str]) -> list[str]:
    return [value for name in ("contact_name", "contact_phone", "contact_email") if (value := read(name))]


def _send(request: HttpRequest, offer: Offer, draft: Draft | None, answers: Answers | None, base: str) -> HttpResponse:
    unclear = answers is not None and bool(answers.mistakes())
    if draft is not None and (unclear or problems_of(draft.content, draft.typed) or proposals.open_of(offer)):
        return _shown(request, offer, draft, pressed=True, answers=answers)
    base = (
        draft.base if draft is not None and answers is not None and answers.questions else request.POST.get("base", "")
    )
    try:
        outcome = editing.submit(offer, by=request.user, base=base)
    except MovedOnError as moved:
        return moved_page(request, offer, moved)
    except IncompleteError:
        return redirect(address(offer.pk, STEP.slug))
    except EditingError as error:
        messages.warning(request, str(error))
        return redirect(address(offer.pk, STEP.slug))
    messages.success(request, told(outcome))
    for sentence in outcome.left_out:
        messages.warning(request, sentence)
    return redirect(address(offer.pk, "aenderung"))


def told(outcome: Outcome) -> str:
    """What became of what was handed in, for whoever pressed."""
    if outcome.waiting == Desk.EDITORS:
        return _("Thank you. It is with the editorial team now.")
    if outcome.waiting == Desk.PROVIDER:
        return _("Thank you. It is with the people who lead your organisation here now.")
    if outcome.unchanged:
        return _("There was nothing new to send.")
    return _("Thank you. Everybody can find it now.")


@require_safe
@allow(*WRITERS)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The public page of what is written so far. Nothing on it leads anywhere."""
    offer = own_offer(request, pk)
    content = editing.begin(offer, by=request.user).content
    return preview_page(request, offer, content, back=address(pk, STEP.slug))


def preview_page(request: HttpRequest, offer: Offer, content: Content, *, back: str) -> HttpResponse:
    """The public page as it would be with this text; `back` is where the reader came from."""

    def look(row: Offer, known: Known) -> HttpResponse:
        url = site_url(request) + row.get_absolute_url()
        ways: Content = {"url": url, "qr": qr_inline(url), "mail_url": "", "translation": None, "similar": []}
        context = {**page_seen(row, known), **ways, "back": back}
        return render(request, "authoring/preview.html", context)

    return as_if(offer, content, look)
