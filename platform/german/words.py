"""Every word of a text as it is understood: its readings, its relatives, its parts, and why.

The one way in which documents and questions are read. What differs is told by `asked`: a question may be typed in small
or capital letters throughout, without umlauts, and its first word may be anything.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from core.text import DASHES, fold
from german.compounds import parts_of
from german.cutting import Cut, cuts_in
from german.dictionary import is_known, noun, other
from german.roots import guessed_root, root_of

_VOWELS = re.compile("ae|oe|ue", re.IGNORECASE)
_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü"}
_HYPHENS = re.compile(f"[-{DASHES}]")


Sense = Literal["", "noun", "other", "both"]


@dataclass(frozen=True, slots=True)
class Part:
    """A word within a compound: as it stands there, what it is a form of, and its root. The head comes last."""

    written: str
    lemma: str
    root: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is understood.

    `written` is folded (`core.text.fold`); `lemmas` are what it may be a form of, the likeliest first, as people write
    them, empty for what no dictionary knows; `roots` are the folded roots of those (guessed where there are none);
    `parts` are the words a compound is made of, or those between hyphens. `sense` tells how a word is meant that is
    written like a noun and like something else that has nothing to do with it (“Sucht”, “sucht”); empty for all others.
    """

    text: str
    start: int
    end: int
    written: str
    lemmas: tuple[str, ...]
    roots: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    hyphened: bool = False
    sense: Sense = ""

    @property
    def known(self) -> bool:
        """Whether it is a German word, or made of such."""
        return bool(self.lemmas) or bool(self.parts)

    @property
    def head(self) -> Part | None:
        """What a compound is a kind of: the “Kurs” of a “Töpferkurs”."""
        return self.parts[-1] if self.parts else None

    @property
    def modifiers(self) -> tuple[Part, ...]:
        """What stands before the head."""
        return self.parts[:-1]


def words_in(text: str, *, asked: bool = False) -> list[Word]:
    """The words of a text in their order, those with hyphens whole, with what stands between as their parts."""
    shouted = asked and text.upper() == text
    return [word_of(cut, asked=asked, shouted=shouted) for cut in cuts_in(text)]


def word_of(cut: Cut, *, asked: bool = False, shouted: bool = False) -> Word:
    """One word as it is understood; `shouted`: in capitals as all of the question."""
    if cut.pieces:
        return _hyphened(cut, asked=asked, shouted=shouted)
    read = _read(cut.written, begins=cut.begins, asked=asked, shouted=shouted)
    return Word(cut.written, cut.start, cut.end, *read)


def _hyphened(cut: Cut, *, asked: bool, shouted: bool) -> Word:
    """“Eltern-Kind-Turnen” is one thing, written with or without hyphens, and has three parts."""
    joined = _HYPHENS.sub("", cut.written)
    whole = parts_of(joined.lower())
    parts = [Part(part.written, part.lemma, root_of(part.lemma)) for part in whole]
    for piece in cut.pieces if not whole else ():
        word = word_of(piece, asked=asked, shouted=shouted)
        if word.parts:
            parts += word.parts
        else:
            parts.append(Part(piece.written, word.lemmas[0] if word.lemmas else piece.written, word.roots[0]))
    root = _root_of_compound(joined.lower(), tuple(parts))
    return Word(cut.written, cut.start, cut.end, fold(joined), (), (root,), tuple(parts), hyphened=True)


Reading = tuple[str, tuple[str, ...], tuple[str, ...], tuple[Part, ...], bool, Sense]


@lru_cache(maxsize=50_000)
def _read(written: str, *, begins: bool, asked: bool, shouted: bool) -> Reading:
    """What a word without hyphens may be."""
    spelled = _spelled(written) if asked else written
    named, said = noun(spelled), other(spelled)
    twofold = bool(named and said and root_of(named) != root_of(said))
    capital = spelled[:1].isupper() and not (asked and shouted)
    small = spelled[:1].islower()
    if capital and (asked or not begins) and named:
        said = None
    elif small and not asked and said:
        named = None
    lemmas = tuple(dict.fromkeys(each for each in (named, said) if each))
    roots = tuple(dict.fromkeys(root_of(each) for each in lemmas))
    parts = _parts(spelled.lower(), lemmas)
    if not roots:
        roots = (_root_of_compound(spelled.lower(), parts) if parts else guessed_root(spelled),)
    sense: Sense = ""
    if twofold:
        sense = "noun" if not said else "other" if not named else "both"
    return fold(written), lemmas, roots, parts, False, sense


def _parts(small: str, lemmas: tuple[str, ...]) -> tuple[Part, ...]:
    if lemmas and not any(each[:1].isupper() for each in lemmas):
        return ()
    return tuple(Part(part.written, part.lemma, root_of(part.lemma)) for part in parts_of(small))


def _root_of_compound(small: str, parts: tuple[Part, ...]) -> str:
    """“Seniorentänze” and “Seniorentanz” are one."""
    return fold(small.removesuffix(parts[-1].written.lower())) + parts[-1].root


def _spelled(written: str) -> str:
    """A word typed without umlauts as it is spelled: “Toepfern”, “Fussball”."""
    if is_known(written) or parts_of(written.lower()):
        return written
    umlauts = _VOWELS.sub(lambda found: _UMLAUTS[found[0].lower()], written)
    for spelled in (umlauts, written.replace("ss", "ß"), umlauts.replace("ss", "ß")):
        if spelled != written and (is_known(spelled) or parts_of(spelled.lower())):
            return spelled[:1].upper() + spelled[1:] if written[:1].isupper() else spelled
    return written
