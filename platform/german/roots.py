"""What words of one family share: “Tanz”, “Tänze” and “tanzen”; “Wanderungen” and “wandern”; “Seniorinnen” and
“Senioren”; “Ehrenamtliche” and “Ehrenamt”.

Built on the lemmas of the dictionary, so that only real relatives meet: “Trauer” and “trauen” do not,
“Sucht” and “sucht” do not. Words the dictionary does not know lose the usual endings (Snowball's German stemmer).
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from core.lazy import lazy
from core.text import fold
from german.dictionary import noun, other

if TYPE_CHECKING:
    import snowballstemmer
else:
    snowballstemmer = lazy("snowballstemmer")

_LIKE_ADJECTIVES = re.compile(r"(?<=.{4})(?:(?<=[td])|(?<=lich)|(?<=ig)|(?<=isch)|(?<=sen))e[rnsm]?$")
_VERB_ENDINGS = ("en", "ern", "eln")


@lru_cache(maxsize=50_000)
def root_of(base: str) -> str:
    """The folded root of a lemma as the dictionary writes it, nouns with a capital."""
    return fold(_of_noun(base) if base[:1].isupper() else _of_other(base))


def _of_noun(base: str) -> str:
    small = base.lower()
    if base.endswith("in") and (person := noun(base[:-2])) and person == base[:-2]:
        return _of_noun(person)
    if (participle := _LIKE_ADJECTIVES.sub("", small)) != small and other(participle) == participle:
        return _of_other(participle)
    if other(small) == small and small.endswith(_VERB_ENDINGS):
        return _of_verb(small)
    if small.endswith("ung") and len(small) > 6:
        for ending in ("en", "n"):
            if other(small[:-3] + ending) == small[:-3] + ending:
                return small[:-3]
    return small


def _of_other(base: str) -> str:
    if base.endswith(_VERB_ENDINGS) and len(base) > 4:
        return _of_verb(base)
    if base.endswith("lich") and len(base) > 7 and (whole := noun(base[:-4])) and whole.lower() == base[:-4]:
        return base[:-4]
    return base


def _of_verb(infinitive: str) -> str:
    return infinitive[:-2] if infinitive.endswith("en") else infinitive[:-1]


@lru_cache(maxsize=50_000)
def guessed_root(word: str) -> str:
    """The root of a word that no dictionary knows."""
    return fold(str(_stemmer().stemWord(word.lower()))) or fold(word)


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    return snowballstemmer.stemmer("german")
