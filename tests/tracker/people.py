"""Who acts in the tracker's tests."""

from core.access import Role
from tenants.models import Municipality
from tracker.tickets.models import Viewer, of_municipality, operator
from tracker.tickets.participating import participant_of

OPERATOR = operator("test")


def editor_of(municipality: Municipality, person: int = 7) -> Viewer:
    """An editor there, by number: no account is needed for what the shared schema knows."""
    return of_municipality(participant_of(municipality), Role.EDITOR, person=person)


def provider_of(municipality: Municipality, person: int = 9) -> Viewer:
    return of_municipality(participant_of(municipality), Role.PROVIDER, person=person)
