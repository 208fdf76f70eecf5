"""What waits on the editors' desk: proposals of other municipalities."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.task_cards import EDITORS
from core.work import Item, Source, register
from neighbours.models import Agreement
from neighbours.places import here
from neighbours.wording import event_words
from tenants.running.context import current_schema

KIND = "nachbarn"


def _waiting() -> QuerySet[Agreement]:
    return Agreement.objects.waiting_in(current_schema())


def rows() -> QuerySet[Any]:
    """Keys and since when."""
    return _waiting().order_by().values_list("pk", "proposed_at")


def tell(keys: Sequence[int]) -> Sequence[Item]:
    """Those of these that still wait."""
    us = here().pk
    found = _waiting().filter(pk__in=keys).select_related("first", "second")
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
        for each in found
    ]


register(
    Source(
        KIND,
        gettext_lazy("Proposal of a neighbour"),
        "house",
        EDITORS,
        rows=rows,
        varies=True,
        tell=tell,
        plural=gettext_lazy("Proposals of neighbours"),
        order=82,
        leads_on=False,
    )
)
