"""What else happens tells this room."""

from collections.abc import Collection
from typing import Any

from django.dispatch import receiver

from tenants.models import Municipality
from tenants.running.context import inside_public
from tenants.signals import provisioned, reached
from tracker.releases.arriving import arrive, begin_with_all
from tracker.releases.deadlines import on_happening
from tracker.releases.models import Read, Release
from tracker.releases.planning import move
from tracker.tickets import leaving, merging
from tracker.tickets.happenings import listen
from tracker.tickets.models import Participant
from tracker.tickets.participating import participant_of


@receiver(reached)
def note_arrivals(sender: object, schema_names: Collection[str], **kwargs: Any) -> None:
    """A rollout has reached these municipalities."""
    with inside_public():
        if not Release.objects.issued().exists():
            return
        towns = Municipality.objects.filter(schema_name__in=schema_names).order_by("pk")
        arrive([participant_of(town) for town in towns])


@receiver(provisioned)
def begin(sender: object, municipality: Municipality, **kwargs: Any) -> None:
    """A new municipality has everything that was issued before."""
    with inside_public():
        begin_with_all(participant_of(municipality))


def forget(participant: Participant) -> None:
    """A municipality is deleted: that a version reached it stays, who read of it goes."""
    Read.objects.filter(participant=participant).delete()


listen(on_happening)
merging.register(merging.Mover("releases", move, order=40))
leaving.register(forget)
