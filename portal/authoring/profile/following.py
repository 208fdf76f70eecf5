"""Where the profile stands: its overview, what a waiting change would change, and taking that back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import allow
from portal.authoring.finding import WRITERS
from portal.authoring.profile.checking import linked
from portal.authoring.profile.finding import around, may_write, own_profile, problems_of, seen_profile
from portal.authoring.profile.framing import with_frame
from portal.authoring.profile.steps import STEPS, address, home
from portal.differences.showing import shown_change
from portal.providers import editing
from portal.providers.condition import Condition, condition_of, reason_of, with_condition
from portal.providers.kind import KIND
from portal.providers.models import Membership, Provider
from portal.providers.states import State
from portal.revisions.errors import EditingError
from portal.revisions.pace import usual_sentence, usual_time_to_decide

KINDS = {
    Condition.PUBLIC: "success",
    Condition.IN_REVIEW: "info",
    Condition.CHANGE_IN_REVIEW: "info",
    Condition.RETURNED: "warning",
    Condition.BLOCKED: "danger",
}


def _standing(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What both pages say of where it stands."""
    seen_profile(request, pk)
    provider = with_condition(Provider.objects.filter(pk=pk)).get()
    condition, online = condition_of(provider), provider.state == State.PUBLISHED
    return around(
        provider,
        condition=condition,
        kind=KINDS.get(condition, ""),
        reason=reason_of(provider) if condition in {Condition.RETURNED, Condition.BLOCKED} else "",
        online=online,
        waits=provider.waiting_id is not None,
        usual=usual_sentence(usual_time_to_decide(KIND.name)) if provider.waiting_id is not None else "",
        writes=may_write(request, provider) and KIND.rules.is_editable(provider),
    )


@require_safe
@allow(*WRITERS)
@with_frame
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """The profile's state in words, what residents see, what is missing, and where to go on."""
    context = _standing(request, pk)
    provider = context["provider"]
    if context["writes"]:
        context |= _work(request, provider)
    else:
        context["leaders"] = _leaders(provider)
    context |= {"preview": address(pk, "vorschau"), "version": "0"}
    return render(request, "authoring/profile/overview.html", context)


def _work(request: HttpRequest, provider: Provider) -> dict[str, Any]:
    """For those who may write: the pages, what is missing, and whether there is something that was not sent yet."""
    draft = editing.begin(provider, by=request.user)
    problems = problems_of(draft.content, draft.typed)
    lacks = {each["page"] for each in linked(provider, problems)}
    working = editing.working_of(provider, by=request.user)
    pages = [
        {"name": step.name, "url": address(provider.pk, step.slug), "wrong": step.name in lacks} for step in STEPS[:-1]
    ]
    return {
        "problems": linked(provider, problems),
        "pages": pages,
        "unsent": working is not None and provider.state != State.DRAFT,
        "check": address(provider.pk, "pruefen"),
    }


def _leaders(provider: Provider) -> list[str]:
    """Who may change the profile, for those who may not."""
    leaders = Membership.objects.filter(
        provider=provider, role=Membership.Role.ADMINISTRATOR, user__is_active=True
    ).select_related("user")
    return [str(each.user) for each in leaders]


@require_safe
@allow(*WRITERS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """What the change that waits would change."""
    context = _standing(request, pk)
    provider = context["provider"]
    waiting = editing.waiting_for(provider)
    context["differences"] = shown_change(KIND, waiting, provider) if waiting is not None and context["online"] else []
    context |= {"waiting": waiting, "edit": address(pk, "pruefen"), "preview": address(pk, "vorschau")}
    context["crumbs"] = [
        *context["crumbs"][:-1],
        {"label": _("Profile"), "url": home(pk)},
        {"label": _("What changes"), "url": ""},
    ]
    return render(request, "authoring/profile/change.html", context)


@require_POST
@allow(*WRITERS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what waits; the text stays with whoever wrote it."""
    provider = own_profile(request, pk)
    waiting = editing.waiting_for(provider)
    if waiting is None:
        messages.info(request, _("There is nothing that waits."))
        return redirect(home(pk))
    try:
        editing.withdraw(waiting, by=request.user)
    except EditingError as error:
        messages.warning(request, str(error))
        return redirect(home(pk))
    messages.success(request, _("It was taken back. Your text is still here."))
    return redirect(address(pk, "pruefen"))
