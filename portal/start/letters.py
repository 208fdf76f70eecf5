"""The index from A to Z: offers and topics by the first letter of their names.

Sorted as German readers expect (DIN 5007-1): ä among a, ß as ss, accents aside. What begins with a digit stands under
“0–9”, what begins with none of these signs under “#”. The letter is found in SQL, so that a page loads one letter only.
"""

import string
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.db.models import F, TextField, Value
from django.db.models.aggregates import Count
from django.db.models.expressions import Func

from portal.offers.models import Offer
from portal.taxonomy.tree import Node, Tree

DIGITS = "0-9"
OTHERS = "#"
ALL = (*string.ascii_uppercase, DIGITS, OTHERS)
# Signs before the first letter that no reader looks for: „Mäusebande“, (Fast) alles, 's Café.
_BEFORE = " \t\n\u00a0\"'`´„“”‚‘’«»‹›()[]{}<>*+#·•–—-_.,:;!?…&/\\@"
_ACCENTED = {
    "A": "aäàáâãåāăąæÄÀÁÂÃÅĀĂĄÆ",
    "B": "b",
    "C": "cçćčÇĆČ",
    "D": "dďđÐĎĐ",
    "E": "eèéêëēĕėęěÈÉÊËĒĔĖĘĚ",
    "G": "gğģĞĢ",
    "I": "iìíîïīįıÌÍÎÏĪĮİ",
    "L": "lłĺļľŁĹĻĽ",
    "N": "nñńňÑŃŇ",
    "O": "oöòóôõøōőœÖÒÓÔÕØŌŐŒ",
    "R": "rřŕŘŔ",
    "S": "sśşšßŚŞŠẞ",
    "T": "tťţŤŢ",
    "U": "uüùúûūůűÜÙÚÛŪŮŰ",
    "Y": "yýÿÝŸ",
    "Z": "zźżžŹŻŽ",
}
_BASE = {sign: base for base, signs in _ACCENTED.items() for sign in signs}
_BASE |= {letter: letter.upper() for letter in string.ascii_lowercase}
_BASE |= dict.fromkeys(string.digits, "0")
_FROM, _TO = "".join(_BASE), "".join(_BASE.values())
_SORTED_AS = str.maketrans({"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "ł": "l"})


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the index, and how much stands under it."""

    label: str
    url: str
    count: int
    current: bool = False


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A line of the index: an offer, or a topic with the search for everything in it."""

    title: str
    url: str
    note: str
    is_topic: bool = False


def letter_of(text: str) -> str:
    """Under which letter a name stands."""
    first = text.lstrip(_BEFORE)[:1]
    base = _BASE.get(first, first)
    if base == "0":
        return DIGITS
    return base if base in string.ascii_uppercase and base else OTHERS


def _first_sign(column: str) -> Func:
    """The same in SQL: a base letter, “0” for a digit, or some other sign. No collation has a say in it."""
    bare = Func(F(column), Value(_BEFORE), function="ltrim", output_field=TextField())
    first = Func(bare, Value(1), function="left", output_field=TextField())
    return Func(first, Value(_FROM), Value(_TO), function="translate", output_field=TextField())


def order_of(text: str) -> tuple[str, str]:
    """The place of a name among others: base letters first, the name itself where they are equal."""
    plain = unicodedata.normalize("NFKD", text.lstrip(_BEFORE).translate(_SORTED_AS))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold(), text


def letters(tree: Tree, *, current: str = "") -> list[Letter]:
    """All letters with the number of current offers and topics under each; one query."""
    counts: Counter[str] = Counter(letter_of(node.name) for node in tree)
    offers = Offer.objects.current().order_by().annotate(sign=_first_sign("title"))
    for sign, number in offers.values_list("sign").annotate(number=Count("pk")):
        counts[_letter_of_sign(sign)] += number
    shown = [letter for letter in ALL if letter in string.ascii_uppercase or counts[letter]]
    return [
        Letter(letter.replace("-", "–"), f"/angebote/a-z/?buchstabe={quote(letter)}", counts[letter], letter == current)
        for letter in shown
    ]


def _letter_of_sign(sign: str) -> str:
    if sign == "0":
        return DIGITS
    return sign if len(sign) == 1 and sign in string.ascii_uppercase else OTHERS


def entries(letter: str, tree: Tree) -> list[IndexEntry]:
    """The offers and topics under a letter, in order; one query."""
    offers = Offer.objects.current().order_by().annotate(sign=_first_sign("title"))
    if letter == OTHERS:
        offers = offers.exclude(sign__in=[*string.ascii_uppercase, "0"])
    else:
        offers = offers.filter(sign="0" if letter == DIGITS else letter)
    rows = offers.only("pk", "slug", "title", "provider__name").select_related("provider")
    found = [IndexEntry(offer.title, offer.get_absolute_url(), offer.provider.name) for offer in rows]
    found += _topics(letter, tree)
    return sorted(found, key=lambda entry: order_of(entry.title))


def _topics(letter: str, tree: Iterable[Node]) -> list[IndexEntry]:
    return [
        IndexEntry(node.name, node.search_url, node.parent.name if node.parent else "", is_topic=True)
        for node in tree
        if letter_of(node.name) == letter
    ]


def read_letter(value: str) -> str:
    """The letter of an address, empty where it is none."""
    return letter_of(value) if value.strip() and value.upper() in {*ALL, *string.digits} else ""
