"""The search for offers, the list of providers, and suggestions while somebody types."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.access import Role, allow
from core.text import Spoken
from portal.offer_fields.reading import offer_fields
from portal.offers.cards import card_rows, cards
from portal.offers.models import Offer
from portal.preferences.models import PlaceMode, Preferences
from portal.providers.cards import provider_cards
from portal.search import form, wording
from portal.search.around.showing import beside
from portal.search.calendar_view import calendar_page
from portal.search.facets import districts as district_counts
from portal.search.heads import providers_head, search_head
from portal.search.map import map_context
from portal.search.matching import Search
from portal.search.nothing import help_for
from portal.search.parameters import LONGEST_TEXT, Ignored, Known, SearchQuery, Sort, parse, without_place
from portal.search.places import find_area
from portal.search.providers import cards_of, find_providers, offer_counts
from portal.search.results import Results, answer
from portal.search.suggestions import suggest
from portal.search.understood import Understood, with_marks
from portal.taxonomy.adoption.speaking import is_foreign
from portal.taxonomy.aliases import moved
from portal.taxonomy.models import Category, District, TargetGroup
from portal.taxonomy.tree import load_tree
from tenants.running.changes import remembered
from theming.cards import OfferCard
from theming.head import site_url
from theming.images import CARD_WIDTH, scaled_url

Reading = tuple[Search, wording.Names, list[Ignored]]


def choices() -> wording.Names:
    """The names of everything that can be chosen by id, in the language of the page."""
    names = _german_choices()
    if not is_foreign():
        return names
    groups: dict[int, str] = {pk: names.tree.abroad.group(name) for pk, name in names.target_groups.items()}
    return replace(names, target_groups=groups)


def _german_choices() -> wording.Names:
    return remembered(
        "search.names",
        lambda: wording.Names(
            tree=load_tree(),
            target_groups={pk: Spoken(name) for pk, name in TargetGroup.objects.values_list("pk", "name")},
            districts={pk: Spoken(name) for pk, name in District.objects.values_list("pk", "name")},
            extras=tuple(offer_fields().filters),
            retired_groups=frozenset(TargetGroup.objects.filter(retired=True).values_list("pk", flat=True)),
            retired_districts=frozenset(District.objects.filter(retired=True).values_list("pk", flat=True)),
        ),
        rooms=("taxonomy", "offerfields", "adoption", "translation"),
    )


def _known(names: wording.Names) -> Known:
    today = {"kategorie": moved(Category), "zielgruppe": moved(TargetGroup), "ortsteil": moved(District)}
    return Known(names.tree.nodes, names.target_groups, names.districts, names.answers, names.towns, today)


def read_search(request: HttpRequest, towns: Mapping[int, str] | None = None) -> Reading:
    """The search of an address, the names of what can be chosen (`towns`: of municipalities whose offers are shown),
    and what could not be understood."""
    return reading_of(request.GET, towns)


def reading_of(given: QueryDict, towns: Mapping[int, str] | None = None) -> Reading:
    """The same for what stands in an address, whoever was asked."""
    names = replace(choices(), towns=towns or {})
    query, ignored = parse(given, _known(names))
    area = find_area(query.place, query.radius) if query.place else None
    if query.place and area is None:
        query = without_place(query, ignored)
    usual = Sort(Preferences.current().start_sort)
    return Search(query=query, tree=names.tree, area=area, now=timezone.now(), usual=usual), names, ignored


def page_of(ids: list[int] | range, query: SearchQuery, ignored: list[Ignored], *, size: int) -> Page[Any]:
    """One page of results; a number beyond the last page gives the last one and is named."""
    paginator = Paginator(ids, size)
    if query.page > paginator.num_pages:
        ignored.append(Ignored("seite", str(query.page)))
    return paginator.get_page(query.page)


def cards_of_results(results: Results, ids: list[int], names: Preferences) -> list[OfferCard]:
    """The cards of some found offers in this order: what they show of dates and distance is what fits the search."""
    found = card_rows(Offer.objects.published().filter(pk__in=ids).order_by())
    rows = [found[pk] for pk in ids if pk in found]
    return cards(rows, tree=results.search.tree, names=names, following=results.next_of(ids), km=results.km_of(ids))


def tabs(names: Preferences, query: SearchQuery, *, offers: int, providers: int, current: str) -> list[dict[str, Any]]:
    """Offers and providers for the same words, each with its number of results."""
    text = SearchQuery(text=query.text).link()
    kept = query.link() if current == "offers" else text
    return [
        {"label": names.offers_name, "url": f"/angebote/?{kept}", "current": current == "offers", "count": offers},
        {
            "label": names.providers_name,
            "url": f"/anbieter/?{text}",
            "current": current != "offers",
            "count": providers,
        },
    ]


def topic_picture(search: Search) -> dict[str, str] | None:
    """The picture of the topic somebody looks at, if it is one topic and has one (16 to 9, as it was cut)."""
    chosen = [search.tree.nodes[each].category for each in search.query.categories]
    if len(chosen) != 1 or not chosen[0].image:
        return None
    (topic,) = chosen
    return {"url": scaled_url(topic.image, CARD_WIDTH), "alt": topic.image_alt, "credit": topic.image_copyright}


@require_safe
@allow(Role.VISITOR)
def offers(request: HttpRequest) -> HttpResponse:
    """The search. The same page for everybody; htmx takes only the results out of it."""
    names = Preferences.current()
    search, labels, ignored = read_search(request)
    results = answer(search)
    page = page_of(range(results.total), search.query, ignored, size=names.page_size)
    context = {
        "head": search_head(request, search.query, names, search.tree),
        "topic_picture": topic_picture(search),
        "page": page,
        "tabs": tabs(
            names,
            search.query,
            offers=results.total,
            providers=len(find_providers(search.query.text)),
            current="offers",
        ),
        "views": view_links(search.query),
        "feed_query": search.query.link(sort=None, view=""),
        "beside": beside(search, results),
        "among": "",
        **shown(results, page, names),
        **filters(results, labels, names),
    }
    return results_page(request, results, (search, labels, ignored), context)


def results_page(request: HttpRequest, results: Results, reading: Reading, context: dict[str, Any]) -> HttpResponse:
    """The page of a search: what every one says of itself, and the context of this one."""
    (search, labels, ignored), names = reading, Preferences.current()
    every = {
        "preferences": names,
        "here": request.path,
        "query": search.query,
        "chips": wording.chips(search.query, labels),
        "understood": Understood(results, labels, search.query),
        "area": search.area,
        "places_meant": wording.other_places(search.query, search.area),
        "ignored": wording.ignored_words(ignored, names),
        "sorts": sort_links(search),
        "link": search.query.link(),
        "numbers": form.numbers(context),
    }
    response = render(request, "search/offers.html", every | context)
    response["HX-Push-Url"] = f"{request.path}?{search.query.link()}".rstrip("?")
    # For whoever counts searches without a result (portal.usage).
    response["X-Total-Count"] = str(results.total)
    patch_vary_headers(response, ["HX-Request"])
    return response


def shown(results: Results, page: Page[Any], names: Preferences) -> dict[str, Any]:
    """The results in the chosen view: some cards, all on a map, or a calendar."""
    nothing: dict[str, Any] = {"cards": [], "calendar": None, "map": None}
    if results.search.query.view == "kalender":
        return nothing | {"calendar": calendar_page(results)}
    if results.search.query.view == "karte":
        return nothing | map_context(results, names)
    ids = results.page(page.start_index() - 1, page.end_index())
    if not ids:
        return nothing | {"help": help_for(results, lambda found, few: cards_of_results(found, few, names))}
    return nothing | {"cards": with_marks(cards_of_results(results, ids, names), results)}


def view_links(query: SearchQuery) -> list[dict[str, Any]]:
    """The views of the same result."""
    labels = {"liste": (_("List"), "list"), "karte": (_("Map"), "map"), "kalender": (_("Calendar"), "calendar")}
    return [
        {
            "label": label,
            "icon": icon,
            "url": f"?{query.link(view='' if name == 'liste' else name)}",
            "current": name == (query.view or "liste"),
        }
        for name, (label, icon) in labels.items()
    ]


def sort_links(search: Search) -> list[dict[str, Any]]:
    """The orders to choose from as links."""
    return [
        {
            "label": wording.sort_label(sort),
            "url": f"?{search.query.link(sort=sort)}",
            "current": sort == search.sort,
        }
        for sort in wording.offered_sorts(search.query, search.area)
    ]


def filters(results: Results, labels: wording.Names, names: Preferences) -> dict[str, Any]:
    """What the filter form shows."""
    query = results.search.query
    by_district = names.place_mode == PlaceMode.DISTRICT or bool(query.districts)
    counts = district_counts(results, labels.districts) if by_district else {}
    return {
        **form.filter_groups(results, labels, names),
        "districts": form.named_options(labels.districts, query.districts, counts, labels.retired_districts)
        if by_district
        else [],
        "by_radius": names.place_mode == PlaceMode.RADIUS or bool(query.place),
        "radii": form.radius_options(results, names),
        "filter_templates": form.shown_groups(query, names.search_filters),
    }


@require_safe
@allow(Role.VISITOR)
def providers(request: HttpRequest) -> HttpResponse:
    """All public providers, or those that contain some words."""
    names = Preferences.current()
    query, ignored = parse(request.GET, Known())
    now = timezone.now()
    page = page_of(find_providers(query.text), query, ignored, size=names.page_size)
    by_text = answer(Search(SearchQuery(text=query.text), load_tree(), None, now))
    context = {
        "preferences": names,
        "head": providers_head(request, query, names),
        "query": query,
        "page": page,
        "cards": provider_cards(cards_of(list(page)), names=names, counts=offer_counts(now)),
        "ignored": wording.ignored_words(ignored, names),
        "tabs": tabs(names, query, offers=by_text.total, providers=page.paginator.count, current="providers"),
        "link": SearchQuery(text=query.text).link(),
    }
    return render(request, "search/providers.html", context)


@require_safe
@allow(Role.VISITOR)
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the first letters may mean, for our own search fields, or for browsers (`format=opensearch`)."""
    text = request.GET.get("q", "")[:LONGEST_TEXT].replace("\0", "")
    found = suggest(text, now=timezone.now())
    if request.GET.get("format") == "opensearch":
        base = site_url(request)
        body = [text, [each.label for each in found], [""] * len(found), [f"{base}{each.url}" for each in found]]
        return JsonResponse(body, safe=False, content_type="application/x-suggestions+json")
    kinds = wording.kind_labels(Preferences.current())
    rows = [{"kind": kinds[each.kind], "label": each.label, "url": each.url} for each in found]
    message = ngettext("%(number)d suggestion", "%(number)d suggestions", len(rows)) % {"number": len(rows)}
    return JsonResponse({"suggestions": rows, "message": message})
