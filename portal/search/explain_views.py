"""Pages for those who look after the search: what was searched in vain, and how a question was understood."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Role, allow
from core.numbers import whole_number
from portal.search.explaining import explain
from portal.search.models import Unanswered
from portal.search.parameters import LONGEST_TEXT
from portal.search.services import dismiss, take_proposal
from portal.search.unanswered import DAYS_BACK, FEWEST_DAYS
from portal.usage.few import LEAST

PER_PAGE = 20


def _crumbs(label: str) -> list[dict[str, str]]:
    desk = [{"label": _("Editorial desk"), "url": "/redaktion/"}]
    return [*desk, {"label": _("Synonyms"), "url": "/redaktion/synonyme/"}, {"label": label, "url": ""}]


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def proposals(request: HttpRequest) -> HttpResponse:
    """Words that found nothing: take over what they may mean, enter it, or leave them as they are."""
    if request.method == "POST":
        return _decide(request)
    dismissed = request.GET.get("stand") == "abgelegt"
    rows = Unanswered.objects.filter(dismissed=dismissed)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("seite")),
        "dismissed": dismissed,
        "others": Unanswered.objects.filter(dismissed=not dismissed).count(),
        "link": "stand=abgelegt" if dismissed else "",
        "days": DAYS_BACK,
        "times": LEAST,
        "fewest_days": FEWEST_DAYS,
        "crumbs": _crumbs(_("Searched in vain")),
    }
    return render(request, "search/proposals.html", context)


def _decide(request: HttpRequest) -> HttpResponse:
    """One press of a button; a second one finds it done."""
    given: Any = request.POST
    pk = whole_number(given.get("frage", ""))
    found = None if pk is None else Unanswered.objects.filter(pk=pk).first()
    back = redirect(f"{request.path}?stand=abgelegt" if given.get("was") == "zurueck" else request.path)
    if found is None:
        messages.info(request, _("This is done already."))
        return back
    word = given.get("wort", "")
    if given.get("was") == "uebernehmen" and word in found.proposals:
        group = take_proposal(found, word, by=request.user)
        messages.success(
            request,
            _("Whoever searches “%(word)s” now finds what “%(other)s” finds. Kept as synonyms: %(group)s")
            % {"word": found.term, "other": word, "group": group},
        )
    elif given.get("was") == "ablegen":
        dismiss(found, by=request.user)
        messages.success(request, _("“%(word)s” stays without results.") % {"word": found.term})
    elif given.get("was") == "zurueck":
        dismiss(found, by=request.user, dismissed=False)
        messages.success(request, _("“%(word)s” is in the list again.") % {"word": found.term})
    else:
        messages.error(request, _("The proposal is not there any more. Please choose again."))
    return back


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def explanation(request: HttpRequest) -> HttpResponse:
    """Ask a question as a resident would, and see why it found what it found."""
    text = " ".join(request.GET.get("q", "")[:LONGEST_TEXT].replace("\0", "").split())
    told = explain(text) if text else None
    heading = ""
    if told:
        heading = ngettext("%(number)d offer found", "%(number)d offers found", told.total) % {"number": told.total}
    context = {
        "text": text,
        "told": told,
        "heading": heading,
        "crumbs": [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": _("Explain the search"), "url": ""}],
    }
    return render(request, "search/explanation.html", context)
