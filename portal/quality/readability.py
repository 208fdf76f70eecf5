"""How hard a German text is to read: the first Wiener Sachtextformel (Bamberger and Vanecek, 1984).

It answers with the school year that understands the text, from about 4 to 15 and above, out of four shares: words of
three and more syllables, words a sentence, words of more than six letters, words of one syllable. Chosen before
Flesch-Amstad because it was made from German factual texts and its answer is a school year.

Why not textstat (0.7, looked at): it brings nltk and a corpus of English words, and counts German syllables by where
pyphen would divide a word; hyphenation never leaves a letter alone, so “Abend” or “Ofen” come
out too short. German is spoken as it is written: each group of vowels is a syllable.
"""

import re
from dataclasses import dataclass

from core.html import blocks_of

HARD = 12.0
"""Above the last but one year of a Gymnasium; newspapers stand at 9 to 11, laws at 14 and above."""
FEWEST_WORDS = 30
"""Of less a formula says nothing: such a text counts as easy."""
LONGEST_WORD = 60
_ENDING = frozenset({"p", "br", "li", "ul", "ol", "h2", "h3", "h4", "blockquote"})
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?…:]+(?=\s|$)|\n")
# An abbreviation or an ordinal ends no sentence: “z. B.”, “e. V.”, “3. Klasse”.
_NO_END = re.compile(r"\b(?:\w|\d{1,2}|bzw|ca|etc|evtl|ggf|inkl|Nr|Std|Str|Tel|usw|vgl|zzgl|max|min|Dr|Prof|St)\.")
_VOWELS = re.compile(
    r"""
    e(?=um$)    # “Museum”, unlike “heute”
    | aa | ee | oo | ie | ei | ai | au | äu | eu | ey | ay | oy
    | [aeiouyäöüàáâèéêíîòóôúû]
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What the formula asks of a text."""

    words: int
    sentences: int
    long_words: int
    single: int
    many: int


def syllables(word: str) -> int:
    """How many syllables a German word has; each word has one at least."""
    low = word.lower()[:LONGEST_WORD].replace("qu", "q")
    return max(len(_VOWELS.findall(low)), 1)


def counted(markup: str) -> Counted:
    """The words and sentences of a text in simple HTML; a heading and a line of a list is a sentence each."""
    text = "".join(
        what if kind == "text" else "\n" for kind, what in blocks_of(markup) if kind == "text" or what in _ENDING
    )
    sentences = words = long_words = single = many = 0
    for sentence in _SENTENCE.split(_NO_END.sub(lambda found: found[0][:-1], text)):
        found = _WORD.findall(sentence)
        if not found:
            continue
        sentences, words = sentences + 1, words + len(found)
        for word in found:
            number = syllables(word)
            long_words += len(word) > 6
            single += number == 1
            many += number >= 3
    return Counted(words, sentences, long_words, single, many)


def score(markup: str) -> float | None:
    """The school year that understands a text; None where there is too little of it."""
    found = counted(markup)
    if found.words < FEWEST_WORDS:
        return None
    share = 100 / found.words
    value = (
        0.1935 * found.many * share
        + 0.1672 * found.words / found.sentences
        + 0.1297 * found.long_words * share
        - 0.0327 * found.single * share
        - 0.875
    )
    return round(value, 2)


def is_hard(value: float | None) -> bool:
    """Whether a text with this score is hard to read."""
    return value is not None and value > HARD
