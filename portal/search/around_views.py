"""Pages with offers of other municipalities: all that neighbours have, and the search of a roof portal, whose results
are those of its members. Both lead to the portals the offers are from; search engines find them there."""

from dataclasses import replace
from typing import Any

import numpy as np
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from neighbours.showing import Shown, around
from portal.preferences.models import Preferences
from portal.search import form, map_views, views
from portal.search.around.results import Among, Beside
from portal.search.around.showing import cards_among, town_options
from portal.search.heads import search_head
from portal.search.map import map_context, points_data
from portal.search.matching import Search
from portal.search.nothing import help_for
from portal.search.parameters import SearchQuery
from portal.search.results import Results, answer
from portal.search.understood import with_marks

FILTERS = ("topic", "when", "whom", "towns", "place", "matters", "language")
# Nobody but us knows these pages' numbers, and what they show is to be found elsewhere.
UNLISTED = {"X-Robots-Tag": "noindex"}


def _names(shown: Shown) -> dict[int, str]:
    return {town.number: town.name for town in shown.towns}


@require_safe
@allow(Role.VISITOR)
def offers(request: HttpRequest) -> HttpResponse:
    """The search: of one's own offers, or of a roof portal's members."""
    roof = around().roof
    if not roof:
        return views.offers(request)
    reading = views.read_search(request, _names(roof))
    results = Among(reading[0], roof)
    head = search_head(request, reading[0].query, Preferences.current(), reading[0].tree)
    return _page(request, results, reading, {"head": head, "among": "roof"})


@require_safe
@allow(Role.VISITOR)
def nearby(request: HttpRequest) -> HttpResponse:
    """All that neighbours have for a search."""
    neighbours = around().neighbours
    reading = views.read_search(request, _names(neighbours))
    search, names = reading[0], Preferences.current()
    results = Beside(search, neighbours, answer(search))
    head = search_head(request, search.query, names, search.tree)
    title = " · ".join(part for part in (search.query.text, _("Also nearby")) if part)
    head = replace(head, title=title, canonical=head.canonical.replace("/angebote/", request.path), listed=False)
    return _page(request, results, reading, {"head": head, "among": "nearby"})


def _page(request: HttpRequest, results: Among, reading: views.Reading, context: dict[str, Any]) -> HttpResponse:
    (search, labels, ignored), names = reading, Preferences.current()
    page = views.page_of(range(results.total), search.query, ignored, size=names.page_size)
    groups = form.filter_groups(results, replace(labels, extras=()), names) | {
        "districts": [],
        "towns": town_options(results),
        "by_radius": True,
        "radii": form.radius_options(results, names),
        "filter_templates": [f"search/filters/{name}.html" for name in FILTERS],
    }
    return views.results_page(
        request,
        results,
        reading,
        {
            "page": page,
            "tabs": [],
            "topic_picture": None,
            "feed_query": "",
            "beside": None,
            "views": [each for each in views.view_links(search.query) if each["icon"] != "calendar"],
            **_shown(results, page, names),
            **groups,
            **context,
        },
    )


def _shown(results: Among, page: Any, names: Preferences) -> dict[str, Any]:
    nothing: dict[str, Any] = {"cards": [], "calendar": None, "map": None}
    if results.search.query.view == "karte":
        return nothing | map_context(results, names)
    ids = results.page(page.start_index() - 1, page.end_index())
    if not ids:
        return nothing | {"help": help_for(results, _cards)}
    return nothing | {"cards": with_marks(cards_among(results, ids), results)}


def _cards(results: Results, ids: list[int]) -> Any:
    return cards_among(results, ids) if isinstance(results, Among) else []


@require_safe
@allow(Role.VISITOR)
def points(request: HttpRequest) -> JsonResponse:
    """The map of the search: of one's own offers, or of a roof portal's members."""
    roof = around().roof
    if not roof:
        return map_views.points(request)
    return _points(Among(views.read_search(request, _names(roof))[0], roof))


@require_safe
@allow(Role.VISITOR)
def nearby_points(request: HttpRequest) -> JsonResponse:
    """The map of all that neighbours have."""
    neighbours = around().neighbours
    search = views.read_search(request, _names(neighbours))[0]
    return _points(Beside(search, neighbours, answer(search)))


def _points(results: Among) -> JsonResponse:
    return JsonResponse(
        points_data(results),
        json_dumps_params={"separators": (",", ":"), "ensure_ascii": False},
        headers={"Cache-Control": map_views.A_MINUTE, **UNLISTED},
    )


@require_safe
@allow(Role.VISITOR)
def bubble(request: HttpRequest, pk: str) -> HttpResponse:
    """The bubble of one of the offers on the map."""
    roof = around().roof
    return _bubble(int(pk), roof) if roof else map_views.bubble(request, pk)


@require_safe
@allow(Role.VISITOR)
def nearby_bubble(request: HttpRequest, pk: str) -> HttpResponse:
    """The same of an offer of neighbours."""
    return _bubble(int(pk), around().neighbours)


def _bubble(pk: int, shown: Shown) -> HttpResponse:
    results = Among(Search(SearchQuery(), views.choices().tree, None, timezone.now()), shown)
    row = int(results.columns.rows_of(np.array([pk], np.int64))[0])
    if row < 0 or not results.found[row]:
        raise Http404
    (card,) = cards_among(results, [pk])
    return HttpResponse(render_to_string("search/_bubble.html", {"card": card}), headers=UNLISTED)
