"""Where we are, for jobs and mails that know no request: a municipality, or the operator's side."""

from dataclasses import dataclass

from accounts.models import User
from core.access import Role
from tenants.running.context import PUBLIC, current_schema
from tenants.urls import own_address
from tracker.tickets.models import Participant, Ticket, Viewer, of_municipality, operator

_DECIDE = [Role.EDITOR, Role.ADMIN]


@dataclass(frozen=True, slots=True)
class Place:
    """Where we are: a municipality, or (without participant) the operator's side."""

    participant: Participant | None

    @property
    def number(self) -> int | None:
        """The participant's."""
        return self.participant.pk if self.participant else None

    def viewer(self, user: User) -> Viewer | None:
        """What somebody here may see; None for one who may see nothing."""
        if self.participant is not None:
            return of_municipality(self.participant, *user.held_roles, user=user)
        return operator(user) if Role.OPERATOR in user.held_roles else None

    def deciders(self) -> list[User]:
        """Whoever is told where nobody in particular is."""
        roles = _DECIDE if self.participant is not None else [Role.OPERATOR]
        return list(User.objects.filter(is_active=True, roles__overlap=roles).order_by("pk"))

    def ticket_address(self, ticket: Ticket) -> str:
        """The page of a ticket on this host."""
        return f"{own_address()}{ticket_path(ticket.pk, operator=self.participant is None)}"

    @property
    def settings_address(self) -> str:
        """Where people choose what they are told."""
        part = "plattform" if self.participant is not None else "betrieb"
        return f"{own_address()}{part}/benachrichtigungen/"

    @property
    def home(self) -> str:
        """The first page of the tracker here."""
        return f"{own_address()}{'plattform/' if self.participant is not None else 'betrieb/tickets/'}"


def ticket_path(number: int, *, operator: bool) -> str:
    """The path of a ticket's page without the first slash: jobs and mails know no request."""
    return f"{'betrieb/tickets' if operator else 'plattform/meldungen'}/{number}/"


def here() -> Place | None:
    """None inside a municipality that takes no part."""
    schema = current_schema()
    if schema == PUBLIC:
        return Place(None)
    found = Participant.objects.filter(slug=schema).first()
    return Place(found) if found is not None else None
