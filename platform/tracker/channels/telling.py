"""Mails about what happened, written inside the municipality of whom they are for: names and addresses are there alone."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core.access import Role
from mail.services import post_kind
from tenants.running.context import PUBLIC, current_schema
from tenants.urls import own_address
from tracker.channels import events
from tracker.channels.answers.address import Mark, answer_address
from tracker.channels.models import Notice, Scope, Subscription
from tracker.tickets import happenings
from tracker.tickets.models import Participant, Ticket, Viewer, of_municipality, operator

# In one mail; the rest comes with the next.
MOST_IN_A_MAIL = 50
MOST_IN_A_JOB = 2000
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
    return f"{'betrieb' if operator else 'plattform'}/tickets/{number}/"


def here() -> Place | None:
    """None inside a municipality that takes no part."""
    schema = current_schema()
    if schema == PUBLIC:
        return Place(None)
    found = Participant.objects.filter(slug=schema).first()
    return Place(found) if found is not None else None


@transaction.atomic
def tell_due(now: datetime) -> int:
    """Write the mails that are due here; return how many."""
    place = here()
    if place is None:
        return 0
    rows = Notice.objects.filter(sent_at=None, due_at__lte=now)
    rows = rows.filter(participant=place.participant) if place.participant else rows.filter(participant__isnull=True)
    locked = rows.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:MOST_IN_A_JOB]
    notices = list(
        locked.select_related("event", "event__ticket", "event__ticket__reporter", "event__participant", "event__only")
    )
    written = 0
    with translation.override(settings.LANGUAGE_CODE):
        for user, theirs in _by_person(place, notices).items():
            written += _write(place, user, theirs[:MOST_IN_A_MAIL])
    Notice.objects.filter(pk__in=[each.pk for each in notices]).update(sent_at=now)
    return written


def _by_person(place: Place, notices: Iterable[Notice]) -> dict[User, list[events.Event]]:
    """Who of those who still may is told what; nobody the same twice."""
    wanted: dict[int, dict[int, events.Event]] = defaultdict(dict)
    for_all = [each.event for each in notices if each.person is None]
    for each in notices:
        if each.person is not None:
            wanted[each.person][each.event_id] = each.event
    people = {user.pk: user for user in User.objects.filter(pk__in=wanted, is_active=True)}
    if for_all:
        silent = _silent(place)
        for user in place.deciders():
            if user.pk not in silent:
                people[user.pk] = user
                wanted[user.pk] |= {event.pk: event for event in for_all}
    return {user: _known(place, user, wanted[pk].values()) for pk, user in people.items()}


def _silent(place: Place) -> set[int]:
    """Who wants no mails."""
    rows = Subscription.objects.filter(scope=Scope.NONE)
    rows = rows.filter(participant=place.participant) if place.participant else rows.filter(participant__isnull=True)
    return set(rows.values_list("person", flat=True))


def _known(place: Place, user: User, found: Iterable[events.Event]) -> list[events.Event]:
    viewer = place.viewer(user)
    if viewer is None:
        return []
    return [event for event in sorted(found, key=lambda each: each.pk) if events.may_know(event, viewer)]


def _write(place: Place, user: User, found: list[events.Event]) -> bool:
    if not found:
        return False
    if len(found) == 1:
        return _write_one(place, user, found[0])
    values = {
        "number": len(found),
        "list": "\n\n".join(_lines(place, event) for event in found),
        "link": place.home,
        "settings": place.settings_address,
    }
    return post_kind("tracker_digest", to=user.email, values=values) is not None


def _lines(place: Place, event: events.Event) -> str:
    return "\n".join([str(event.ticket), f"– {events.sentence(event)}", f"  {place.ticket_address(event.ticket)}"])


def _write_one(place: Place, user: User, event: events.Event) -> bool:
    internal = event.name == happenings.NOTED
    # Which municipality an operator's note is for, an address does not say.
    answers = "" if internal and place.participant is None else answer_address(
        Mark(place.number or 0, event.ticket_id, user.pk, internal=internal)
    )
    values: dict[str, Any] = {
        "ticket": event.ticket.reference,
        "title": event.ticket.title,
        "what": events.sentence(event),
        "text": events.quoted(event),
        "link": place.ticket_address(event.ticket),
        "answer": _answer_words(internal=internal) if answers else "",
        "settings": place.settings_address,
    }
    return post_kind("tracker_notice", to=user.email, values=values, reply_to=answers) is not None


def _answer_words(*, internal: bool) -> str:
    if internal:
        return _("You may simply answer this mail: your answer becomes an internal note.")
    return _("You may simply answer this mail: your answer becomes a comment that all municipalities read.")
