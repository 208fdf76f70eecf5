"""What this room keeps about a person: what they want to be told."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.own_data import Part, Row, register
from tracker.channels.models import Notice, Subscription
from tracker.channels.places import here


def _rows(user: Any) -> Any:
    place = here()
    number = place.number if place else 0
    return (
        Subscription.objects.filter(participant=number, person=user.pk)
        if number
        else (Subscription.objects.filter(participant__isnull=True, person=user.pk))
    )


def gather(user: Any) -> list[Row]:
    """Of which tickets they are told, and how often."""
    return [
        {str(_("Mails about")): row.get_scope_display(), str(_("How often")): row.get_rhythm_display()}
        for row in _rows(user)
    ]


def released(user: Any) -> None:
    """The account goes: nothing is told to its number any more."""
    _rows(user).delete()
    place = here()
    if place is not None and place.participant is not None:
        Notice.objects.filter(participant=place.participant, person=user.pk).delete()


register(
    Part(
        "plattform-mails",
        _("Mails about tickets of the platform"),
        gather,
        order=70,
        everywhere=True,
        released=released,
    )
)
