"""The start page and the index from A to Z, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.preferences.models import Preferences
from portal.search.matching import Search
from portal.search.parameters import Ignored, SearchQuery
from portal.start.content import Composition
from portal.start.letters import entries, letters, read_letter
from portal.start.models import Kind, Section
from portal.taxonomy.tree import load_tree


def compose_page(request: HttpRequest, *, preview: bool) -> HttpResponse:
    """The start page; the editors' preview shows the hidden sections too and marks them."""
    names = Preferences.load()
    search = Search(SearchQuery(), load_tree(), None, timezone.now())
    sections = Section.objects.prefetch_related("entries")
    chosen = list(sections if preview else sections.filter(visible=True))
    shown = Composition(chosen, search=search, names=names).shown()
    context = {
        "preferences": names,
        "sections": shown,
        "preview": preview,
        "has_hero": any(each.section.kind == Kind.HERO for each in shown),
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
    names = Preferences.load()
    tree = load_tree()
    given = request.GET.get("buchstabe", "")
    letter = read_letter(given)
    all_letters = letters(tree, current=letter)
    if not letter:
        first = next((each for each in all_letters if each.count), all_letters[0])
        letter = first.label.replace("–", "-")
        all_letters = letters(tree, current=letter) if first.count else all_letters
    context = {
        "preferences": names,
        "letters": all_letters,
        "letter": letter.replace("-", "–"),
        "entries": entries(letter, tree),
        "ignored": Ignored("buchstabe", given).short_value if given.strip() and not read_letter(given) else "",
    }
    return render(request, "start/index.html", context)
