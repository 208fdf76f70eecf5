"""The pages of the handbook as they lie in `texts/`: found once, read when somebody asks.

A file begins with lines `name: value` between two lines of dashes:

    ---
    title: Ein Angebot eintragen
    summary: Was gefragt wird, und was Sie später nachtragen können.
    order: 30
    covers: konto/angebote/neu/, konto/angebote/<int:pk>/
    words: Kurs anlegen, Veranstaltung
    ---

`covers` are beginnings of routes: the page helps with all pages below, unless another page covers more of the route.
`needs: portal.imports` names a room: without it the page is not there, so no page tells of what does not exist.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.utils.translation import get_language

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("de", "en")
# Whoever reads neither of our languages by choice is more likely to know English.
FALLBACK = "en"
# For whom, in the order of the index.
AUDIENCES = ("anbieter", "redaktion", "auswertung", "entwicklung")
_FENCE = "---"
# Where nothing fits better.
GENERAL = {"konto/": "/hilfe/#anbieter", "redaktion/": "/hilfe/#redaktion", "": "/hilfe/"}


@dataclass(frozen=True, slots=True)
class Page:
    """A page in one language. `source` is its Markdown."""

    audience: str
    slug: str
    language: str
    title: str
    summary: str
    order: int
    covers: tuple[str, ...]
    words: str
    needs: str
    source: str

    @property
    def url(self) -> str:
        """Its address, the same in both languages."""
        return f"/hilfe/{self.audience}/{self.slug}/"


def language_of_reader() -> str:
    """In which of our languages the handbook is shown to whoever asks."""
    return "de" if get_language() == "de" else FALLBACK


@lru_cache(maxsize=4)
def pages(language: str) -> tuple[Page, ...]:
    """All pages of a language, in their order."""
    found = [
        _read(path, audience, language)
        for audience in AUDIENCES
        for path in sorted((TEXTS / language / audience).glob("*.md"))
    ]
    there = [page for page in found if not page.needs or apps.is_installed(page.needs)]
    return tuple(sorted(there, key=lambda page: (AUDIENCES.index(page.audience), page.order, page.slug)))


def page_of(audience: str, slug: str, language: str) -> Page | None:
    """The page at an address; None where there is none."""
    return next((page for page in pages(language) if (page.audience, page.slug) == (audience, slug)), None)


def help_for(route: str) -> str:
    """The address of the page that covers most of a route; the same in each language."""
    covering = [(len(each), page.url) for page in pages("de") for each in page.covers if route.startswith(each)]
    if covering:
        return max(covering)[1]
    return next(url for beginning, url in GENERAL.items() if route.startswith(beginning))


def _read(path: Path, audience: str, language: str) -> Page:
    _nothing, head, source = path.read_text(encoding="utf-8").split(f"{_FENCE}\n", 2)
    said = dict(line.split(": ", 1) for line in head.splitlines() if line)
    return Page(
        audience=audience,
        slug=path.stem,
        language=language,
        title=said["title"],
        summary=said["summary"],
        order=int(said.get("order", "50")),
        covers=tuple(each.strip() for each in said.get("covers", "").split(",") if each.strip()),
        words=said.get("words", ""),
        needs=said.get("needs", ""),
        source=source,
    )
