"""Finding offers by words (what is searched: portal.offers.documents; how a question is read: portal.search.questions)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection

from portal.search.dates import Numbers
from portal.search.questions import AllOf, Question, Term, as_tsquery, understand
from portal.search.spelling import corrected, in_german

_SCORE_BITS = 16
_MOST_SCORE = 2**_SCORE_BITS - 1
# How much a word weighs that stands with who offers it (D), in the short description (C), in topics and target groups
# (B), in the title (A).
_FIELDS = "'{0.05, 0.15, 0.35, 1.0}'"
_WHOLE, _PARTS, _OTHERS, _USUAL = 30.0, 20.0, 12.0, 10.0
_NOTHING: Numbers = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Found:
    """Offers that fit, by id, with how well they do."""

    ids: Numbers
    scores: Numbers


@dataclass(frozen=True, slots=True)
class Answer:
    """What a text finds: offers that are about it, and those that only mention it in their description; and how the
    text was read: `meant` is what it was taken for where nothing was found as it was typed."""

    question: Question
    about: Found
    mentioned: Found
    meant: str = ""


def find_text(text: str) -> Found:
    """Look for offers with all words of a text, about them or not; one statement."""
    return find(understand(text))


def answer_text(text: str) -> Answer:
    """Look for offers that fit a text; where nothing does, for what a word of another language means, and for what
    was mistyped."""
    typed = _answer(understand(text))
    if typed.about.ids.size:
        return typed
    if (german := in_german(text)) and (meant := _answer(understand(german), german)).about.ids.size:
        return meant
    if (better := corrected(text, typed.question)) and (meant := _answer(understand(better), better)).about.ids.size:
        return meant
    return typed


def _answer(question: Question, meant: str = "") -> Answer:
    found = find(question)
    about = found.scores > 0
    return Answer(
        question,
        Found(found.ids[about], found.scores[about]),
        Found(found.ids[~about], found.scores[~about]),
        meant,
    )


def find(question: Question) -> Found:
    """Look for offers that have all a question needs; one statement."""
    if not question.terms:
        return Found(_NOTHING, _NOTHING)
    statement, parameters = text_statement(question.terms, question.needed)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        (packed,) = cursor.fetchone()
    found = np.frombuffer(bytes(packed or b""), ">i8").astype(np.int64)
    return Found(found >> _SCORE_BITS, found & _MOST_SCORE)


def text_statement(terms: Sequence[Term], needed: Sequence[Term]) -> tuple[str, list[str]]:
    """The statement that finds the ids and scores of offers, packed into one byte string, and its parameters."""
    ranks = [rank for term in terms for rank in _ranks(term)]
    score = " + ".join(f"{weight} * ts_rank({_FIELDS}, title_vector, %s::tsquery)" for weight, _query in ranks) or "0"
    every = " & ".join(f"({as_tsquery(term.choices)})" for term in needed)
    # Set apart, so that the planner does not know how common the words are: it would rather read every document whole
    # than use the index, and is wrong by a factor of four, because it does not count the unpacking of vectors.
    statement = (
        "WITH asked AS MATERIALIZED (SELECT %s::tsquery AS words) "  # noqa: S608 (our own SQL; what was asked is a parameter)
        f"SELECT string_agg(int8send((offer_id << {_SCORE_BITS}) | LEAST({_MOST_SCORE}, ({score})::int)), '') "
        "FROM offers_searchdocument, asked WHERE vector @@ asked.words"
    )
    return statement, [every, *(query for _weight, query in ranks)]


def _ranks(term: Term) -> list[tuple[float, str]]:
    """Weights and queries that together say how well an offer has a term. (PostgreSQL divides by their lexemes.)"""
    groups: list[tuple[float, tuple[AllOf, ...]]] = [
        (_WHOLE, ((term.whole,),) if term.whole else ()),
        (_PARTS, ((term.parts,),) if term.parts else ()),
        *((_PARTS if term.whole else _WHOLE, ((any_of,),)) for any_of in term.made_of),
        (_OTHERS, term.others),
        (_USUAL, term.usual),
    ]
    found = []
    for weight, choices in groups:
        size = sum(len(any_of) for every in choices for any_of in every)
        if size:
            flat: AllOf = (tuple(one for every in choices for any_of in every for one in any_of),)
            found.append((weight * size, as_tsquery([flat])))
    return found
