"""The start page and the index from A to Z, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.preferences.models import Preferences
from portal.search.heads import start_head
from portal.search.matching import Search
from portal.search.parameters import Ignored, SearchQuery
from portal.search.results import answer
from portal.start.content import Composition
from portal.start.letters import entries, first_letter, letters, read_letter
from portal.start.models import Kind, Section
from portal.start.notices import notices
from portal.taxonomy.tree import load_tree
from tenants.running.changes import remembered


def everything() -> Search:
    """The search for all there is at present."""
    return Search(SearchQuery(), load_tree(), None, timezone.now())


def all_sections() -> list[Section]:
    """The sections with their entries, shared by all who ask: nobody may change them."""
    return remembered("start.sections", lambda: list(Section.objects.prefetch_related("entries")), rooms=("start",))


def compose_page(request: HttpRequest, *, preview: bool) -> HttpResponse:
    """The start page; the editors' preview shows the hidden sections too and marks them."""
    names = Preferences.current()
    chosen = [section for section in all_sections() if preview or section.visible]
    shown = Composition(chosen, search=everything(), names=names).shown()
    context = {
        "preferences": names,
        "head": start_head(request, names),
        "sections": shown,
        "notices": notices(),
        "preview": preview,
        "has_hero": any(each.section.kind == Kind.HERO for each in shown),
        "has_news": any(each.section.kind == Kind.NEWS for each in shown),
        "has_offers": any(each.section.kind in {Kind.TOPICS, Kind.COMING, Kind.NEW} for each in shown),
    }
    return render(request, "start/start.html", context)


@require_safe
@allow(Role.VISITOR)
def start(request: HttpRequest) -> HttpResponse:
    """What is on, by topic, by age, and who offers it: as the editors composed it."""
    return compose_page(request, preview=False)


@require_safe
@allow(Role.VISITOR)
def index(request: HttpRequest) -> HttpResponse:
    """Offers and topics from A to Z, one letter a page: the first that has any, unless one is chosen."""
    names = Preferences.current()
    results = answer(everything())
    given = request.GET.get("buchstabe", "")
    letter = read_letter(given) or first_letter(results)
    context = {
        "preferences": names,
        "letters": letters(results, current=letter),
        "letter": letter.replace("-", "–"),
        "entries": entries(results, letter),
        "ignored": Ignored("buchstabe", given).short_value if given.strip() and not read_letter(given) else "",
    }
    return render(request, "start/index.html", context)
