"""What waits on the editors' desk: proposals of other municipalities."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.task_cards import EDITORS
from core.work import Item, Source, register
from neighbours.models import Agreement
from neighbours.places import here
from neighbours.wording import event_words

KIND = "nachbarn"


def _waiting() -> QuerySet[Agreement]:
    return Agreement.objects.waiting_for(here().pk)


def number() -> int:
    """How many."""
    return _waiting().count()


def items(most: int) -> Sequence[Item]:
    """The oldest first."""
    us = here().pk
    rows = _waiting().select_related("first", "second").order_by("proposed_at", "pk")[:most]
    return [
        Item(
            kind=KIND,
            pk=each.pk,
            title=each.other_of(us).name,
            what=event_words(each, us),
            since=each.proposed_at,
            who=each.other_of(us).name,
            url="/redaktion/nachbarn/",
            verb=_("Answer it"),
        )
        for each in rows
    ]


register(
    Source(
        KIND,
        gettext_lazy("Proposal of a neighbour"),
        "house",
        EDITORS,
        items=items,
        number=number,
        plural=gettext_lazy("Proposals of neighbours"),
        order=82,
        leads_on=False,
    )
)
