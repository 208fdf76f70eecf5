"""Names of places as people type them: “Halle”, “Halle (Saale)”, “Neustadt a. d. Weinstraße”, “Sankt Ingbert”."""

import re

from core.text import fold

# Words that say nothing about which place is meant, in full and as they are shortened.
_SMALL = frozenset(
    {"a", "am", "an", "auf", "b", "bei", "d", "dem", "den", "der", "die", "i", "im", "in", "o", "ob", "u", "und"}
    | {"unter", "v", "vor", "vom", "von", "zu", "zum", "zur"}
)
_SAME = {"sankt": "st", "saint": "st"}
# Where the name ends and the addition begins that tells it from others of that name.
_ADDITION = re.compile(r"\s*[(/,]|\s+(?:an|am|auf|bei|in|im|ob|unter|vor|vorm|a|b|i|o|u|v)\b(?:\.|\s)")
_PARTS = re.compile(r"[^a-z0-9]+")


def parts(text: str) -> tuple[str, ...]:
    """The words that matter, folded; the first one always counts."""
    words = [_SAME.get(word, word) for word in _PARTS.split(fold(text)) if word]
    return tuple(word for number, word in enumerate(words) if number == 0 or word not in _SMALL)


def stem(text: str) -> str:
    """The name without its addition: “Neustadt” of “Neustadt an der Weinstraße”."""
    folded = fold(text)
    found = _ADDITION.search(folded)
    return folded[: found.start()] if found and found.start() else folded


def key(text: str) -> str:
    """What is compared and stored: the parts of the whole name with single spaces."""
    return " ".join(parts(text))


def begins(wanted: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether `name` begins with these words; every word after the first may be shortened."""
    if len(wanted) > len(name) or not wanted or wanted[0] != name[0]:
        return False
    return all(whole.startswith(part) for part, whole in zip(wanted[1:], name[1:], strict=False))
