"""The pages of the handbook, open to everybody, and the tour."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow, by_oneself
from core.text import search_words
from portal.handbook import tour
from portal.handbook.contents import AUDIENCES, language_of_reader, page_of, pages
from portal.handbook.finding import LONGEST, find
from portal.handbook.rendering import rendered

NAMES = {
    "anbieter": gettext_lazy("For providers"),
    "redaktion": gettext_lazy("For the editorial team"),
    "auswertung": gettext_lazy("For planners"),
    "entwicklung": gettext_lazy("For developers"),
}


@require_safe
@allow(Role.VISITOR)
def index(request: HttpRequest) -> HttpResponse:
    """All pages by whom they are for, or those that have the words somebody looks for."""
    language = language_of_reader()
    sought = search_words(request.GET.get("q", ""), LONGEST)
    context = {
        "sought": sought,
        "found": find(sought, language) if sought else [],
        "groups": [
            {"key": each, "name": NAMES[each], "pages": [page for page in pages(language) if page.audience == each]}
            for each in AUDIENCES
        ],
        "text_language": language,
        "crumbs": [{"label": _("Help"), "url": ""}],
    }
    return render(request, "handbook/index.html", context)


@require_safe
@allow(Role.VISITOR)
def page(request: HttpRequest, audience: str, slug: str) -> HttpResponse:
    """A page, in the language of whoever reads or the one that is nearest."""
    language = language_of_reader()
    found = page_of(audience, slug, language)
    if found is None:
        raise Http404
    beside = [each for each in pages(language) if each.audience == audience]
    place = beside.index(found)
    context = {
        "page": found,
        "rendered": rendered(found),
        "beside": beside,
        "audience": NAMES[audience],
        "after": beside[place + 1] if place + 1 < len(beside) else None,
        "text_language": language,
        "crumbs": [
            {"label": _("Help"), "url": "/hilfe/"},
            {"label": NAMES[audience], "url": f"/hilfe/#{audience}"},
            {"label": found.title, "url": ""},
        ],
    }
    return render(request, "handbook/page.html", context)


@require_safe
@allow(Role.PROVIDER)
def tour_page(request: HttpRequest) -> HttpResponse:
    """The whole tour on one page."""
    context = {"cards": tour.CARDS, "seen": tour.has_seen(request), "crumbs": [{"label": _("Tour"), "url": ""}]}
    return render(request, "handbook/tour.html", context)


@require_POST
@by_oneself
@allow(Role.PROVIDER)
def tour_done(request: HttpRequest) -> HttpResponse:
    """Close the tour for good."""
    tour.close(request)
    return redirect("/konto/")
