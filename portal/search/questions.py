"""What somebody looks for: each word of a question with everything that counts as it.

The same readings as documents have (`german.words`, lexemes as in `portal.offers.documents`). A term is a choice of
alternatives, each of which is a list of things that must all be there; one of those is a set of lexemes of which one is
enough. So it can be asked of PostgreSQL (`as_tsquery`) and of texts in memory (`Matcher`).
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

from core.text import fold
from german import everyday
from german.dictionary import other
from german.lists import AGES, ASKING, AUDIENCES, FILLERS, KINDS, PLAIN_MODIFIERS, STOP_WORDS, WEAK
from german.roots import root_of
from german.words import Part, Word, words_in
from portal.offers.documents import NAMED
from portal.search.synonyms import synonyms_in

MOST_WORDS = 12
_POSSESSIVES = ("mein", "unser", "unsre")
# Things of which one must be there; all of several; one of several such.
AnyOf = tuple[str, ...]
AllOf = tuple[AnyOf, ...]
Texts = tuple[str, ...]
# Between a lexeme and the weights it must have; no word contains it.
_AT = "\0"
# A lexeme without a sign: no document has one.
NOWHERE = "'nowhere'"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for: what was typed, and what else counts as it (synonyms).

    `whole` are the lexemes of the word itself, `parts` those of compounds that contain it, `made_of` what a compound
    consists of, `others` the municipality's synonyms, `usual` what counts as it in every town. A `weak` term tells
    little: offers without it still fit, where another term is not.
    """

    text: str
    word: Word
    whole: AnyOf
    parts: AnyOf
    made_of: AllOf = ()
    others: tuple[AllOf, ...] = ()
    usual: tuple[AllOf, ...] = ()
    synonyms: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()
    weak: bool = False
    # What a compound is a kind of, where it need not be said: an offer that does stands before others.
    kind: AnyOf = ()

    @property
    def choices(self) -> tuple[AllOf, ...]:
        """All alternatives."""
        own = (*self.whole, *self.parts)
        found = ((own,) if own else (), self.made_of, *self.others, *self.usual)
        return tuple(every for every in found if every)

    @property
    def about(self) -> tuple[AllOf, ...]:
        """The alternatives with where they must stand for an offer to be about it: the word itself anywhere, as a part
        of other words not only in the name of who offers it (“Fußballclub”), the parts of a compound and what is
        usually called so in a title or topic."""
        own = (*self.whole, *labelled((self.parts,), "ABC")[0], *self.named)
        made_of = labelled(self.made_of, "AB") if self.whole else self.made_of
        others = (labelled(every, "ABC") for every in self.others)
        usual = (labelled(every, "AB") for every in self.usual)
        found = ((own,) if own else (), made_of, *others, *usual)
        return tuple(every for every in found if every)

    @property
    def named(self) -> AnyOf:
        """The word itself, or what a longer one is, in the name of who offers it, of a place, of a topic above."""
        return tuple(f"{NAMED}{root}" for root in self.word.roots) if self.whole else ()

    @property
    def core(self) -> tuple[AllOf, ...]:
        """The alternatives where they stand in a title, a topic or target group, or the word itself in the name of who
        offers it or of a place."""
        own = (*labelled((self.whole,), "ABC")[0], *labelled((self.parts,), "AB")[0])
        others = (labelled(every, "AB") for every in (*self.others, *self.usual))
        # “Jugendtreff”: what is for youths is many things, so where it is said what kind it is, that counts.
        for_people = self.kind and {part.root for part in self.word.modifiers} <= AUDIENCES
        made_of = (*self.made_of, self.kind) if for_people else self.made_of
        found = (((*own, *self.named),) if own else (), labelled(made_of, "AB"), *others)
        return tuple(every for every in found if every)

    @property
    def near(self) -> tuple[AllOf, ...]:
        """The alternatives of which one is enough where nothing has all of a question: no parts of other words."""
        found = ((self.whole,) if self.whole else (), self.made_of, *self.others, *self.usual)
        return tuple(labelled(every, "AB") for every in found if every)

    @property
    def pieces(self) -> AllOf:
        """The parts of a compound that tell something, each by itself."""
        return tuple(_as_any(part.root) for part in self.word.parts if part.root not in WEAK | AUDIENCES)

    @property
    def is_topic(self) -> bool:
        """Whether it can be looked for alone, where nothing fits all of a question: a noun that tells something."""
        lemmas = self.word.lemmas
        named = any(lemma[:1].isupper() for lemma in lemmas) or bool(self.word.parts) or not self.whole
        deed = self.word.text[:1].islower() and any(lemma[:1].islower() for lemma in lemmas)
        return named and not deed and not self.weak and not set(self.word.roots) & AUDIENCES


@dataclass(frozen=True, slots=True)
class Question:
    """A whole text that was typed: what must be found, and words that were left out as they say nothing."""

    terms: tuple[Term, ...]
    fillers: tuple[str, ...] = ()

    @property
    def needed(self) -> tuple[Term, ...]:
        """What every offer must have."""
        strong = tuple(term for term in self.terms if not term.weak)
        return strong or self.terms

    @property
    def partly(self) -> tuple[tuple[Term, ...], ...]:
        """Of what an offer with some is better than none: first of what tells something, then of for whom it is, too
        (“Malkurs Kinder” is hardly answered by what is for children), never of what kind of thing it is (“Krebs
        Beratung”)."""
        rest = tuple(term for term in self.needed if not set(term.word.roots) <= KINDS) or self.needed
        told = tuple(term for term in rest if not set(term.word.roots) & AUDIENCES)
        return (told, rest) if told and told != rest else (rest,)

    @property
    def topics(self) -> tuple[Term, ...]:
        """What can be looked for alone where nothing has all that is needed, other than what kind of thing it is. (What
        is for another age is no help.)"""
        aged = any(set(term.word.roots) & AGES for term in self.needed)
        found = tuple(term for term in self.needed if term.is_topic) if len(self.needed) > 1 and not aged else ()
        return tuple(term for term in found if not set(term.word.roots) <= KINDS) or found


class Matcher:
    """Asks a question of many texts in memory."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = [_Asked(term) for term in terms]

    @property
    def least(self) -> frozenset[str] | None:
        """Lexemes of which every text that fits has one, so that most are ruled out at a glance; None where beginnings
        of words count, too."""
        return min((term.all for term in self._terms if not term.starts), key=len, default=None)

    def fits(self, lexemes: frozenset[str]) -> bool:
        """Whether a text with these lexemes contains all terms."""
        return bool(self._terms) and all(term.fits(lexemes) for term in self._terms)


class _Asked:
    """A term, ready to be asked of many texts; most have none of its lexemes, which is seen at once."""

    def __init__(self, term: Term) -> None:
        self._choices = [[_sorted(any_of) for any_of in every] for every in term.choices]
        self.all: frozenset[str] = frozenset().union(*(whole for every in self._choices for whole, _starts in every))
        self.starts = any(starts for every in self._choices for _whole, starts in every)

    def fits(self, lexemes: frozenset[str]) -> bool:
        if not self.starts and self.all.isdisjoint(lexemes):
            return False
        return any(all(_has(whole, starts, lexemes) for whole, starts in every) for every in self._choices)


def _sorted(any_of: AnyOf) -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole lexemes and beginnings."""
    whole = frozenset(one for one in any_of if not one.endswith("*"))
    return whole, tuple(one[:-1] for one in any_of if one.endswith("*"))


def _has(whole: frozenset[str], starts: tuple[str, ...], lexemes: frozenset[str]) -> bool:
    return not whole.isdisjoint(lexemes) or (bool(starts) and any(each.startswith(starts) for each in lexemes))


def says_nothing(text: str) -> bool:
    """Whether a text has only words around a question: “Angebote für”."""
    return all(_says_nothing(word) for word in words_in(text, asked=True))


def understand(text: str) -> Question:
    """Read a question."""
    words = _first_of(_each_once(words_in(text, asked=True)))
    alike = _alike(words)
    terms: list[Term] = []
    fillers: list[str] = []
    place = 0
    while place < len(words):
        length, ours, usual = alike.get(place, (1, (), ()))
        phrase = words[place : place + length]
        leads = place == 0 and len(words) > 1 and words[1].written in STOP_WORDS
        if length == 1 and not ours and _says_nothing(phrase[0], leads=leads):
            fillers.append(phrase[0].text)
        else:
            term = _phrase(phrase, ours, usual) if length > 1 else _term(phrase[0], ours, usual)
            terms.append(replace(term, weak=term.weak or (place > 0 and _are_ours(words[place - 1], phrase))))
        place += length
    if not terms:
        return Question(tuple(_term(word, (), ()) for word in words))
    return Question(tuple(terms), tuple(fillers))


def _alike(words: Sequence[Word]) -> dict[int, tuple[int, Texts, Texts]]:
    """Where words begin that others count as: how many, the municipality's synonyms, and what is usual everywhere."""
    ours, usual = synonyms_in([word.text for word in words]), everyday.meant_by(words)
    found: dict[int, tuple[int, Texts, Texts]] = {}
    for place in ours.keys() | usual.keys():
        (here, others), (there, meant) = ours.get(place, (0, ())), usual.get(place, (0, ()))
        length = max(here, there)
        found[place] = (length, others if here == length else (), meant if there == length else ())
    return found


def _each_once(words: Iterable[Word]) -> list[Word]:
    return list({word.written: word for word in words}.values())


def _first_of(words: list[Word]) -> list[Word]:
    """No more than anybody asks for; of a long sentence the words that tell something."""
    return (words if len(words) <= MOST_WORDS else [word for word in words if not _says_nothing(word)])[:MOST_WORDS]


def _says_nothing(word: Word, *, leads: bool = False) -> bool:
    """Little words, and verbs of asking in all their forms: “Wo finde ich …”, “Bieten Sie … an” (there it `leads`, and
    the capital says nothing)."""
    if word.written in STOP_WORDS or word.written in FILLERS:
        return True
    small = leads or word.text[:1].islower()
    said = other(word.text) if small else None
    return said is not None and root_of(said) in ASKING


def _are_ours(before: Word, phrase: Sequence[Word]) -> bool:
    """Whether these are the people of whoever asks: “für meinen Sohn”. What is for all is for them, too."""
    return before.written.startswith(_POSSESSIVES) and bool(set(phrase[0].roots) & AUDIENCES)


def _term(word: Word, ours: Texts, usual: Texts) -> Term:
    return Term(
        text=word.text,
        word=word,
        whole=_whole(word),
        parts=_as_part(word),
        made_of=_made_of(word),
        kind=_kind(word),
        others=tuple(_others(other) for other in ours),
        usual=tuple(_others(other) for other in usual),
        synonyms=ours,
        everyday=usual,
        weak=bool(set(word.roots) & WEAK) and not ours,
    )


def _phrase(words: Sequence[Word], ours: Texts, usual: Texts) -> Term:
    """Neighbours that are one term: “Deutsch als Zweitsprache”."""
    telling = [word for word in words if word.written not in STOP_WORDS and not set(word.roots) & WEAK] or list(words)
    every = tuple((*_whole(word), *_as_part(word)) for word in telling)
    return Term(
        text=" ".join(word.text for word in words),
        word=telling[0],
        whole=(),
        parts=(),
        made_of=every,
        others=tuple(_others(other) for other in ours),
        usual=tuple(_others(other) for other in usual),
        synonyms=ours,
        everyday=usual,
    )


def _whole(word: Word) -> AnyOf:
    written = {"noun": [f"={word.written}^"], "both": [f"={word.written}^", f"={word.written}"]}
    roots = [f"~{root}" for root in word.roots]
    lemmas = [f"-{fold(lemma)}" for lemma in word.lemmas]
    beginning = [] if word.known or word.hyphened or len(word.written) < 2 else [f"={word.written}*"]
    return tuple(dict.fromkeys((*written.get(word.sense, [f"={word.written}"]), *lemmas, *roots, *beginning)))


def _as_part(word: Word) -> AnyOf:
    return tuple(f"{sign}{root}" for root in word.roots if len(root) > 2 for sign in "+>")


def _part(part: Part) -> AnyOf:
    """A part of a compound, and what one word counts as it."""
    return (*_as_any(part.root), *(one for other in everyday.meant_by_root(part.root) for one in _as_any(other)))


def _as_any(root: str) -> AnyOf:
    return (f"~{root}", f"+{root}", f">{root}")


def _made_of(word: Word) -> AllOf:
    """A compound is found by its parts; what it is a kind of need not be there where that tells little (“Töpferkurs”),
    unless what stands before tells as little (“Kleingruppe”). A particle before (“Nachhilfe”) is no word by itself."""
    if not word.parts or (not word.hyphened and any(part.root in STOP_WORDS for part in word.modifiers)):
        return ()
    telling = [part for part in word.modifiers if part.root not in STOP_WORDS]
    needed = telling if _goes_without_saying(word) else [*telling, word.parts[-1]]
    return tuple(_part(part) for part in needed)


def _kind(word: Word) -> AnyOf:
    return _as_any(word.parts[-1].root) if word.parts and _goes_without_saying(word) else ()


def _goes_without_saying(word: Word) -> bool:
    """Whether what a compound is a kind of tells little, and what stands before more."""
    telling = [part.root for part in word.modifiers if part.root not in STOP_WORDS]
    narrow = len(telling) > 1 or any(root not in PLAIN_MODIFIERS | WEAK for root in telling)
    return narrow and word.parts[-1].root in WEAK


def _others(text: str) -> AllOf:
    """A synonym: each of its words, as a whole or as the head of a compound."""
    words = [word for word in words_in(text, asked=True) if word.written not in STOP_WORDS]
    return tuple(tuple(f"{sign}{root}" for root in word.roots for sign in _signs(word)) for word in words)


def _signs(word: Word) -> str:
    """As the head of a compound only nouns count: “Werken” is no “Kraftwerk”, although it is “den Werken”, too."""
    deed = other(word.text.lower())
    is_deed = deed is not None and fold(deed) == word.written and word.written not in map(fold, word.lemmas)
    is_noun = any(fold(lemma) in word.roots for lemma in word.lemmas) and not is_deed
    return "~+" if is_noun or word.parts else "~"


def as_tsquery(choices: Iterable[AllOf], known: Container[str] | None = None) -> str:
    """Alternatives as PostgreSQL writes them, those in one that each are enough, and none twice: all are looked for in
    each of very many offers. Only those of `known` lexemes, where they are given."""
    given = [every for every in choices if every]
    found = given if known is None else [every for every in (_known(every, known) for every in given) if all(every)]
    enough = _widest(one for every in found if len(every) == 1 for one in every[0])
    written = [f"({_any(enough)})"] if enough else []
    written += [f"({_all(every)})" for every in dict.fromkeys(found) if len(every) > 1]
    return " | ".join(written) or (NOWHERE if given else "")


def known_of(any_of: AnyOf, known: Container[str]) -> AnyOf:
    """Those that stand somewhere, and beginnings."""
    return tuple(one for one in any_of if (lexeme := one.partition(_AT)[0]).endswith("*") or lexeme in known)


def _known(every: AllOf, known: Container[str]) -> AllOf:
    return tuple(known_of(any_of, known) for any_of in every)


def _all(every: AllOf) -> str:
    return " & ".join(f"({_any(any_of)})" for any_of in every)


def _widest(lexemes: Iterable[str]) -> AnyOf:
    """Each lexeme once, with all weights that any of the same has; none are all."""
    found: dict[str, str] = {}
    for one in lexemes:
        named, _at, weights = one.partition(_AT)
        known = found.get(named)
        found[named] = weights if known is None else known and weights and "".join(sorted({*known, *weights}))
    return tuple(f"{named}{_AT}{weights}" if weights else named for named, weights in found.items())


def labelled(every: AllOf, weights: str) -> AllOf:
    """The same, where it stands with one of these weights."""
    return tuple(tuple(f"{one}{_AT}{weights}" for one in any_of) for any_of in every)


def _any(any_of: AnyOf) -> str:
    return " | ".join(_quoted(one) for one in any_of)


def _quoted(lexeme: str) -> str:
    named, _at, weights = lexeme.partition(_AT)
    plain = named.removesuffix("*")
    escaped = plain.replace("\\", "\\\\").replace("'", "''")
    label = ("*" if plain != named else "") + weights
    return f"'{escaped}'" + (f":{label}" if label else "")
