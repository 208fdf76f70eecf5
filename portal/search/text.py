"""Finding offers by words.

What is searched is told in `portal.offers.documents`, how a question is read in `portal.search.questions`.
"""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.db import connection

from portal.search.dates import Numbers
from portal.search.lexemes import EVERYTHING, known_lexemes
from portal.search.links import Mask
from portal.search.questions import NOWHERE, AllOf, AnyOf, Question, Term, as_tsquery, known_of, labelled, understand
from portal.search.spelling import corrected, in_german

_SCORE_BITS = 16
# Above the score: whether the offer has everything where it counts (`Term.core`).
_CORE = 2 ** (_SCORE_BITS - 1)
_MOST_SCORE = _CORE - 1
# How much a word weighs that stands with who offers it (D), in the short description (C), in topics and target groups
# (B), in the title (A): the word itself, parts of compounds, what else counts as it.
_OWN, _PART, _ALIKE = "0.05, 0.15, 0.35, 1.0", "0.02, 0.08, 0.3, 1.0", "0.0, 0.0, 0.2, 1.0"
_WHOLE, _PARTS, _KIND, _OTHERS, _USUAL = 30.0, 35.0, 4.0, 12.0, 10.0
# Offers that are over stay for a while, so one alone might tell nothing.
SOME = 50
# Set apart, so that the planner does not know how common the words are: it would rather read every document whole than
# use the index, and is wrong by a factor of four, because it does not count the unpacking of vectors.
_ASKED = (
    "WITH asked AS MATERIALIZED (SELECT %s::tsquery AS every, %s::tsquery AS about, %s::tsquery AS core, "
    "%s::tsquery AS sure, %s::tsquery AS marks) "
)
# The signs of lexemes that no document has with its title alone.
_EVERYWHERE = "=~+>"
# Never more than the word itself in a title.
_MOST_ALIKE = 25.0


@dataclass(frozen=True, slots=True)
class Found:
    """Offers that fit, by id, with how well they do, and whether it is what they are called, filed under or by whom
    they are (`Term.core`), and not only somewhere in their texts."""

    ids: Numbers
    scores: Numbers
    core: Mask

    def only(self, mask: Mask) -> "Found":
        """Some of them."""
        return Found(self.ids[mask], self.scores[mask], self.core[mask])


@dataclass(frozen=True, slots=True)
class Near:
    """All offers of which a search must know whether they have its words, where those are few, by id; and which of some
    ids are offers that are not over."""

    ids: Numbers
    lasting: Callable[[Numbers], Mask]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as PostgreSQL understands it: what an offer must have anywhere, to be about it, and where it counts;
    and which lexemes stand in titles at all: others are not asked for."""

    every: str
    about: str
    core: str
    known: Container[str]
    # Of `about` what is in `every`, too: words in names and forms of words are kept with titles alone.
    sure: str
    marks: str

    @property
    def queries(self) -> list[str]:
        """All of it, as `_ASKED` takes it."""
        return [self.every, self.about, self.core, self.sure, self.marks]


@dataclass(frozen=True, slots=True)
class Documents:
    """Which documents are searched: those of the municipality we are inside, or those of an index (`table`).

    Of an index only `theirs` count. Where these are few among all, each must have one of some lexemes that say whose it
    is (`marks`): PostgreSQL then looks for two things, in half the time of one question for both.
    """

    table: str = "offers_searchdocument"
    marks: tuple[str, ...] = ()
    theirs: Callable[[Numbers], Mask] | None = None

    def known(self) -> Container[str]:
        """Which lexemes stand in titles at all; of an index nobody knows, so all of them may."""
        return known_lexemes() if self.theirs is None else EVERYTHING

    @property
    def marked(self) -> str:
        """Any of the marks."""
        return as_tsquery([(self.marks,)] if self.marks else [])

    @property
    def only(self) -> str:
        """What a statement asks first of a document."""
        return "vector @@ asked.marks AND" if self.marks else ""

    def own(self, found: Found) -> Found:
        """Without those of others."""
        return found if self.theirs is None else found.only(self.theirs(found.ids))


OWN = Documents()
_NOTHING = Found(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, bool))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a text finds: offers that are about it, and those that only mention it in their description; and how the
    text was read: `meant` is what it was taken for where nothing was found as it was typed; `close` tells that nothing
    has all of it, and `about` are those that have most."""

    question: Question
    about: Found
    mentioned: Found
    meant: str = ""
    close: bool = False


def find_text(text: str) -> Found:
    """Look for offers with all words of a text, about them or not; one statement."""
    return find(understand(text))


def answer_text(text: str, typed: Answer | None = None, documents: Documents = OWN) -> Answer:
    """Look for offers that fit a text; where nothing does, for what a word of another language means, for what was
    mistyped, and then for what has the most of it. `typed` is what the words found as they are, where that is known."""
    typed = typed or find_as_typed(text, documents=documents)
    if typed.about.ids.size:
        return typed
    return _meant(text, typed, documents) or _close(typed.question, documents=documents) or typed


def find_as_typed(text: str, near: Near | None = None, documents: Documents = OWN) -> Answer:
    """Look for offers with all words as they were typed, and for nothing else; up to three statements.

    Where only what is `near` counts, the rest is not read: it is enough to know whether any offer at all has everything
    where it counts, and one that does stands for all of them.
    """
    question = understand(text)
    found = _find_near(question, near, documents) if near is not None and question.terms else None
    return _split(question, find(question, documents=documents) if found is None else found, "")


def _find_near(question: Question, near: Near, documents: Documents) -> Found | None:
    """What is near, and another offer that has everything where it counts, if none of these does. None if there is no
    such offer, or only some that are over: then all that is about the question counts."""
    found = find(question, near.ids, documents)
    if found.core.any():
        return found
    others = _some_core(question, documents)
    lasting = others[near.lasting(others)][:1]
    if not lasting.size:
        return None
    return Found(*(np.append(one, more) for one, more in ((found.ids, lasting), (found.scores, 1), (found.core, True))))


def _some_core(question: Question, documents: Documents) -> Numbers:
    """The ids of a few offers that have all a question needs where it counts."""
    wanted = asked(question, documents)
    statement = (
        f"{_ASKED} SELECT offer_id FROM {documents.table}, asked "  # noqa: S608 (only constants)
        f"WHERE {documents.only} vector @@ asked.every AND title_vector @@ asked.core LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*wanted.queries, SOME])
        ids = np.array([pk for (pk,) in cursor.fetchall()], np.int64)
    return ids if documents.theirs is None else ids[documents.theirs(ids)]


def _meant(text: str, typed: Answer, documents: Documents) -> Answer | None:
    for read in (in_german(text), corrected(text, typed.question)):
        if read is None:
            continue
        meant = _answer(understand(read), read, documents)
        if meant.about.ids.size:
            return meant
        if best := _close(meant.question, read, documents):
            return best
        if meant.mentioned.ids.size and not typed.mentioned.ids.size:
            return meant
    return None


def _close(question: Question, meant: str = "", documents: Documents = OWN) -> Answer | None:
    """The offers with the most of a question."""
    if not question.topics:
        return None
    about = tuple(every for term in question.topics for every in term.near)
    every = tuple(every for term in question.topics for every in term.choices)
    found = _found(question.terms, _asked_once(every, about, documents), documents=documents)
    answer = _split(question, found, meant)
    return replace(answer, close=True) if answer.about.ids.size else None


def find_partly(question: Question, among: Numbers | None = None, documents: Documents = OWN) -> Found:
    """Offers with any part of a question in their title or topics, also of its compounds; only `among` these ids, where
    they are given. A statement or two."""
    found = _NOTHING
    for terms in question.partly:
        found = _with_some(question, terms, among, documents)
        if found.ids.size:
            break
    return found


def _with_some(question: Question, terms: Sequence[Term], among: Numbers | None, documents: Documents) -> Found:
    every = tuple(every for term in terms for every in (*term.choices, *((part,) for part in term.pieces)))
    if not every:
        return _NOTHING
    counting = [labelled(each, "AB") for each in every]
    found = _found(question.terms, _asked_once(every, counting, documents), among, documents, mentions=False)
    return found.only(found.scores > 0)


def _answer(question: Question, meant: str = "", documents: Documents = OWN) -> Answer:
    return _split(question, find(question, documents=documents), meant)


def _split(question: Question, found: Found, meant: str) -> Answer:
    about = found.scores > 0
    return Answer(question, found.only(about), found.only(~about), meant)


def find(question: Question, among: Numbers | None = None, documents: Documents = OWN) -> Found:
    """Look for offers that have all a question needs; those that only mention it score 0. Only `among` these ids, where
    they are given. One statement."""
    if not question.terms:
        return _NOTHING
    return _found(question.terms, asked(question, documents), among, documents)


def asked(question: Question, documents: Documents = OWN) -> Asked:
    """All that a question needs."""
    known = documents.known()
    every = (as_tsquery(term.choices) for term in question.needed)
    about = (as_tsquery(term.about, known) for term in question.needed)
    core = (as_tsquery(term.core, known) for term in question.needed)
    sure = (_surely(term.about) for term in question.needed)
    return Asked(_each(every), _each(about), _each(core), known, _each(sure), documents.marked)


def _each(queries: Iterable[str]) -> str:
    return " & ".join(f"({query})" for query in queries)


def _surely(about: Iterable[AllOf]) -> str:
    """Of some alternatives those by lexemes that stand with titles and among all (`portal.offers.documents`)."""
    kept = (tuple(tuple(one for one in any_of if one[0] in _EVERYWHERE) for any_of in every) for every in about)
    return as_tsquery(every for every in kept if all(every)) or NOWHERE


def _asked_once(every: Sequence[AllOf], about: Sequence[AllOf], documents: Documents) -> Asked:
    """Any of some things, which count wherever an offer is about them."""
    known = documents.known()
    counts = as_tsquery(about, known)
    return Asked(as_tsquery(every), counts, counts, known, _surely(about), documents.marked)


def _found(
    terms: Sequence[Term],
    asked: Asked,
    among: Numbers | None = None,
    documents: Documents = OWN,
    *,
    mentions: bool = True,
) -> Found:
    statement, parameters = text_statement(terms, asked, among, documents, mentions=mentions)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        (packed,) = cursor.fetchall()
    return documents.own(_unpacked(*packed))


def find_each(questions: Sequence[Question], documents: Documents, *, mentions: bool = True) -> list[Found]:
    """Several questions, each as `find` answers it; one statement for all. Without `mentions`, what only mentions the
    words may be left out."""
    found = [_NOTHING] * len(questions)
    parts = {
        place: text_statement(question.terms, asked(question, documents), documents=documents, mentions=mentions)
        for place, question in enumerate(questions)
        if question.terms
    }
    if not parts:
        return found
    statement = " UNION ALL ".join(
        f"SELECT {place}, found.* FROM ({sql}) AS found"  # noqa: S608 (only constants)
        for place, (sql, _given) in parts.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for _sql, given in parts.values() for value in given])
        for place, *packed in cursor.fetchall():
            found[place] = documents.own(_unpacked(*packed))
    return found


def answers_to(questions: Sequence[Question], documents: Documents, *, mentions: bool = True) -> list[Answer]:
    """Several questions as they are, and nothing else in the place of one that finds nothing; one statement."""
    found = find_each(questions, documents, mentions=mentions)
    return [_split(question, each, "") for question, each in zip(questions, found, strict=True)]


def _unpacked(weighed: Any, every: Any) -> Found:
    """What was weighed, and what else fits behind it."""
    packed = _numbers(weighed)
    found = Found(packed >> _SCORE_BITS, packed & _MOST_SCORE, (packed & _CORE).astype(bool))
    ids = _numbers(every)
    rest = ids[~np.isin(ids, found.ids)]
    if not rest.size:
        return found
    return Found(
        np.append(found.ids, rest),
        np.append(found.scores, np.zeros(rest.size, np.int64)),
        np.append(found.core, np.zeros(rest.size, bool)),
    )


def _numbers(packed: Any) -> Numbers:
    return np.frombuffer(bytes(packed or b""), ">i8").astype(np.int64)


def text_statement(
    terms: Sequence[Term],
    asked: Asked,
    among: Numbers | None = None,
    documents: Documents = OWN,
    *,
    mentions: bool = True,
) -> tuple[str, list[str | list[int]]]:
    """The statement that finds offers, and its parameters. It gives the ids and scores of some, packed into one byte
    string, and the ids of all that fit in another, or NULL where the first has all that is wanted.

    An index finds titles, too (`neighbours.models.IndexedDocument`): of what only mentions the words, which is most of
    what has common ones, nothing is read but its number, and without `mentions` nothing at all.
    """
    ranks = [_rank(term, asked.known) for term in terms]
    score = " + ".join(sql for sql, _given in ranks)
    weight = f"LEAST({_MOST_SCORE}, 1 + ({score})::int) + CASE WHEN title_vector @@ asked.core THEN {_CORE} ELSE 0 END"
    given: list[str | list[int]] = [query for _sql, queries in ranks for query in queries]
    some: list[str | list[int]] = [] if among is None else [among.tolist()]
    narrowed = "" if among is None else " AND offer_id = ANY(%s)"
    source = f"FROM {documents.table}, asked WHERE {documents.only}"
    if documents.theirs is None:
        weight = f"CASE WHEN title_vector @@ asked.about THEN {weight} ELSE 0 END"
        fitting = f"{source} vector @@ asked.every{narrowed}"
        return f"{_ASKED} SELECT {_packed(weight)}, NULL::bytea {fitting}", [*asked.queries, *given, *some]
    # Asked of the index at once, the second would take the time of both once more.
    fits = "CASE WHEN title_vector @@ asked.sure THEN true ELSE vector @@ asked.every END"
    weighed = f"(SELECT {_packed(weight)} {source} title_vector @@ asked.about AND {fits}{narrowed})"
    if not mentions:
        return f"{_ASKED} SELECT {weighed}, NULL::bytea", [*asked.queries, *given, *some]
    every = f"(SELECT string_agg(int8send(offer_id), '') {source} vector @@ asked.every{narrowed})"
    return f"{_ASKED} SELECT {weighed}, {every}", [*asked.queries, *given, *some, *some]


def _packed(weight: str) -> str:
    return f"string_agg(int8send((offer_id << {_SCORE_BITS}) | ({weight})), '')"


def _rank(term: Term, known: Container[str]) -> tuple[str, list[str]]:
    """How well an offer has a term: the word itself and what it is part of, and, never more than the word itself in a
    title, what else counts as it."""
    own = [
        (_WHOLE, _OWN, [term.whole]),
        (_PARTS, _PART, [term.parts]),
        *((_PARTS if term.whole else _WHOLE, _PART, [any_of]) for any_of in term.made_of),
        (_KIND, _PART, [term.kind]),
    ]
    alike = [(_OTHERS, _ALIKE, _flat(term.others)), (_USUAL, _ALIKE, _flat(term.usual))]
    (first, given), (second, more) = _sum(own, known), _sum(alike, known)
    return (f"{first} + LEAST({_MOST_ALIKE}, {second})" if more else first), [*given, *more]


def _flat(choices: Sequence[AllOf]) -> list[AnyOf]:
    return [any_of for every in choices for any_of in every]


def _sum(groups: Sequence[tuple[float, str, Sequence[AnyOf]]], known: Container[str]) -> tuple[str, list[str]]:
    """PostgreSQL divides by the number of lexemes asked for; we do not."""
    sql, given = [], []
    for weight, fields, choices in groups:
        lexemes = known_of(tuple(dict.fromkeys(one for any_of in choices for one in any_of)), known)
        if lexemes:
            sql.append(f"{weight * len(lexemes)} * ts_rank('{{{fields}}}', title_vector, %s::tsquery)")
            given.append(as_tsquery([(lexemes,)]))
    return " + ".join(sql) or "0", given
