"""What has a history here, and what the pages must know of each kind of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from core.access import Role
from core.task_cards import Words
from portal.revisions.kinds import Kind, register


def _nowhere(_row: Any) -> str:
    return ""


@dataclass(frozen=True)
class Chronicle:
    """A kind of things with a history.

    `word` stands in the address; `icon` beside it in lists; `page` leads to where a row is changed; `admin_only`: its
    states are for administrators; `removals`: actions of the audit log that say a row is about to be deleted; `taken`:
    what to say where something new stands in a deleted thing's place; `refers`: key of a text (or `key.part` of a list)
    to the table it chooses from; `one`: there is one row only, the municipality's.
    """

    kind: Kind
    word: str
    plural: Words
    icon: str
    page: Callable[[Any], str] = _nowhere
    admin_only: bool = False
    one: bool = False
    plain: bool = True
    removals: frozenset[str] = frozenset()
    taken: Words = ""
    refers: Mapping[str, type[models.Model]] = field(default_factory=dict)
    children: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The kind's name in tables and addresses of the code."""
        return self.kind.name

    @property
    def label(self) -> Words:
        """One thing of it."""
        label: Words = self.kind.label
        return label

    @property
    def model(self) -> type[models.Model]:
        """Its table."""
        return self.kind.model


_CHRONICLES: dict[str, Chronicle] = {}


def declare(made: Chronicle) -> Chronicle:
    """Let a kind have a history: whoever reads one of its texts finds it by its name. Called once, when the room's app
    is ready."""
    if made.name in _CHRONICLES or any(each.word == made.word for each in _CHRONICLES.values()):
        raise ValueError(f"There is a history of {made.name} already.")
    _CHRONICLES[made.name] = made
    register(made.kind)
    return made


def chronicles() -> list[Chronicle]:
    """All of them, in the order they were declared."""
    return list(_CHRONICLES.values())


def chronicle(name: str) -> Chronicle:
    """The one of this name."""
    return _CHRONICLES[name]


def of_model(model: type[models.Model]) -> list[Chronicle]:
    """Those whose rows stand in this table; what is kept of them is taken from the rows themselves."""
    found = model._meta.concrete_model
    return [each for each in _CHRONICLES.values() if each.plain and each.model is found]


def open_to(person: Any) -> list[Chronicle]:
    """Those whose states this person may see."""
    is_admin = Role.ADMIN in getattr(person, "granted_roles", frozenset())
    return [each for each in _CHRONICLES.values() if is_admin or not each.admin_only]
