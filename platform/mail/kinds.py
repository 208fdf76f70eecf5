"""The kinds of mail there are: who gets each, when, what it says unless a municipality words it itself.

Each room declares its own when its app is ready (`<room>/mails.py`) and writes them with `mail.services.post_kind`.
A text is one message with placeholders such as {{ title }}; it is never run as a template. Where one that is there
only `sometimes` is empty, its whole line is left out: “Why: {{ reason }}” stands or goes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    Text = str | Promise
else:
    Text = object

PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class Group(Enum):
    """Under which heading the town hall finds a kind; in this order."""

    ACCOUNTS = "konten"
    ORGANISATIONS = "organisationen"
    OFFERS = "angebote"
    REMINDERS = "erinnerungen"
    RESIDENTS = "buergerinnen"
    EDITORS = "redaktion"

    @property
    def label(self) -> Text:
        return GROUP_LABELS[self]


GROUP_LABELS: dict[Group, Text] = {
    Group.ACCOUNTS: _("Accounts and signing in"),
    Group.ORGANISATIONS: _("Organisations and who belongs to them"),
    Group.OFFERS: _("Offers and profiles"),
    Group.REMINDERS: _("Reminders"),
    Group.RESIDENTS: _("Residents"),
    Group.EDITORS: pgettext_lazy("a group of mails", "Town hall"),
}


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What is filled into a text: what editors are told it is, and an example for the preview.

    `required`: a text without it is refused, because the mail would be of no use (a link). `sometimes`: it may be
    empty, and then its line goes. `button`: a link that stands on a line of its own becomes a button with this label
    in the HTML version.
    """

    label: Text
    example: Text
    required: bool = False
    sometimes: bool = False
    button: Text = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mail. `subject` and `body` are the shipped words: lazy messages, the placeholders within.

    `to` and `when` are said to editors. `spoken`: it goes out in its reader's language, so that there is a text for
    each language of the portal; all others are German. `reminder`: it is held back from an address that bounces.
    `once`: nobody may get it twice, not even where the process that sends it is killed (`mail.handing`); other mails
    rather come twice than never. `optional`: a municipality decides whether it goes out at all; `usually` is the answer
    where it has not. `operators`: it goes to the platform's operators, so no town hall words it.
    """

    key: str
    group: Group
    label: Text
    to: Text
    when: Text
    subject: Text
    body: Text
    placeholders: Mapping[str, Placeholder] = field(default_factory=dict)
    spoken: bool = False
    reminder: bool = False
    once: bool = False
    optional: bool = False
    usually: bool = True
    operators: bool = False

    @property
    def all_placeholders(self) -> dict[str, Placeholder]:
        """Its own, and those of every mail."""
        return {**self.placeholders, **COMMON}

    def required(self) -> list[str]:
        """The names a text must hold."""
        return [name for name, each in self.placeholders.items() if each.required]

    def examples(self) -> dict[str, str]:
        """Values for a preview where there is nothing real."""
        return {name: str(each.example) for name, each in self.all_placeholders.items()}


# Filled in by themselves, in every mail.
COMMON: dict[str, Placeholder] = {
    "portal": Placeholder(_("name of the portal"), "Chancenportal Musterstadt"),
    "address": Placeholder(_("address of the portal"), "https://musterstadt.example/"),
}
_kinds: dict[str, Kind] = {}


def link(example: str, *, button: Text = "", label: Text = "", required: bool = True) -> Placeholder:
    """The usual placeholder of a link, by the path of an example."""
    return Placeholder(
        label or _("link to the page"), f"https://musterstadt.example/{example}", required=required, button=button
    )


def declare(*kinds: Kind) -> None:
    """Call from an app's ready(). ValueError for a key that is taken, and for a text that names what it has not."""
    for kind in kinds:
        if kind.key in _kinds and _kinds[kind.key] is not kind:
            raise ValueError(f"Two kinds of mail are called {kind.key!r}.")
        _kinds[kind.key] = kind


def kind_of(key: str) -> Kind:
    """KeyError for one nobody declared: a mail without a kind is not written."""
    return _kinds[key]


def all_kinds() -> list[Kind]:
    """By group, then as declared."""
    order = list(Group)
    return sorted(_kinds.values(), key=lambda kind: order.index(kind.group))


def town_kinds() -> list[Kind]:
    """Those that a town hall words, alike."""
    return [kind for kind in all_kinds() if not kind.operators]


def is_known(key: str) -> bool:
    """Whether a kind of this key was declared."""
    return key in _kinds


def names_in(text: str) -> list[str]:
    """The placeholders a text asks for, each once, in order."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))
