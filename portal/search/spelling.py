"""What somebody meant who mistyped a word: the nearest word that offers contain.

A right word is never taken for another: what the dictionary knows stays as it is (“Schach” is no “Schals”), and so
does what any offer contains. What only could be made of words (“Mittagstich”) may be a slip, too, where nothing is
found for it.
"""

from collections.abc import Sequence
from functools import cache

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from core.text import fold
from german import everyday
from german.compounds import may_stand_before
from german.foreign import SAYS_NOTHING, meanings
from german.lists import STOP_WORDS
from german.words import Word, words_in
from portal.search.names_abroad import names_in
from portal.search.questions import Question, Term

CANDIDATES = 50
# Whoever mistypes more than some words of a question means something else.
MOST_UNKNOWN = 3
# From this length on a word can be mistyped without being another one; one slip up to this many letters, else two.
SHORTEST = 4
ONE_SLIP = 7
_SIMILAR = (
    "SELECT words FROM offers_searchdocument WHERE %s <%% words OR %s <%% words "
    "ORDER BY word_similarity(%s, words) DESC LIMIT %s"
)
_SOUND_ALIKE = frozenset(map(frozenset, ("jy", "iy", "ck", "cz", "fv", "vw", "dt", "bp", "gk")))
_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü"}


def corrected(text: str, question: Question) -> str | None:
    """What was meant, or None where nothing is mistyped. One statement for each unknown word."""
    meant = text
    for term in [term for term in question.terms if not term.word.lemmas and term.whole][:MOST_UNKNOWN]:
        if word := _closest(term) or (not term.word.known and _with_usual_head(term.word.text.lower())):
            meant = meant.replace(term.text, word[:1].upper() + word[1:] if term.text[:1].isupper() else word)
    return meant if meant != text else None


@cache
def _usual_heads() -> dict[str, str]:
    """What things are a kind of: “Kurs”, “Beratung”, “Gruppe”, folded and as written."""
    heads = (word.head for text in everyday.vocabulary().values() for word in words_in(text, asked=True))
    return {fold(head.written): head.written for head in heads if head}


def _with_usual_head(word: str) -> str | None:
    """A compound that nobody wrote so, with a slip in its last part: “Schwangerschaftsberatng”."""
    heads = list(_usual_heads())
    for place in range(len(word) - SHORTEST + 1, SHORTEST, -1):
        before, rest = word[:place], fold(word[place:])
        if may_stand_before(before):
            found = process.extractOne(rest, heads, scorer=DamerauLevenshtein.distance, score_cutoff=1)
            if found and found[1]:
                return f"{before}{_usual_heads()[found[0]]}".capitalize()
    return None


def in_german(text: str) -> str | None:
    """What a question in a language of the portal means, or None: words that are German are no foreign ones, unless
    all the others are."""
    words = words_in(text, asked=True)
    found = _meanings(words)
    if not any(each not in (None, SAYS_NOTHING) for each in found):
        return None
    foreign = [each is not None for each in found]
    strange = any(is_foreign and not word.known for word, is_foreign in zip(words, foreign, strict=True))
    if not strange and not (len(words) > 1 and all(foreign)):
        return None
    meant = (word.text if each is None else each for word, each in zip(words, found, strict=True))
    return " ".join(each for each in meant if each != SAYS_NOTHING)


def _meanings(words: Sequence[Word]) -> list[str | None]:
    """What each means in German: by the names of the municipality's topics and target groups, else by the list."""
    written = [word.written for word in words]
    listed = meanings(written) or [None] * len(words)
    found = [None if each and _goes_on(word, each) else each for word, each in zip(written, listed, strict=True)]
    for place, (length, name) in names_in(written).items():
        found[place : place + length] = [name, *[SAYS_NOTHING] * (length - 1)]
    return found


def _goes_on(written: str, meaning: str) -> bool:
    """Whether a word is the German one and more: “Computerkus” is no foreign word that begins with “computer”."""
    rest = written.removeprefix(fold(meaning))
    return rest != written and len(rest) >= SHORTEST - 1


def _closest(term: Term) -> str | None:
    """The nearest of the words in the most similar documents."""
    word = term.word.written
    if len(word) < SHORTEST or not word.isalpha():
        return None
    german = word
    for plain, umlaut in _UMLAUTS.items():
        german = german.replace(plain, umlaut)
    with connection.cursor() as cursor:
        cursor.execute(_SIMILAR, [word, german, german, CANDIDATES])
        known = {fold(other): other for (others,) in cursor.fetchall() for other in others.split()}
    every = {**everyday.vocabulary(), **known}
    most = 1 if term.word.known else _most(word)
    near = process.extract(word, list(every), scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=CANDIDATES)
    near = [each for each in near if each[0] not in STOP_WORDS and _begins_alike(each[0], word)]
    best = min(
        near, key=lambda each: (each[1], each[0][:1] != word[:1], abs(len(each[0]) - len(word)), each[0]), default=None
    )
    return every[best[0]] if best else None


def _begins_alike(one: str, other: str) -> bool:
    """Whoever mistypes a word seldom does so in its first letter: it may be left out, doubled, come too late or be
    written as it sounds (“Joga”), but “Tinder” is no “Kinder”."""
    heard = one[1:] == other[1:] and frozenset((one[:1], other[:1])) in _SOUND_ALIKE
    return heard or one[:1] == other[:1] or one[1:] == other or other[1:] == one or one[:2] == other[1::-1]


def _most(word: str) -> int:
    return 1 if len(word) <= ONE_SLIP else 2
