"""Polls: the list, answering one, its result; and what the operator does with them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from tracker.forum.counting import result_of
from tracker.forum.forms import PointForm
from tracker.forum.models import AgendaItem, Poll
from tracker.forum.poll_forms import BallotForm, CloseForm, NewPollForm, PollForm
from tracker.forum.services import polling, talking
from tracker.forum.views.around import TALKING, page
from tracker.tickets.models import Viewer
from tracker.tickets.participating import viewer_of


def _trail(*labels: str) -> tuple[tuple[str, str], ...]:
    return (_("Polls"), reverse("forum:polls")), *((label, "") for label in labels)


@require_safe
@allow(*TALKING)
def polls(request: HttpRequest) -> HttpResponse:
    """All, those that are open first."""
    rows = sorted(Poll.objects.defer("search").select_related("meeting"), key=lambda each: not each.is_open())
    return page(request, "forum/polls.html", (_("Polls"), ""), polls=[(each, each.is_open()) for each in rows])


def _show(
    request: HttpRequest,
    poll: Poll,
    viewer: Viewer,
    *,
    ballot: BallotForm | None = None,
    point: PointForm | None = None,
) -> HttpResponse:
    answers = poll.is_open() and viewer.participant is not None
    result = result_of(poll)
    for item, _towns in result.items:
        item.removable = talking.may_remove(item, viewer)  # type: ignore[attr-defined]  # for the template
    context: dict[str, Any] = {
        "poll": poll,
        "open": poll.is_open(),
        "result": result,
        "ballot": ballot or (BallotForm(poll, viewer.participant) if answers else None),
        "point": point or (PointForm() if poll.is_open() else None),
    }
    return page(request, "forum/poll.html", *_trail(poll.title), **context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*TALKING)
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """One poll; what is sent is the answer of one's municipality."""
    found = get_object_or_404(Poll.objects.select_related("meeting"), pk=pk)
    viewer = viewer_of(request)
    if request.method != "POST":
        return _show(request, found, viewer)
    form = BallotForm(found, viewer.participant, request.POST)
    if form.is_valid():
        try:
            polling.vote(found, form.ballot(), by=viewer)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(request.path)
        messages.success(
            request, _("Your municipality's answer is counted. You can change it as long as the poll is open.")
        )
        return redirect(request.path)
    return _show(request, found, viewer, ballot=form)


@require_POST
@allow(*TALKING)
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a point to talk about."""
    found = get_object_or_404(Poll, pk=pk)
    viewer = viewer_of(request)
    form = PointForm(request.POST)
    if form.is_valid():
        try:
            polling.propose(found, form.cleaned_data["title"], form.cleaned_data["text"], by=viewer)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(f"{reverse('forum:poll', args=[pk])}#punkte")
    return _show(request, found, viewer, point=form)


@require_POST
@allow(*TALKING)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a point back."""
    item = get_object_or_404(AgendaItem.objects.select_related("poll"), pk=pk)
    try:
        polling.take_back(item, by=viewer_of(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("forum:poll", item.poll_id)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def add(request: HttpRequest) -> HttpResponse:
    """A new poll."""
    form = NewPollForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = polling.ask(form.instance, dates=form.dates(), questions=form.questions(), by=viewer_of(request))
        return redirect("forum:poll", made.pk)
    return page(request, "forum/poll_form.html", *_trail(_("New poll")), form=form, label=_("New poll"))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words, or more time."""
    found = get_object_or_404(Poll, pk=pk)
    form = PollForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        polling.change(form.instance, by=viewer_of(request))
        return redirect("forum:poll", pk)
    return page(request, "forum/poll_form.html", *_trail(_("Change the poll")), form=form, label=_("Change the poll"))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End it and say what came of it."""
    found = get_object_or_404(Poll, pk=pk)
    form = CloseForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        meeting, outcome = form.cleaned_data["meeting"], form.cleaned_data["outcome"]
        polling.close(found, meeting=meeting, outcome=outcome, by=viewer_of(request))
        return redirect("forum:poll", pk)
    label = _("Close the poll") if found.closed_at is None else _("What came of it")
    return page(request, "forum/poll_form.html", *_trail(label), form=form, label=label)
