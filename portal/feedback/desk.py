"""The editors' side: what residents reported, and what became of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow
from core.work import following
from portal.feedback import services
from portal.feedback.forms import AnswerForm, NoteForm, StateForm
from portal.feedback.models import Case, State
from portal.feedback.models.case import CLOSED, OPEN
from portal.feedback.work import THREAD

PER_PAGE = 25
# Name in the address: label and states.
FILTERS: dict[str, tuple[Any, frozenset[State]]] = {
    "offen": (gettext_lazy("Open"), OPEN),
    "neu": (gettext_lazy("New"), frozenset({State.NEW})),
    "ueberfaellig": (gettext_lazy("Overdue"), OPEN),
    "erledigt": (gettext_lazy("Done"), frozenset({State.DONE})),
    "spam": (gettext_lazy("Spam"), frozenset({State.SPAM})),
}


def _rows(name: str) -> Q:
    rows = Q(state__in=FILTERS[name][1])
    return rows & Q(due_at__lt=timezone.now()) if name == "ueberfaellig" else rows


def _case(pk: int) -> Case:
    found = Case.objects.select_related("offer__provider", "provider", "handled_by").prefetch_related("answers__by")
    return get_object_or_404(found, pk=pk)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def cases(request: HttpRequest) -> HttpResponse:
    """All messages of a kind of state, the newest first; those that are late say so."""
    chosen = request.GET.get("stand", "")
    chosen = chosen if chosen in FILTERS else "offen"
    counts = Case.objects.aggregate(**{name: Count("pk", filter=_rows(name)) for name in FILTERS})
    tabs = [
        {"label": label, "url": f"?stand={name}", "current": name == chosen, "count": counts[name], "icon": ""}
        for name, (label, _states) in FILTERS.items()
    ]
    found = Case.objects.filter(_rows(chosen)).select_related("handled_by")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("seite"))
    crumbs = [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": _("Messages of residents"), "url": ""}]
    context = {"tabs": tabs, "page": page, "crumbs": crumbs, "query": f"stand={chosen}", "chosen": chosen}
    return render(request, "feedback/cases.html", context)


def _detail(request: HttpRequest, case: Case, **forms: Any) -> HttpResponse:
    crumbs = [
        {"label": _("Editorial desk"), "url": "/redaktion/"},
        {"label": _("Messages of residents"), "url": "/redaktion/meldungen/"},
        {"label": str(case), "url": ""},
    ]
    context = {
        "case": case,
        "crumbs": crumbs,
        "states": StateForm(case=case).fields["state"].choices,  # type: ignore[attr-defined]
        "answer_form": AnswerForm(prefix="antwort"),
        "note_form": NoteForm(instance=case, prefix="notiz"),
        **forms,
    }
    return render(request, "feedback/case.html", context)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one message."""
    return _detail(request, _case(pk))


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Write back to the sender."""
    found = _case(pk)
    form = AnswerForm(request.POST, prefix="antwort")
    if not found.sender_email:
        messages.error(request, _("There is no e-mail address to answer to."))
        return redirect(found)
    if not form.is_valid():
        return _detail(request, found, answer_form=form)
    services.answer(found, form.cleaned_data["text"], by=request.user)
    messages.success(request, _("Your answer is on its way."))
    return redirect(found)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the state; it can be changed back, so nothing is asked twice."""
    found = _case(pk)
    form = StateForm(request.POST, case=found)
    if not form.is_valid():
        messages.error(request, _("This message has moved on in the meantime. Please look again."))
        return redirect(found)
    state = State(form.cleaned_data["state"])
    try:
        services.change_state(found, state, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The message is now “%(state)s”.") % {"state": state.label})
    onward = following(request, THREAD, pk) if state in CLOSED else None
    return redirect(onward or found)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a note for the other editors."""
    found = _case(pk)
    form = NoteForm(request.POST, instance=found, prefix="notiz")
    if not form.is_valid():
        return _detail(request, found, note_form=form)
    services.set_note(found, form.cleaned_data["note"], by=request.user)
    messages.success(request, _("The note is saved."))
    return redirect(found)
