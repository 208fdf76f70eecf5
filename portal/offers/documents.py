"""Keeps the searchable text of offers (see models/document.py).

PostgreSQL gets ready lexemes, cut and understood by `german.words`, so that its locale and its dictionaries play no
part. A lexeme is a sign and a word:

    =tanzkurs   as written (`core.text.fold`)     ~tanzkurs   its root
    -tanz       what it is a form of              +kurs       the head of a compound     >tanz   what stands before it
    @saar       the root, or that of the head, of a word in a name: of who offers it, of a place, of a topic above

`title_vector` holds, with weights, what an offer is about: A the title, B topics, target groups and ages, C the short
description, D who offers it and where, and topics that are many at once. `vector` holds every word without weights:
what an index finds.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

from django.db import connection

from core.html import plain_text
from core.text import DASHES, composed, fold
from german.cutting import LONGEST, cuts_in
from german.lists import PLAIN_MODIFIERS, STOP_WORDS
from german.words import Word, word_of
from portal.offer_fields import answers
from portal.offer_fields.reading import OfferFields, offer_fields
from portal.offers.models import Offer
from portal.taxonomy.tree import Tree, load_tree

BATCH = 500
# The sign of words in names.
NAMED = "@"
# Counted on whenever the same text gives other lexemes than before, or they are to be stored otherwise.
EDITION = 4
_WORD = re.compile(r"\w{4,40}")
_CUT_SHORT = re.compile(rf"[-{DASHES}]\s+(?:und|oder|u\.|&)\s")
_PIECES = re.compile(r"[^\W_]+")
# What a tsvector can hold is 1 MB; nobody reads further.
MOST_LETTERS = 100_000
_WRITE = f"""
INSERT INTO offers_searchdocument (offer_id, title_vector, vector, words, edition)
SELECT id, about::tsvector, array_to_tsvector(string_to_array(every, ' ')), words, {EDITION}
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS given (id, about, every, words)
WHERE EXISTS (SELECT 1 FROM offers_offer WHERE offers_offer.id = given.id)
ON CONFLICT (offer_id) DO UPDATE SET title_vector = excluded.title_vector, vector = excluded.vector,
    words = excluded.words, edition = excluded.edition
"""  # noqa: S608 - only our own constant
# Up to which age somebody is a baby, a child, a youth; from which one a senior.
BABY, CHILD, YOUTH, SENIOR = 3, 13, 27, 50


class _Here:
    """What a municipality has of its own, read when the first offer needs it: most have no answers of that kind, and
    some no topics."""

    @cached_property
    def fields(self) -> OfferFields:
        return offer_fields()

    @cached_property
    def tree(self) -> Tree:
        return load_tree()


def _parts(offer: Offer, here: _Here) -> dict[str, str]:
    """What a search looks at by its weight, “” for the rest. Reads provider, categories, target groups, locations."""
    topics = [category.name for category in offer.categories.all()]
    groups = list(offer.target_groups.all())
    parts = {
        "A": [offer.title],
        "B": [*(name for name in topics if not _is_broad(name)), *(group.name for group in groups), *ages_of(offer)],
        "C": [offer.summary, *(marker.name for marker in offer.markers.all())],
        "D": [
            *(name for name in topics if _is_broad(name)),
            *_above(offer, here),
            *names_in(offer),
            offer.speaker,
            offer.course_number,
            offer.cooperation,
            *_extras(offer, here),
        ],
        "": [
            plain_text(offer.description),
            offer.provider.tagline,
            offer.conditions,
            offer.format,
        ],
    }
    return {weight: _clean(" · ".join(text for text in texts if text)) for weight, texts in parts.items()}


def names_in(offer: Offer) -> list[str]:
    """Who offers it and where, as the public may know it."""
    places = [place for place in offer.locations.all() if not place.hide_exact_address]
    return [
        offer.provider.name,
        *(f"{place.name} {place.address_line}" for place in places),
        *(place.district.name for place in places if place.district),
    ]


def ages_of(offer: Offer) -> list[str]:
    """Whom an offer is for by its ages, or those of its target groups, in words people type."""
    own = [(offer.min_age, offer.max_age)]
    groups = [(group.min_age, group.max_age) for group in offer.target_groups.all()]
    found = []
    for low, high in own if own != [(None, None)] else groups:
        if high is not None and high <= BABY:
            found.append("Baby")
        if high is not None and high <= CHILD:
            found.append("Kinder")
        if low is not None and high is not None and low >= CHILD - 1 and high <= YOUTH:
            found.append("Jugendliche")
        if low is not None and low >= SENIOR:
            found.append("Senioren")
    return list(dict.fromkeys(found))


def _is_broad(topic: str) -> bool:
    """Whether a topic is many at once: what is in “Kunst und Theater” may have nothing to do with theatre."""
    return len(topic.replace("&", ",").split(",")) + topic.count(" und ") > 1


def _above(offer: Offer, here: _Here) -> list[str]:
    """The topics above those of an offer."""
    nodes = (here.tree.nodes.get(category.pk) for category in offer.categories.all())
    return [above.name for node in nodes if node for above in node.trail()[:-1]]


def _extras(offer: Offer, here: _Here) -> list[str]:
    """What residents read of the municipality's own details; yes and no say nothing without their question."""
    found = []
    for each in here.fields.shown if offer.extras else ():
        said = offer.extras.get(each.key)
        if said is True:
            found.append(str(each.name))
        elif said is not None and said is not False:
            found.append(answers.in_words(each, said))
    return found


def _clean(text: str) -> str:
    return composed(text.replace("\x00", " ")[:MOST_LETTERS])


def lexemes_of(word: Word) -> Iterator[str]:
    """What is kept of one word."""
    if word.sense != "noun":
        yield f"={word.written}"
    if word.sense in ("noun", "both"):
        yield f"={word.written}^"
    if word.hyphened:
        yield from (f"={fold(part.written)}" for part in word.parts)
    yield from (f"~{root}" for root in word.roots)
    yield from (f"-{fold(lemma)}" for lemma in word.lemmas)
    yield from (f">{part.root}" for part in word.modifiers if part.root not in PLAIN_MODIFIERS)
    if word.head:
        yield f"+{word.head.root}"


def lexemes_in(text: str, *, everything: bool = True) -> frozenset[str]:
    """What is kept of a text; `everything`: words that say nothing, too."""
    found: set[str] = set()
    for cut in cuts_in(text):
        lexemes, telling = _kept(cut.written, begins=cut.begins)
        if _CUT_SHORT.match(text, cut.end):
            # “Reit- und Fahrverein”: no word by itself.
            lexemes = frozenset(f">{each[1:]}" for each in lexemes if each.startswith("~"))
        if everything or telling:
            found |= lexemes
        if not cut.pieces and cut.end - cut.start > len(cut.written):
            found.update(_forms_of(text[cut.start : cut.end]))
    return frozenset(found)


def _forms_of(written: str) -> Iterator[str]:
    """What stands for all is found by the whole as well: “Schüler:innen” by “Schülerinnen”."""
    pieces = _PIECES.findall(fold(written))
    # As long as any other word: PostgreSQL refuses a text with a lexeme of more than 2046 bytes.
    yield from (f"={piece[:LONGEST]}" for piece in (*pieces, "".join(pieces)))


def lexemes_of_written(written: str, *, begins: bool) -> frozenset[str]:
    """What is kept of one word."""
    return _kept(written, begins=begins)[0]


@lru_cache(maxsize=20_000)
def _kept(written: str, *, begins: bool) -> tuple[frozenset[str], bool]:
    """The lexemes of a word, and whether it says anything. The same words come again and again."""
    word = word_of(replace(next(cuts_in(written)), begins=begins))
    return frozenset(lexemes_of(word)), word.written not in STOP_WORDS


def _quoted(lexeme: str) -> str:
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _row(offer: Offer, here: _Here) -> tuple[Any, ...]:
    parts = _parts(offer, here)
    by_weight = {weight: lexemes_in(text, everything=weight == "A") for weight, text in parts.items()}
    above = [name for name in _above(offer, here) if not _is_broad(name)]
    named = lexemes_in(_clean(" · ".join((*names_in(offer), *above))), everything=False)
    by_weight["D"] |= {f"{NAMED}{each[1:]}" for each in named if each[0] in "~+"}
    every = {each for lexemes in by_weight.values() for each in lexemes if each[0] not in f"-{NAMED}"}
    strongest = {lexeme: weight for weight in "DCBA" for lexeme in by_weight[weight]}
    about = " ".join(f"{_quoted(lexeme)}:1{weight}" for lexeme, weight in strongest.items())
    words = {fold(word): word for text in parts.values() for word in reversed(_WORD.findall(text))}
    return offer.pk, about, " ".join(each.replace(" ", "") for each in every), " ".join(words.values())


def refresh_search_text(offers: Iterable[Offer]) -> None:
    """Write the searchable text of these offers anew, one statement for some hundreds of them."""
    ids, here = [offer.pk for offer in offers], _Here()
    for start in range(0, len(ids), BATCH):
        found = Offer.objects.filter(pk__in=ids[start : start + BATCH]).select_related("provider")
        related = ("categories", "target_groups", "markers", "locations__district")
        rows = [_row(offer, here) for offer in found.prefetch_related(*related)]
        if rows:
            with connection.cursor() as cursor:
                cursor.execute(_WRITE, [list(column) for column in zip(*rows, strict=True)])
