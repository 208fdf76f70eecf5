"""Who looks at the tracker or changes something in it: a municipality (and a number in it), or the operator."""

from dataclasses import dataclass, field
from typing import Any

from core.access import Role
from core.states import Actor
from tracker.tickets.models.participants import Participant

TOWN_HALL = frozenset({Role.EDITOR, Role.ADMIN, Role.PLANNER})


@dataclass(frozen=True, slots=True)
class Viewer:
    """`participant` is None for the operator alone; `person` is None where a job or a message from outside acts.

    Made of a request by `tracker.tickets.participating.viewer_of`, by hand with the functions below.
    """

    participant: Participant | None
    person: int | None
    roles: frozenset[str] = frozenset()
    is_operator: bool = False
    # A user, or the name of what acts: for the audit log alone.
    user: Any = field(default=None, compare=False)

    @property
    def sees_all(self) -> bool:
        """Whether the shared part of every ticket is theirs to see; providers see their own alone."""
        return self.is_operator or (self.participant is not None and bool(self.roles & TOWN_HALL))

    @property
    def is_provider(self) -> bool:
        """Somebody of a municipality who is not of its town hall."""
        return not self.sees_all

    @property
    def may_decide(self) -> bool:
        """Whether they speak for their municipality: its editors and administrators (votes, pledges, settings)."""
        return self.participant is not None and bool(self.roles & {Role.EDITOR, Role.ADMIN})

    @property
    def actor(self) -> Actor:
        """In which capacity they change a state."""
        if self.is_operator:
            return Actor.OPERATOR
        return Actor.EDITOR if self.sees_all else Actor.MEMBER


def operator(user: Any = None) -> Viewer:
    """The operator; without a user, something that acts for them (`user` may be its name)."""
    person = getattr(user, "pk", None)
    return Viewer(None, person, frozenset({Role.OPERATOR}), is_operator=True, user=user)


def of_municipality(participant: Participant, *roles: str, person: int | None = None, user: Any = None) -> Viewer:
    """Somebody of a municipality, for jobs and tests: `of_municipality(pirmasens, Role.EDITOR, person=7)`."""
    number = person if person is not None else getattr(user, "pk", None)
    return Viewer(participant, number, frozenset(roles), user=user)
