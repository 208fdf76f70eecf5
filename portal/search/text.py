"""Finding offers by words, with PostgreSQL's German full text search (see portal.offers.models.SearchDocument)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from core.text import composed, fold
from portal.search.dates import Numbers
from portal.search.stop_words import STOP_WORDS
from portal.search.synonyms import synonyms_in

_WORD = re.compile(r"\w+")
MOST_WORDS = 12
# From this length on a word may be the end of a compound.
SHORTEST_END = 4
CANDIDATES = 50
# Two points for each of the words at most.
_SCORE_BITS = 5
_MOST_SCORE = 2**_SCORE_BITS - 1
_SIMILAR = (
    "SELECT words FROM offers_searchdocument WHERE %s <%% words OR %s <%% words "
    "ORDER BY word_similarity(%s, words) DESC LIMIT %s"
)
_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü"}
_WITH_UMLAUTS = re.compile("ae|oe|ue", re.IGNORECASE)
_NOTHING: Numbers = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for: what was typed, and what else counts as it."""

    text: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Offers that contain every term, by id, with how well they do: words in the title count double."""

    ids: Numbers
    scores: Numbers


def words_of(text: str) -> list[str]:
    """The words of a text as a search sees them, each once."""
    return list(dict.fromkeys(word for word in _WORD.findall(composed(text)) if fold(word)))[:MOST_WORDS]


def find_text(text: str) -> Found:
    """Look for offers with all words of a text; one statement."""
    words = words_of(text)
    if not words:
        return Found(_NOTHING, _NOTHING)
    statement, parameters = text_statement(terms_of(words))
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        (packed,) = cursor.fetchone()
    found = np.frombuffer(bytes(packed or b""), ">i8").astype(np.int64)
    return Found(found >> _SCORE_BITS, found & _MOST_SCORE)


def terms_of(words: Sequence[str]) -> list[Term]:
    """Words with the synonyms of this municipality; neighbouring words may be one term (“Deutsch als Zweitsprache”)."""
    synonyms = synonyms_in(words)
    terms, place = [], 0
    while place < len(words):
        length, others = synonyms.get(place, (1, ()))
        terms.append(Term(" ".join(words[place : place + length]), others))
        place += length
    telling = [term for term in terms if term.others or term.text.lower() not in STOP_WORDS]
    return telling or terms


def text_statement(terms: Sequence[Term]) -> tuple[str, list[str]]:
    """The statement that finds the ids and scores of offers, packed into one byte string, and its parameters."""
    loose = [_loose(term) for term in terms]
    strict = [_strict(term) for term in terms]
    # What is in the title as it was typed is there loosely, too.
    score = " + ".join(
        f"CASE WHEN title_vector @@ ({free}) THEN 1 + COALESCE((title_vector @@ ({exact}))::int, 0) ELSE 0 END"
        for (free, _given), (exact, _same) in zip(loose, strict, strict=True)
    )
    every = " && ".join(f"({sql})" for sql, _given in loose)
    given = [value for _sql, values in loose for value in values]
    both = [value for pair in zip(loose, strict, strict=True) for _sql, values in pair for value in values]
    # Set apart, so that the planner does not know how common the words are: it would rather read every document whole
    # than use the index, and is wrong by a factor of four, because it does not count the unpacking of vectors.
    statement = (
        f"WITH asked AS MATERIALIZED (SELECT {every} AS words) "  # noqa: S608 (our own SQL; what was asked is a parameter)
        f"SELECT string_agg(int8send((offer_id << {_SCORE_BITS}) | ({score})), '') "
        "FROM offers_searchdocument, asked WHERE vector @@ asked.words"
    )
    return statement, given + both


def _loose(term: Term) -> tuple[str, list[str]]:
    """A tsquery for everything that counts as the term: its stem, a word beginning with it, a compound ending with it,
    its synonyms."""
    sql, given = _strict(term)
    if " " not in term.text:
        sql += " || %s::tsquery"
        given.append(f"{_quoted(fold(term.text))}:*" if len(term.text) > 1 else _quoted(fold(term.text)))
        if len(term.text) >= SHORTEST_END:
            sql += " || COALESCE(('''~' || reverse((ts_lexize('german_stem', %s))[1]) || ''':*')::tsquery, ''::tsquery)"
            given.append(term.text.lower())
            # PostgreSQL's stem of “Kurs” is “kur”, that of “Deutschkurse” is “deutschkurs”.
            sql += " || %s::tsquery"
            given.append(f"{_quoted('~' + fold(term.text)[::-1])}:*")
    for other in term.others:
        sql += " || plainto_tsquery('german', %s)"
        given.append(other)
    return sql, given


def _strict(term: Term) -> tuple[str, list[str]]:
    """A tsquery for the term itself: its stem, or written as it is."""
    return "plainto_tsquery('german', %s) || plainto_tsquery('simple', %s)", [term.text, fold(term.text)]


def _quoted(lexeme: str) -> str:
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def closest(text: str) -> str | None:
    """The text with mistyped words replaced by the most similar ones offers contain, or None where nothing changes.

    One statement for each unknown word.
    """
    words = words_of(text)
    changed = [_closest_word(word) or word for word in words]
    return " ".join(changed) if changed != words else None


def _closest_word(word: str) -> str | None:
    """The nearest of the words in the most similar documents, at most one slip in five letters away."""
    if len(word) < SHORTEST_END or find_text(word).ids.size:
        return None
    german = _WITH_UMLAUTS.sub(lambda found: _UMLAUTS[found[0].lower()], word)
    with connection.cursor() as cursor:
        cursor.execute(_SIMILAR, [word, german, german, CANDIDATES])
        known = {other for (others,) in cursor.fetchall() for other in others.split()}
    most = 1 if len(word) <= 5 else 2
    found = process.extractOne(
        word, sorted(known), scorer=DamerauLevenshtein.distance, processor=fold, score_cutoff=most
    )
    return str(found[0]) if found else None
