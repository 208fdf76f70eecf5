"""Names of places as people type them: “Halle”, “Halle (Saale)”, “Neustadt a. d. Weinstraße”, “Sankt Ingbert”."""

import re
from dataclasses import dataclass

from core.text import composed, fold

# Words that say nothing about which place is meant, in full and as they are shortened.
_SMALL = frozenset(
    {"a", "am", "an", "auf", "b", "bei", "d", "dem", "den", "der", "die", "i", "im", "in", "o", "ob", "u", "und"}
    | {"unter", "v", "vor", "vom", "von", "zu", "zum", "zur"}
)
SAINT = "st"
_SAME = {"sankt": SAINT, "saint": SAINT}
# Where the name ends and the addition begins that tells it from others of that name.
_ADDITION = re.compile(r"\s*[(/,]|\s+(?:an|am|auf|bei|in|im|ob|unter|vor|vorm|a|b|i|o|u|v)\b(?:\.|\s)")
_PARTS = re.compile(r"[^a-z0-9]+")
_POSTCODE = re.compile(r"(?<![0-9])(?:DE?[ -]?)?([0-9]{5})(?![0-9])", re.IGNORECASE | re.ASCII)
_GAPS = re.compile(r"[\s,;|]+")
# What people add behind a place and what says nothing about which one is meant here.
_COUNTRIES = frozenset({"deutschland", "germany", "allemagne", "almanya", "alemania", "brd", "de", "ger"})
_STATES = {
    "baden-wuerttemberg": "BW", "bayern": "BY", "bavaria": "BY", "brandenburg": "BB", "hessen": "HE",
    "mecklenburg-vorpommern": "MV", "niedersachsen": "NI", "nordrhein-westfalen": "NW", "nrw": "NW",
    "rheinland-pfalz": "RP", "rlp": "RP", "saarland": "SL", "sachsen": "SN", "sachsen-anhalt": "ST",
    "schleswig-holstein": "SH", "thueringen": "TH",
}  # fmt: skip
_LAST = re.compile(r"^(?P<name>.+?)[\s,;(|/]+(?P<last>[^\s,;()|/]+)\)?$")
# “Saarbrucken”, “Volklingen”: who has no umlauts on the keyboard often leaves them out.
_UMLAUT = re.compile(r"(?<=[aou])e")


@dataclass(frozen=True, slots=True)
class Asked:
    """A place somebody typed: a name, a postcode, or both; with the state where it was named."""

    name: str
    postcode: str
    state: str = ""


def asked(words: str) -> Asked:
    """What was typed, wherever the postcode stands (“66333 Völklingen”, “Völklingen, 66333”, “D-66333 Völklingen”) and
    whichever country or state is named behind (“Saarbrücken, Germany”)."""
    text = composed(words)
    found = _POSTCODE.search(text)
    if found:
        text = f"{text[: found.start()]} {text[found.end() :]}"
    name, state = _GAPS.sub(" ", text).strip(" -/("), ""
    while (last := _LAST.match(name)) and (fold(last["last"]) in _COUNTRIES or fold(last["last"]) in _STATES):
        name, state = last["name"].rstrip(" -/("), _STATES.get(fold(last["last"]), state)
    return Asked(name, found[1] if found else "", state)


def words_of(name: str, *, kept: str = "") -> list[str]:
    """The words of a name as they were typed, without the signs between them but those that are `kept`."""
    return "".join(sign if sign.isalnum() or sign in kept else " " for sign in composed(name)).split()


def without_umlauts(key_of_name: str) -> str:
    """A key as if nobody had written umlauts; “neu” and the like lose a letter, too, on both sides."""
    return _UMLAUT.sub("", key_of_name)


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
