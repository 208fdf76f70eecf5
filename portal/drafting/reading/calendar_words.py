"""German words of the calendar, also as a text recognition misreads them."""

from functools import lru_cache

from rapidfuzz import fuzz, process

WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_SHORT = {"mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6}
MONTHS = (
    *("januar", "februar", "märz", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "dezember"),
)
_MORE_MONTHS = {
    "jan": 1,
    "feb": 2,
    "mär": 3,
    "mrz": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "okt": 10,
    "nov": 11,
    "dez": 12,
    "jänner": 1,
    "feber": 2,
    "maerz": 3,
    "march": 3,
    "october": 10,
    "december": 12,
}
# Words a reader would take for one of ours, and that are another.
_NEVER = frozenset({"mark", "märkt", "markt", "juno", "julia", "marz", "august", "april", "mais", "junior", "juniors"})
_CLOSE = 84
# What a recognition makes of single words.
_MISREAD = {
    "unr": "uhr",
    "ühr": "uhr",
    "uhrr": "uhr",
    "ubr": "uhr",
    "uhf": "uhr",
    "uhe": "uhr",
    "uhr": "uhr",
    "ulr": "uhr",
    "marz": "märz",
    "miirz": "märz",
    "märz": "märz",
    "marzo": "märz",
    "mãrz": "märz",
    "mārz": "märz",
    "jull": "juli",
    "jull.": "juli",
    "junl": "juni",
    "mal": "mal",
}
NUMBERS = {
    "erste": 1, "zweite": 2, "dritte": 3, "vierte": 4, "letzte": -1,
}  # fmt: skip
WEEKDAY = (
    r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)"
    r"(?:s|e|en)?(?:nach?mittags?|abends?|vormittags?|morgens?)?"
)
MONTH = (
    r"(?:januar|jänner|februar|feber|märz|maerz|april|mai|juni|juli|august|september|oktober|november|dezember"
    r"|jan|feb|mär|mrz|apr|jun|jul|aug|sept|sep|okt|nov|dez)\b\.?"
)


def month_of(word: str) -> int:
    """The number of a month."""
    plain = word.strip(".")
    return MONTHS.index(plain) + 1 if plain in MONTHS else _MORE_MONTHS[plain]


def weekday_of(word: str) -> int:
    """The number of a weekday, Monday is 0."""
    plain = word.strip(".").replace("sonnabend", "samstag")
    for number, name in enumerate(WEEKDAYS):
        if plain.startswith(name):
            return number
    return _SHORT[plain[:2]]


@lru_cache(maxsize=20_000)
def corrected(word: str) -> str:
    """A word in lower case as it was meant, where that is certain enough to try; else as it stands."""
    core = word.strip(".,;:!()|")
    if core in _MISREAD:
        return word.replace(core, _MISREAD[core])
    if len(core) < 5 or not core.isalpha() or core in _NEVER or core in MONTHS:
        return word
    if any(core.startswith(name) for name in (*WEEKDAYS, "sonnabend")):
        return word
    found = process.extractOne(core, (*WEEKDAYS, *MONTHS), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    if found is None or abs(len(found[0]) - len(core)) > 2 or core.startswith(found[0]):
        return word
    return word.replace(core, found[0])
