"""The editors' list of words that mean the same."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from core.access import Role, allow
from core.seen import Seen
from core.text import fold
from portal.search.models import Synonyms, Unanswered
from portal.search.parameters import LONGEST_TEXT
from portal.search.services import delete_synonyms, save_synonyms

PER_PAGE = 20
# As one word of a group may be.
LONGEST_WORD = 60


class SynonymsForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """One line of words, separated by commas."""

    class Meta:
        model = Synonyms
        fields = ("words",)
        labels = {"words": gettext_lazy("Words of the same meaning")}


def _crumbs(*last: str) -> list[dict[str, str]]:
    desk = [{"label": _("Editorial desk"), "url": "/redaktion/"}]
    lists = [{"label": _("Synonyms"), "url": "/redaktion/synonyme/" if last else ""}]
    return [*desk, *lists, *({"label": each, "url": ""} for each in last)]


def _show(request: HttpRequest, form: SynonymsForm, **more: Any) -> HttpResponse:
    sought = request.GET.get("wort", "")[:LONGEST_TEXT].strip()
    groups = [group for group in Synonyms.objects.all() if fold(sought) in fold(str(group))]
    page = Paginator(groups, PER_PAGE).get_page(request.GET.get("seite"))
    link = urlencode({"wort": sought}) if sought else ""
    context = {"form": form, "page": page, "word": sought, "link": link, "crumbs": _crumbs(), "edited": None, **more}
    context["vain"] = Unanswered.objects.filter(dismissed=False).count()
    return render(request, "search/synonyms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def synonyms(request: HttpRequest) -> HttpResponse:
    """The groups, a page at a time or those with a word, and a form for a new one."""
    wished = request.GET.get("neu", "")[:LONGEST_WORD].replace("\0", "").strip()
    form = SynonymsForm(request.POST or None, initial={"words": f"{wished}, "} if wished else None)
    if request.method == "POST" and form.is_valid():
        save_synonyms(form.instance, by=request.user)
        messages.success(request, _("Whoever searches one of these words now finds the others too."))
        return redirect("search:synonyms")
    return _show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def edit_synonyms(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one group."""
    group = get_object_or_404(Synonyms, pk=pk)
    form = SynonymsForm(request.POST or None, instance=group)
    if request.method == "POST" and form.is_valid():
        save_synonyms(form.instance, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("search:synonyms")
    return _show(request, form, edited=group, crumbs=_crumbs(_("Change")))


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def remove_synonyms(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a group away; the message says which, so that it can be entered again."""
    group = get_object_or_404(Synonyms, pk=pk)
    words = str(group)
    delete_synonyms(group, by=request.user)
    messages.success(request, _("“%(words)s” are no longer synonyms.") % {"words": words})
    return redirect("search:synonyms")
