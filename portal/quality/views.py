"""The board: what is worth doing today, then the shares with the town's goals; and the goals themselves."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from audit.services import record
from core.access import Role, allow
from portal.quality import figures
from portal.quality.counting import OfferFacts, counted
from portal.quality.crumbs import crumbs
from portal.quality.figures import OFFERS, PROVIDERS, SILENT, Share
from portal.quality.forms import GOALS, GoalsForm
from portal.quality.lacks import Lack
from portal.quality.links.views import counts as link_counts
from portal.quality.models import Goals, Pair
from portal.quality.reminders.who import number_of_unchecked

_WORDS = {
    "checked": (gettext_lazy("Checked in time"), gettext_lazy("by its provider or by you")),
    "complete": (gettext_lazy("Complete"), gettext_lazy("title, text, place, date, contact, costs")),
    "pictured": (
        gettext_lazy("With a picture and its description"),
        gettext_lazy("so that everybody knows what it shows"),
    ),
    "accessibility": (gettext_lazy("Accessibility known"), gettext_lazy("also a “no” helps")),
    "readable": (gettext_lazy("Easy to read"), gettext_lazy("short sentences, few long words")),
    "heard": (gettext_lazy("Providers are in touch"), gettext_lazy("signed in or checked their profile within a year")),
}
_BEHIND = {goal: bad for goal, bad, _of in figures.SHARES}


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def board(request: HttpRequest) -> HttpResponse:
    """Everything at a glance; a fixed number of statements."""
    numbers = counted(OfferFacts.now())
    town = Goals.objects.filter(pk=1).first() or Goals()
    rows = [_row(each) for each in figures.shares(numbers, town, figures.three_months_ago())]
    context = {
        "numbers": numbers,
        "offers": numbers[OFFERS],
        "providers": numbers[PROVIDERS],
        "silent": numbers[SILENT],
        "unchecked": numbers[Lack.UNCHECKED.value],
        "incomplete": numbers[Lack.INCOMPLETE.value],
        "to_remind": number_of_unchecked(),
        "pairs": Pair.objects.open().count(),
        "links": link_counts(),
        "rows": rows,
        "crumbs": crumbs(),
    }
    return render(request, "quality/board.html", context)


def _row(share: Share) -> dict[str, Any]:
    label, note = _WORDS[share.key]
    bad = _BEHIND[share.key]
    lists = reverse("quality:providers") if bad == SILENT else f"{reverse('quality:offers')}?mangel={bad}"
    change = {"change": _change_in_words(share.change), "points": abs(share.change or 0)}
    return {"share": share, "label": label, "note": note, "url": lists, **change}


def _change_in_words(change: int | None) -> str:
    if change is None:
        return _("not known yet")
    if change == 0:
        return "± 0"
    return f"+ {change}" if change > 0 else f"− {-change}"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def goals(request: HttpRequest) -> HttpResponse:
    """What the town wants to reach."""
    row = Goals.load()
    form = GoalsForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        _save(request, form)
        return redirect("quality:board")
    context = {"form": form, "crumbs": crumbs(_("Goals"))}
    return render(request, "quality/goals.html", context, status=400 if form.is_bound and form.errors else 200)


@transaction.atomic
def _save(request: HttpRequest, form: GoalsForm) -> None:
    before = Goals.objects.select_for_update().get(pk=1)
    changes = {
        name: [getattr(before, name), form.cleaned_data[name]]
        for name in GOALS
        if getattr(before, name) != form.cleaned_data[name]
    }
    if changes:
        form.save()
        record("quality.goals", form.instance, by=request.user, changes=changes)
    messages.success(request, _("The goals are saved."))
