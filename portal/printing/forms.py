"""What the forms of all kinds of papers have in common: they are checked, kept, and lead to the paper's page."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.printing import keeping
from portal.printing.crumbs import crumbs
from portal.printing.mistakes import mistakes_of
from portal.printing.models import MOST_KEPT, Paper


def new_key() -> str:
    """Made with a form, so that a second click finds the paper of the first."""
    return uuid.uuid4().hex


def answer_form(
    request: HttpRequest,
    form: Any,
    template: str,
    more: dict[str, Any],
    *,
    paper: Paper | None = None,
) -> HttpResponse:
    """Show a form, or keep what was sent: as a new paper, or as other settings of `paper`.

    The form says its `paper_kind` and, once valid, its `settings()`.
    """
    if request.method == "POST" and form.is_valid():
        found = _kept(request, form, paper)
        if found is not None:
            return redirect("printing:paper", pk=found.pk)
    context = {"form": form, "paper": paper, "mistakes": mistakes_of(form) if form.is_bound else []}
    context["crumbs"] = crumbs(_("Change"), paper=paper) if paper else crumbs(more["heading"])
    return render(request, template, context | more, status=400 if form.is_bound else 200)


def _kept(request: HttpRequest, form: Any, paper: Paper | None) -> Paper | None:
    """The paper; None where it could not be kept, and the form says why."""
    title, says, what = form.cleaned_data["title"], form.settings(), Paper.Kind(form.paper_kind)
    if paper is not None:
        if keeping.change(paper, what, title, says, by=request.user):
            messages.success(request, _("The changes are saved."))
        else:
            messages.warning(request, _("It is being made just now. Please wait for the end, then change it."))
        return paper
    try:
        return keeping.begin(what, title, says, key=form.cleaned_data["key"], by=request.user)
    except keeping.FullError:
        form.add_error(
            None, _("There are %(number)d papers already. Please delete one you need no more.") % {"number": MOST_KEPT}
        )
        return None
