"""What stands in the frames of other websites. Links lead to the portal in the window of the page around the frame, so
the way back is the browser's own; only what moves within a part (its search, pages, months) stays in the frame."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.embedding.agenda import agenda, month_of
from portal.embedding.looking import ACCENT, DARK, LIGHT, MONTH, TOPIC, Look, address, framed, look_of, of_the_search
from portal.embedding.showing import offer_facts, offers_of, provider_of
from portal.embedding.topics import chosen_topic, narrowed, topics_below
from portal.offers.views import found_offer
from portal.offers.visibility import Visibility
from portal.preferences.models import Preferences
from portal.search.parameters import SearchQuery
from portal.search.results import Results, answer
from portal.search.views import cards_of_results, reading_of
from portal.search.wording import Names
from portal.translation.languages import PARAMETER

SEARCH, LIST, CALENDAR = "/embed/suche/", "/embed/liste/", "/embed/kalender/"
HELP = "/hilfe/entwicklung/einbetten/"


def _language(given: QueryDict) -> list[tuple[str, str]]:
    return [(PARAMETER, given.get(PARAMETER, ""))] if PARAMETER in given else []


def _reading(given: QueryDict) -> tuple[Results, Names]:
    search, labels, _ignored = reading_of(of_the_search(given))
    return answer(search), labels


def _page(request: HttpRequest, template: str, look: Look, *, status: int = 200, **context: Any) -> HttpResponse:
    scheme = {LIGHT: "light", DARK: "dark"}.get(look.mode, "")
    context |= {"look": look, "scheme": scheme, "accent": look.style == ACCENT, "preferences": Preferences.current()}
    return render(request, f"embedding/{template}.html", context, status=status)


def _cards(results: Results, page: Page[Any]) -> Any:
    ids = results.page(page.start_index() - 1, page.end_index()) if results.total else []
    return cards_of_results(results, ids, Preferences.current())


def _turning(page: Page[Any], path: str, look: Look, query: list[tuple[str, str]]) -> dict[str, str]:
    """The addresses of the pages before and after this one."""
    found = {}
    if page.has_previous():
        found["before"] = address(path, look, [*query, ("seite", str(page.previous_page_number()))])
    if page.has_next():
        found["after"] = address(path, look, [*query, ("seite", str(page.next_page_number()))])
    return found


def _shown(given: QueryDict, results: Results, look: Look, path: str, more: list[tuple[str, str]]) -> dict[str, Any]:
    """One page of results, the ways to the others, and where the portal shows them all."""
    query: SearchQuery = results.search.query
    page = Paginator(range(results.total), look.number).get_page(query.page)
    kept = [pair for pair in query.pairs() if pair[0] != "seite"]
    return {
        "page": page,
        "cards": _cards(results, page),
        "turning": _turning(page, path, look, [*kept, *more, *_language(given)]),
        "portal_url": f"/angebote/?{query.link(view='')}".rstrip("?"),
    }


@require_safe
@allow(Role.VISITOR)
def what_it_is(request: HttpRequest) -> HttpResponse:
    """Whoever looks what stands above the parts builds a website: the help says which there are."""
    return redirect(HELP)


@require_safe
@framed
@allow(Role.VISITOR)
def listing(request: HttpRequest) -> HttpResponse:
    """What a search of the portal finds."""
    look = look_of(request.GET)
    results, _labels = _reading(request.GET)
    return _page(request, "list", look, **_shown(request.GET, results, look, LIST, []))


@require_safe
@framed
@allow(Role.VISITOR)
def search(request: HttpRequest) -> HttpResponse:
    """A field to search in, and what was found. What the website's owner filters by stays, whatever visitors choose:
    their topic is one below it."""
    look, given = look_of(request.GET), request.GET
    labels = reading_of(of_the_search(given))[1]
    topic = chosen_topic(given.get(TOPIC, ""), labels.tree)
    results, labels = _reading(narrowed(given, topic, labels.tree))
    mine = [(TOPIC, str(topic.id))] if topic else []
    fixed = [
        (name, value) for name in of_the_search(given) if name not in {"q", "seite"} for value in given.getlist(name)
    ]
    context = _shown(given, results, look, SEARCH, [])
    # The address keeps the owner's filter and the visitor's choice apart.
    kept = [*fixed, *([("q", results.search.query.text)] if results.search.query.text else []), *mine]
    context["turning"] = _turning(context["page"], SEARCH, look, kept)
    return _page(
        request,
        "search",
        look,
        **context,
        text=results.search.query.text,
        topic=topic,
        topics=topics_below(given, labels.tree),
        hidden=[*look.pairs(), *fixed],
    )


@require_safe
@framed
@allow(Role.VISITOR)
def calendar(request: HttpRequest) -> HttpResponse:
    """The dates of a month, day by day."""
    look = look_of(request.GET)
    results, _labels = _reading(request.GET)
    asked = request.GET.get(MONTH, "")
    shown = agenda(results, month_of(asked, timezone.localdate()))
    if not asked and not shown.days and shown.beside:
        # At the end of a month nobody wants to begin with an empty page.
        following = agenda(results, shown.beside[-1])
        shown = following if following.days else shown
    kept = [*(pair for pair in results.search.query.pairs() if pair[0] != "seite"), *_language(request.GET)]
    turning = [
        {"month": month, "url": address(CALENDAR, look, [*kept, (MONTH, f"{month:%Y-%m}")])} for month in shown.beside
    ]
    portal = f"/angebote/?{results.search.query.link(view='kalender')}"
    return _page(request, "calendar", look, agenda=shown, turning=turning, portal_url=portal)


@require_safe
@framed
@allow(Role.VISITOR)
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer. What is gone says so: an error page of the browser in somebody's website would tell nobody why."""
    look, names = look_of(request.GET), Preferences.current()
    try:
        found, visibility = found_offer(pk, names)
    except Http404:
        return _page(request, "gone", look, status=404, title=_("Page not found"), portal_url="/angebote/")
    if visibility not in {Visibility.SHOWN, Visibility.OVER}:
        status = 410 if visibility == Visibility.GONE else 404
        return _page(request, "gone", look, status=status, title=_("Page not found"), portal_url="/angebote/")
    facts = offer_facts(found, names)
    over = visibility == Visibility.OVER
    return _page(request, "offer", look, **facts, over=over, portal_url=found.get_absolute_url())


@require_safe
@framed
@allow(Role.VISITOR)
def provider(request: HttpRequest, pk: int) -> HttpResponse:
    """The offers of one provider, the next ones first."""
    look = look_of(request.GET)
    found = provider_of(pk)
    if found is None:
        return _page(request, "gone", look, status=404, title=_("Page not found"), portal_url="/anbieter/")
    cards = offers_of(found, Preferences.current())
    asked = request.GET.get("seite", "")
    page = Paginator(cards, look.number).get_page(asked)
    turning = _turning(page, f"/embed/anbieter/{pk}/", look, _language(request.GET))
    context: dict[str, Any] = {"provider": found, "page": page, "cards": page.object_list, "turning": turning}
    return _page(request, "provider", look, **context, portal_url=found.get_absolute_url())
