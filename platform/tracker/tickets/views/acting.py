"""What is done to a ticket by a button: each answers with the page of the ticket."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access import Role, allow
from core.numbers import whole_number
from tracker.tickets import services
from tracker.tickets.forms import CommentForm, MergeForm, NoteForm, SortForm, StateForm, WordsForm
from tracker.tickets.models import Comment, Participant, Ticket, Viewer
from tracker.tickets.participating import viewer_of
from tracker.tickets.personal import without
from tracker.tickets.showing import page
from tracker.tickets.uniting import merge
from tracker.tickets.views.ticket import seen, show

TOWN_HALLS = (Role.PLANNER, Role.EDITOR, Role.ADMIN, Role.OPERATOR)


def _back(ticket: Ticket, part: str = "") -> HttpResponse:
    return redirect(reverse("tickets:ticket", args=[services.final(ticket).pk]) + (f"#{part}" if part else ""))


@require_POST
@allow(Role.SIGNED_IN)
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Something for everybody."""
    viewer = viewer_of(request)
    found = seen(viewer, pk)
    form = CommentForm(request.POST)
    if not form.is_valid() or form.must_ask():
        return show(request, viewer, found, comment_form=form, status=400)
    gone = [each for each in form.found if each.text in request.POST.getlist("weg")]
    services.comment(found, without(form.cleaned_data["text"], gone), by=viewer)
    messages.success(request, _("Your comment is there."))
    return _back(found, "gespraech")


@require_POST
@allow(*TOWN_HALLS)
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Something between one municipality and the operator."""
    viewer = viewer_of(request)
    found = seen(viewer, pk)
    about = _about(request, viewer)
    form = NoteForm(request.POST, auto_id=f"id_{about.pk}_%s")
    if not form.is_valid():
        form.about = about  # type: ignore[attr-defined]  # where it comes back to
        return show(request, viewer, found, note_form=form, status=400)
    services.comment(found, form.cleaned_data["text"], by=viewer, about=about)
    messages.success(request, _("Noted. No other municipality sees it."))
    return _back(found, "intern")


def _about(request: HttpRequest, viewer: Viewer) -> Participant:
    if viewer.participant is not None:
        return viewer.participant
    number = request.POST.get("about", "")
    return get_object_or_404(Participant.objects.present(), pk=whole_number(number, digits=9) or 0)


@require_POST
@allow(Role.SIGNED_IN)
def withdraw(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Take a text back."""
    viewer = viewer_of(request)
    found = seen(viewer, pk)
    said = get_object_or_404(Comment.objects.visible_to(viewer).filter(ticket=found), pk=comment)
    try:
        services.withdraw(said, by=viewer)
    except PermissionDenied as error:
        raise Http404 from error
    messages.success(request, _("The text is taken back."))
    return _back(found, "gespraech")


@require_POST
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def concern(request: HttpRequest, pk: int) -> HttpResponse:
    """“Betrifft uns auch”, or not after all."""
    viewer = viewer_of(request)
    found = seen(viewer, pk)
    if request.POST.get("auch") == "nein":
        services.unconcern(found, by=viewer)
        messages.success(request, _("Noted: it does not concern you."))
    else:
        services.concern(found, by=viewer)
        messages.success(request, _("Noted: it concerns you too. You hear how it goes on."))
    return _back(found, "auch")


@require_POST
@allow(Role.SIGNED_IN)
def watch(request: HttpRequest, pk: int) -> HttpResponse:
    """Be told of it, or no longer."""
    viewer = viewer_of(request)
    found = seen(viewer, pk)
    if request.POST.get("folgen") == "nein":
        services.unwatch(found, by=viewer)
        messages.success(request, _("You follow this ticket no longer."))
    else:
        services.watch(found, by=viewer)
        messages.success(request, _("You follow this ticket."))
    return _back(found)


@require_POST
@allow(*TOWN_HALLS)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """It is not over after all."""
    viewer = viewer_of(request)
    found = seen(viewer, pk)
    form = CommentForm(request.POST)
    if not form.is_valid() or form.must_ask():
        return show(request, viewer, found, reopen_form=form, status=400)
    gone = [each for each in form.found if each.text in request.POST.getlist("weg")]
    try:
        services.reopen(found, by=viewer, text=without(form.cleaned_data["text"], gone))
        messages.success(request, _("The ticket is open again, and you hear how it goes on."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(found)


@require_http_methods(("GET", "HEAD", "POST"))
@allow(Role.EDITOR, Role.ADMIN, Role.OPERATOR)
def reword(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the shared texts anew."""
    viewer = viewer_of(request)
    found = seen(viewer, pk)
    if not services.may_reword(found, viewer):
        raise Http404
    form = WordsForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        services.reword(seen(viewer, pk), by=viewer, **{name: form.cleaned_data[name] for name in form.fields})
        messages.success(request, _("The texts are saved."))
        return _back(found)
    crumbs = [(found.reference, reverse("tickets:ticket", args=[found.pk])), (_("Change the texts"), "")]
    context = {"form": form, "reference": found.reference}
    return page(request, "tickets/reword.html", context, crumbs=crumbs, status=400 if form.errors else 200)


@require_POST
@allow(Role.OPERATOR)
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """The operator says how far it is."""
    viewer = viewer_of(request)
    found = seen(viewer, pk)
    form = StateForm(request.POST, ticket=found)
    if not form.is_valid():
        return show(request, viewer, found, state_form=form, status=400)
    try:
        services.change_state(found, form.cleaned_data["state"], by=viewer, reason=form.cleaned_data["reason"])
        messages.success(request, _("The state is set."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(found)


@require_POST
@allow(Role.OPERATOR)
def sort_in(request: HttpRequest, pk: int) -> HttpResponse:
    """The operator says what it is, how bad, and what it is about."""
    viewer = viewer_of(request)
    found = seen(viewer, pk)
    form = SortForm(request.POST)
    if not form.is_valid():
        return show(request, viewer, found, sort_form=form, status=400)
    services.sort_in(found, by=viewer, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return _back(found)


@require_http_methods(("GET", "HEAD", "POST"))
@allow(Role.OPERATOR)
def unite(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge it into another one: both are shown before, and what came along is said afterwards."""
    viewer = viewer_of(request)
    found = seen(viewer, pk)
    form = MergeForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        return show(request, viewer, found, merge_form=form, status=400)
    target: Ticket = form.cleaned_data["target"]
    try:
        into = services.final(target)
        if request.method != "POST":
            crumbs = [(found.reference, reverse("tickets:ticket", args=[found.pk])), (_("Merge"), "")]
            return page(request, "tickets/merge.html", {"ticket": found, "target": into}, crumbs=crumbs)
        moved = merge(found, into, by=viewer)
    except ValidationError as error:
        form.add_error("target", error)
        return show(request, viewer, found, merge_form=form, status=400)
    said = ", ".join(map(str, moved)) or _("nothing")
    messages.success(
        request,
        _("%(one)s is now part of %(other)s. Came along: %(things)s.")
        % {
            "one": found.reference,
            "other": into.reference,
            "things": said,
        },
    )
    return _back(into)
