"""What happens to tickets becomes notices for people and messages of webhooks, in the same transaction; jobs do the
rest."""

from collections.abc import Iterable

from django.db.models import Q

from courier.signing import new_message
from tenants.models import Municipality
from tenants.running.context import inside, inside_public
from tracker.channels import events
from tracker.channels.audience import notices_for, supporters
from tracker.channels.models import Delivery, Event, Hook, Notice
from tracker.channels.rhythm import Rhythm, due
from tracker.channels.tasks import deliver, tell_people
from tracker.tickets import happenings
from tracker.tickets.happenings import Happening
from tracker.tickets.models import Participant


def on_happening(happening: Happening) -> None:
    """Keep it, and see to it that it is told."""
    event = events.keep(happening)
    if event.name in events.BY_MAIL:
        notices = Notice.objects.bulk_create(notices_for(event, happening.by))
        queue_mails({each.participant_id for each in notices if each.due_at <= due(Rhythm.AT_ONCE, event.at)})
    # Notes stay inside: what is behind an address nobody can know.
    if event.name != happenings.NOTED:
        queue_messages(event)


def queue_mails(participants: Iterable[int | None]) -> None:
    """A job in each of these municipalities (None: on the operator's side), unless one waits there already."""
    wanted = set(participants)
    if None in wanted:
        with inside_public():
            tell_people.defer_once()
    numbers = Participant.objects.filter(pk__in=[each for each in wanted if each is not None]).values("municipality")
    for town in Municipality.objects.filter(pk__in=numbers):
        with inside(town):
            tell_people.defer_once()


def queue_messages(event: Event) -> None:
    """A message for each webhook that this event is for."""
    hooks = Hook.objects.filter(active=True)
    if event.only_id is not None:
        hooks = hooks.filter(Q(participant=None) | Q(participant=event.only_id))
    ours = supporters(event.ticket)
    made = Delivery.objects.bulk_create(
        Delivery(hook=hook, event=event, message=new_message(), next_try_at=event.at)
        for hook in hooks
        if hook.scope == Hook.Scope.ALL or hook.participant_id is None or hook.participant_id in ours
    )
    with inside_public():
        deliver.defer_many([{"delivery_id": each.pk} for each in made])
