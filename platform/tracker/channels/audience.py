"""Who is to be told of an event, and when: whoever follows the ticket, whoever asked for more, never who did it."""

from collections.abc import Iterable

from django.db.models import Q

from tracker.channels.models import Event, Notice, Scope, Subscription
from tracker.channels.rhythm import Rhythm, due
from tracker.releases.models import Arrival
from tracker.tickets import happenings
from tracker.tickets.models import Concern, State, Ticket, Viewer, Watch
from tracker.voting.models import Vote

# A participant's number (None: the operator) and a person's in it (None: whoever decides there).
Whom = tuple[int | None, int | None]


def supporters(ticket: Ticket) -> set[int]:
    """The municipalities whose ticket it is: who reported it, is concerned or has (or had) votes on it."""
    found = set(Concern.objects.filter(ticket=ticket).values_list("participant", flat=True))
    found |= set(Vote.objects.filter(ticket=ticket).values_list("participant", flat=True))
    return found | ({ticket.reporter_id} if ticket.reporter_id is not None else set())


def notices_for(event: Event, by: Viewer) -> list[Notice]:
    """One notice for each who is told."""
    ours = supporters(event.ticket)
    told = _people(event, ours)
    told |= {(town, None): Rhythm.AT_ONCE for town in _without_anybody(event, ours, told)}
    told.pop((by.participant.pk if by.participant else None, by.person), None)
    skipped = _told_by_arrival(event)
    return [
        Notice(event=event, participant_id=town, person=person, due_at=due(rhythm, event.at))
        for (town, person), rhythm in told.items()
        if town not in skipped
    ]


def _people(event: Event, ours: Iterable[int]) -> dict[Whom, str]:
    """People by their watches and subscriptions, with how often they are told."""
    watching: set[Whom] = set(Watch.objects.filter(ticket=event.ticket).values_list("participant", "person"))
    wanting = Q(scope=Scope.ALL) | Q(scope=Scope.OWN, participant__in=ours)
    rows = Subscription.objects.filter(wanting | _one_of(watching))
    chosen = {(row.participant_id, row.person): row for row in rows}
    told: dict[Whom, str] = {who: Rhythm.AT_ONCE for who in watching if who not in chosen}
    told |= {who: row.rhythm for who, row in chosen.items() if row.scope != Scope.NONE}
    if event.only_id is not None:
        told = {who: rhythm for who, rhythm in told.items() if who[0] in {None, event.only_id}}
    return told


def _one_of(people: Iterable[Whom]) -> Q:
    found = Q(pk__in=[])
    for town, person in people:
        found |= Q(participant=town, person=person) if town is not None else Q(participant=None, person=person)
    return found


def _without_anybody(event: Event, ours: Iterable[int], told: dict[Whom, str]) -> set[int | None]:
    """Participants whom it concerns and of whom nobody is told: those who decide there are. Of a report and an
    internal note the operators are always told."""
    reached = {town for town, _person in told}
    if event.name in {happenings.REPORTED, happenings.NOTED} and event.participant_id is not None:
        return {None}
    if event.name == happenings.NOTED and event.only_id is not None and event.only_id not in reached:
        return {event.only_id}
    if event.name == happenings.ROLLED_OUT and event.only_id in set(ours) - reached:
        return {event.only_id}
    return set()


def _told_by_arrival(event: Event) -> set[int | None]:
    """Who learnt already that a version with it arrived: that it now is everywhere is no news to them."""
    if event.name != happenings.STATE_CHANGED or event.data.get("new") != State.ROLLED_OUT:
        return set()
    return set(Arrival.objects.filter(release__items__ticket=event.ticket).values_list("participant", flat=True))
