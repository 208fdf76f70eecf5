"""The start page, the search for offers and the list of providers."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from core.text import Spoken
from portal.offers.cards import cards, with_card_data
from portal.preferences.models import PlaceMode, Preferences
from portal.preferences.names import page_names
from portal.providers.cards import provider_cards, with_provider_card_data
from portal.search import form, start, words
from portal.search.matching import Search, find, fitting_dates, in_order
from portal.search.parameters import Ignored, Known, SearchQuery, parse, without_place
from portal.search.places import USUAL_KM, find_area
from portal.search.providers import find_providers, with_offer_count
from portal.taxonomy.models import District, TargetGroup
from portal.taxonomy.tree import load_tree

PAGE_SIZE = 20


def read_search(request: HttpRequest) -> tuple[Search, words.Names, list[Ignored]]:
    """The search of an address, the names of what can be chosen, and what could not be understood."""
    names = words.Names(
        tree=load_tree(),
        target_groups={pk: Spoken(name) for pk, name in TargetGroup.objects.values_list("pk", "name")},
        districts={pk: Spoken(name) for pk, name in District.objects.values_list("pk", "name")},
    )
    query, ignored = parse(request.GET, Known(names.tree.nodes, names.target_groups, names.districts))
    area = find_area(query.place, query.radius) if query.place else None
    if query.place and area is None:
        query = without_place(query, ignored)
    return Search(query=query, tree=names.tree, area=area, now=timezone.now()), names, ignored


def page_of(found: QuerySet[Any], query: SearchQuery, ignored: list[Ignored]) -> Page[Any]:
    """One page of results; a number beyond the last page gives the last one and is named."""
    paginator = Paginator(found, PAGE_SIZE)
    if query.page > paginator.num_pages:
        ignored.append(Ignored("seite", str(query.page)))
    return paginator.get_page(query.page)


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


@require_safe
@allow(Role.VISITOR)
def offers(request: HttpRequest) -> HttpResponse:
    """The search. The same page for everybody; htmx takes only the results out of it."""
    names = page_names()
    search, labels, ignored = read_search(request)
    page = page_of(with_card_data(in_order(find(search), search)), search.query, ignored)
    providers = find_providers(search.query.words).count()
    context = {
        "preferences": names,
        "query": search.query,
        "page": page,
        "cards": cards(list(page), tree=search.tree, names=names, among=fitting_dates(search)),
        "chips": words.chips(search.query, labels),
        "ignored": words.ignored_words(ignored, names),
        "tabs": tabs(names, search.query, offers=page.paginator.count, providers=providers, current="offers"),
        "sorts": sort_links(search),
        "link": search.query.link(),
        **filters(search, labels, names),
    }
    response = render(request, "search/offers.html", context)
    response["HX-Push-Url"] = f"{request.path}?{search.query.link()}".rstrip("?")
    patch_vary_headers(response, ["HX-Request"])
    return response


def sort_links(search: Search) -> list[dict[str, Any]]:
    """The orders to choose from as links."""
    return [
        {
            "label": words.sort_label(sort),
            "url": f"?{search.query.link(sort=sort)}",
            "current": sort == search.query.effective_sort,
        }
        for sort in words.offered_sorts(search.query, search.area)
    ]


def filters(search: Search, labels: words.Names, names: Preferences) -> dict[str, Any]:
    """What the filter form shows."""
    query = search.query
    anywhere = Search(replace(query, categories=()), search.tree, search.area, search.now)
    by_radius = names.place_mode == PlaceMode.RADIUS or bool(query.place)
    by_district = names.place_mode == PlaceMode.DISTRICT or bool(query.districts)
    return {
        "categories": form.category_options(search.tree, query.categories, form.offers_by_category(find(anywhere))),
        "target_groups": form.named_options(labels.target_groups, query.target_groups),
        "districts": form.named_options(labels.districts, query.districts) if by_district else [],
        "by_radius": by_radius,
        "radii": form.radius_options(query, USUAL_KM),
        "weekdays": form.weekday_options(query.weekdays),
        "flags": form.flag_options(query),
        "languages": form.language_options(query),
        "shortcuts": form.shortcuts(query, today=search.today),
    }


@require_safe
@allow(Role.VISITOR)
def providers(request: HttpRequest) -> HttpResponse:
    """All public providers, or those that contain some words."""
    names = page_names()
    query, ignored = parse(request.GET, Known())
    found = with_provider_card_data(with_offer_count(find_providers(query.words)))
    page = page_of(found, query, ignored)
    by_text = Search(SearchQuery(text=query.text), load_tree(), None, timezone.now())
    context = {
        "preferences": names,
        "query": query,
        "page": page,
        "cards": provider_cards(page, names=names),
        "ignored": words.ignored_words(ignored, names),
        "tabs": tabs(names, query, offers=find(by_text).count(), providers=page.paginator.count, current="providers"),
        "link": SearchQuery(text=query.text).link(),
    }
    return render(request, "search/providers.html", context)


@require_safe
@allow(Role.VISITOR)
def start_page(request: HttpRequest) -> HttpResponse:
    """What is on, by topic, by age, and who offers it."""
    names = page_names()
    tree = load_tree()
    search = Search(SearchQuery(), tree, None, timezone.now())
    shown = start.varied(list(with_card_data(start.coming(search))[: start.CANDIDATES]), tree)
    context = {
        "preferences": names,
        "tiles": start.tiles(tree, names),
        "cards": cards(shown, tree=tree, names=names),
        "groups": [
            {"label": Spoken(group.name), "url": f"/angebote/?zielgruppe={group.pk}"}
            for group in TargetGroup.objects.all()
        ],
        "providers": provider_cards(start.some_providers(search.today), names=names),
        "by_radius": names.place_mode == PlaceMode.RADIUS,
        "all_offers": _("All %(things)s") % {"things": names.offers_name},
        "all_providers": _("All %(things)s") % {"things": names.providers_name},
    }
    return render(request, "search/start.html", context)
