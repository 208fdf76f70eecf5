"""Looks for what is about a person in a text that all municipalities will read: addresses of mail, telephone numbers,
streets with a house number, names of accounts here, and whoever is called Frau or Herr.

Found is what a pattern finds; nothing is removed unless its writer says so. All patterns take time in proportion to the
length of the text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.phones import phones_in

_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+\d|0|\(0)[\d ()/-]{4,24}\d(?!\w)")
_STREET = re.compile(
    r"\b[A-ZÄÖÜ][\w-]{1,40}(?:straße|strasse|str\.|weg|gasse|platz|allee|ring|ufer|damm)\s+\d{1,4}(?:\s?[a-z])?\b"
    r"|\b[A-ZÄÖÜ][\w-]{1,40}[ -](?:Straße|Strasse|Str\.|Weg|Gasse|Platz|Allee|Ring|Ufer|Damm)\s+\d{1,4}(?:\s?[a-z])?\b"
)
_CALLED = re.compile(r"\b(?:Frau|Herrn?|Fr\.|Hr\.)\s+(?:Dr\.\s+)?[A-ZÄÖÜ][\w-]{1,40}(?:\s+[A-ZÄÖÜ][\w-]{1,40})?")
_WORD = re.compile(r"[\w-]{2,40}")
SHORTEST_NAME = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found: what it is and what would stand there instead."""

    text: str
    kind: str
    what: Promise
    instead: Promise


def findings(*texts: str) -> list[Finding]:
    """What was found in these texts, each thing once, longer ones first. Asks for the names of this municipality."""
    whole = "\n".join(texts)
    found: dict[str, Finding] = {}
    for name in _names_in(whole):
        found.setdefault(name, Finding(name, "name", _("name of an account"), _("a person")))
    for match in _CALLED.findall(whole):
        found.setdefault(match, Finding(match, "called", _("name"), _("a person")))
    for match in _MAIL.findall(whole):
        found.setdefault(match, Finding(match, "mail", _("e-mail address"), _("[e-mail address removed]")))
    for match in map(_balanced, _PHONE.findall(whole)):
        if any(phone.uri for phone in phones_in(match)):
            found.setdefault(match, Finding(match, "phone", _("telephone"), _("[telephone number removed]")))
    for match in _STREET.findall(whole):
        found.setdefault(match, Finding(match, "street", _("address"), _("[address removed]")))
    return sorted(_longest(found.values()), key=lambda each: -len(each.text))


def _balanced(number: str) -> str:
    """“(0681 905-0”: without the bracket that is not its own."""
    return number.removeprefix("(") if ")" not in number else number


def _longest(found: Iterable[Finding]) -> list[Finding]:
    """Without those that are a part of another one: “Petra Schröder” within “Frau Petra Schröder”."""
    rows = list(found)
    return [each for each in rows if not any(each.text != other.text and each.text in other.text for other in rows)]


def _names_in(text: str) -> list[str]:
    """Full names of accounts that stand in a text. Names are looked up by their words, so a thousand accounts cost
    one statement and no search each."""
    words = set(_WORD.findall(text))
    names = [name for name in User.objects.exclude(name="").values_list("name", flat=True) if " " in name]
    return [name for name in names if len(name) >= SHORTEST_NAME and words >= set(_WORD.findall(name)) and name in text]


def without(text: str, removed: Iterable[Finding]) -> str:
    """The text with these things replaced."""
    for each in sorted(removed, key=lambda one: -len(one.text)):
        text = text.replace(each.text, str(each.instead))
    return text
