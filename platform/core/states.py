"""States that follow one another: which may follow which, and who may bring it about. No tables, no request.

A room says it once, as a `Machine`; its service asks `check` before it changes a row, its pages ask `next_for` which
buttons to show. What else is to happen (a mail, a date, whether a municipality wants approval) is for the services.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _

State = TypeVar("State", bound=TextChoices)


class Actor(StrEnum):
    """In which capacity somebody changes a state. One person may have several, at one thing and not at another."""

    EDITOR = "editor"
    """An editor or administrator of the municipality."""
    OWNER = "owner"
    """An administrator of the provider it belongs to."""
    MEMBER = "member"
    """Somebody who keeps that provider's texts without being its administrator."""
    TRUSTED = "trusted"
    """One of that provider's people where the municipality asks for no approval, decided by the caller."""
    OPERATOR = "operator"
    """The operator of the platform, where all municipalities share a thing."""
    SYSTEM = "system"
    """A job, a command or an import."""


EDITORS = frozenset({Actor.EDITOR, Actor.SYSTEM})
OWNERS = EDITORS | {Actor.OWNER}
PEOPLE = OWNERS | {Actor.MEMBER}
APPROVERS = EDITORS | {Actor.TRUSTED}


@dataclass(frozen=True, slots=True)
class Way(Generic[State]):
    """One step: from any of some states to another, and the actors who may take it."""

    sources: frozenset[State]
    target: State
    by: frozenset[Actor]


def way(*sources: State, to: State, by: Iterable[Actor]) -> Way[State]:
    """`way(State.DRAFT, to=State.SUBMITTED, by=PEOPLE)`."""
    return Way(frozenset(sources), to, frozenset(by))


class Machine(Generic[State]):
    """The states of one kind of thing and all ways between them."""

    def __init__(self, states: type[State], *ways: Way[State], refused: Callable[[], str]) -> None:
        """`refused` gives the sentence for a step that does not exist, with %(old)s and %(new)s."""
        self.states = states
        self.refused = refused
        self._by: dict[tuple[State, State], frozenset[Actor]] = {}
        for each in ways:
            for source in each.sources:
                if (source, each.target) in self._by:
                    raise ValueError(f"The way from {source} to {each.target} is given twice.")
                self._by[source, each.target] = each.by

    def who(self, old: str, new: str) -> frozenset[Actor]:
        """The actors who may take this step; nobody where it does not exist."""
        return self._by.get((self.states(old), self.states(new)), frozenset())

    def next_for(self, old: str, actors: Iterable[Actor]) -> list[State]:
        """The states these actors may bring a thing into, in the order of the states."""
        held = frozenset(actors)
        return [state for state in self.states if self.who(old, state) & held]

    def check(self, old: str, new: str, actors: Iterable[Actor]) -> None:
        """Raise ValidationError where nobody may take this step, PermissionDenied where somebody else may."""
        may = self.who(old, new)
        if not may:
            raise ValidationError(self.refused(), params={"old": self.states(old).label, "new": self.states(new).label})
        if not may & frozenset(actors):
            raise PermissionDenied(_("You may not do this. Please ask the editors."))
