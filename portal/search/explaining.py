"""How one question was understood, and why what it found was found: for those who look after the portal."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.offers.models import Offer
from portal.search.matching import Search
from portal.search.parameters import SearchQuery
from portal.search.questions import AllOf, Question, Term
from portal.search.results import Results, answer
from portal.taxonomy.tree import load_tree

MOST_MATCHES = 10
# Signs in front of lexemes (portal.offers.documents).
_SIGNS = "=~-+>"
_WEIGHTS = """
SELECT offer_id, lexeme, weights[1] FROM offers_searchdocument, unnest(title_vector) WHERE offer_id = ANY(%s)
UNION ALL
SELECT offer_id, lexeme, '' FROM offers_searchdocument, unnest(vector) WHERE offer_id = ANY(%s)
"""
# By offer: where each lexeme stands, by its weight; “” for texts that only mention it.
Places = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """A word, or a phrase, of the question: what it was taken for."""

    text: str
    # “word”, “phrase”, “weak” (offers without it fit, too), “filler” (left out).
    role: str
    lemmas: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    known: bool = True
    synonyms: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an offer fits a word: what of it stands where."""

    word: str
    how: str
    found: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """An offer that was found, the best first."""

    title: str
    url: str
    provider: str
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All of it. `meant` is what the words were taken for where they found nothing as they were typed; `close`: nothing
    has all of them, shown are the nearest; `filters` are words that were taken for filters."""

    text: str
    words: tuple[Told, ...]
    filters: tuple[str, ...]
    meant: str
    close: bool
    total: int
    mentioned: int
    matches: tuple[Match, ...]


def explain(text: str) -> Explanation:
    """Ask as a resident would, without any other filter, and tell what happened."""
    results = answer(Search(SearchQuery(text=text), load_tree(), None, timezone.now()))
    found = results.text
    question = found.question if found else Question(())
    return Explanation(
        text=text,
        words=tuple(_told(question)),
        filters=tuple(wish.words for wish in results.read.wishes.wishes),
        meant=found.meant if found else "",
        close=bool(found and found.close),
        total=results.total,
        mentioned=len(results.mentions),
        matches=tuple(_matches(results, question)),
    )


def _told(question: Question) -> Iterator[Told]:
    for term in question.terms:
        phrase = not term.whole and bool(term.made_of)
        role = "phrase" if phrase else "weak" if term.weak and len(question.terms) > 1 else "word"
        yield Told(
            text=term.text,
            role=role,
            lemmas=() if phrase else term.word.lemmas,
            parts=() if phrase else tuple(part.lemma for part in term.word.parts),
            known=phrase or term.word.known,
            synonyms=term.synonyms,
            everyday=term.everyday,
        )
    for filler in question.fillers:
        yield Told(text=filler, role="filler")


def _matches(results: Results, question: Question) -> Iterator[Match]:
    """The first found ones; two statements."""
    rows = results.order[:MOST_MATCHES]
    ids = results.columns.ids[rows].tolist()
    scores = results.scores()[rows].tolist()
    places = _places_of(ids)
    offers = Offer.objects.select_related("provider").only("slug", "title", "provider__name").in_bulk(ids)
    for pk, score in zip(ids, scores, strict=True):
        if pk in offers:
            reasons = tuple(each for term in question.terms if (each := _reason(term, places.get(pk, {}))))
            offer = offers[pk]
            yield Match(offer.title, offer.get_absolute_url(), offer.provider.name, score, reasons)


def _places_of(ids: Sequence[int]) -> dict[int, dict[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_WEIGHTS, [list(ids), list(ids)])
        rows = cursor.fetchall()
    found: dict[int, dict[str, str]] = {}
    for pk, lexeme, weight in rows:
        found.setdefault(pk, {}).setdefault(lexeme, weight or "")
    return found


def _reason(term: Term, places: Places) -> Reason | None:
    """The first that holds of: the word itself, a longer word with it, what it is made of, synonyms, everyday words."""
    ways: tuple[tuple[str, Sequence[AllOf]], ...] = (
        (_("the word itself"), [(term.whole,)] if term.whole else []),
        (_("part of a longer word"), [(term.parts,)] if term.parts else []),
        (_("what it is made of"), [term.made_of] if term.made_of else []),
        (_("synonym"), term.others),
        (_("everyday word"), term.usual),
    )
    for how, choices in ways:
        for every in choices:
            lexemes = [_present(any_of, places) for any_of in every]
            if every and all(lexemes):
                named = [str(each) for each in lexemes]
                return Reason(term.text, how, tuple((_plain(each), _where(places[each])) for each in named))
    return None


def _present(any_of: Collection[str], places: Places) -> str | None:
    """The one of some lexemes that stands where it counts most."""
    there = [one for one in any_of if one in places]
    there += [each for one in any_of if one.endswith("*") for each in places if each.startswith(one[:-1])]
    return min(there, key=lambda one: places[one] or "E", default=None)


def _plain(lexeme: str) -> str:
    return lexeme.lstrip(_SIGNS).rstrip("^")


def _where(weight: str) -> str:
    return {
        "A": _("in the title"),
        "B": _("in topics, target groups or ages"),
        "C": _("in the short description"),
        "D": _("with the provider or the place"),
        "": _("only in the description"),
    }[weight]
