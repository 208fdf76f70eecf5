"""What a rule of a municipality is, and a page of rules. (All of them: rulebook.py.)"""

from dataclasses import dataclass, field
from typing import Any

from core.access import Role
from core.task_cards import EDITORS

ADDRESS = "/redaktion/einstellungen/"
ADMINS = frozenset({Role.ADMIN})
Words = Any  # a string, or one translated later


@dataclass(frozen=True, slots=True)
class Rule:
    """One question with its columns of `Preferences`. `words` are German, as editors type them."""

    key: str
    fields: tuple[str, ...]
    title: Words
    explanation: Words = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A page of rules. `elsewhere` is the address of a page that another room serves."""

    slug: str
    label: Words
    lead: Words
    rules: tuple[Rule, ...] = ()
    roles: frozenset[Role] = EDITORS
    icon: str = "settings"
    words: str = ""
    elsewhere: str = ""
    fixed: tuple[Words, ...] = field(default=())

    @property
    def url(self) -> str:
        """Where its page is."""
        return self.elsewhere or f"{ADDRESS}{self.slug}/"

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns of all its rules."""
        return tuple(name for rule in self.rules for name in rule.fields)

    def all_words(self) -> str:
        """Everything by which the page is found besides its name."""
        return " ".join([self.words, *(f"{rule.title} {rule.words}" for rule in self.rules)])
