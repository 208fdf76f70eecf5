"""What happens elsewhere tells this room."""

from mail.bouncing.answers import read_by
from tracker.channels.answers.taking import take
from tracker.channels.incoming import errors, outer
from tracker.channels.listening import on_happening
from tracker.channels.models import Event, Hook, Notice, Subscription
from tracker.tickets import leaving, merging
from tracker.tickets.happenings import listen
from tracker.tickets.models import Participant


def forget(participant: Participant) -> None:
    """A municipality is deleted: nobody there is told anything any more."""
    for model in (Notice, Subscription, Hook):
        model.objects.filter(participant=participant).delete()
    Event.objects.filter(only=participant).delete()


listen(on_happening)
read_by(take)
merging.register(merging.Mover("outer_issues", outer.move, order=60))
merging.register(merging.Mover("errors", errors.move, order=61))
leaving.register(forget)
