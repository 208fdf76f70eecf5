"""A release that changes something here waits on the editors' desk."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.task_cards import EDITORS
from core.work import Item, Source, register
from portal.taxonomy.adoption.models import State

KIND = "katalog"
URL = "/redaktion/themen/katalog/unterschiede/"


def _rows() -> QuerySet[Any]:
    return State.objects.filter(waiting_since__isnull=False).order_by().values_list("pk", "waiting_since")


def tell(keys: Sequence[int]) -> list[Item]:
    """The one item there can be."""
    return [_told(state) for state in State.objects.filter(pk__in=keys, waiting_since__isnull=False)]


def _told(state: State) -> Item:
    assert state.waiting_since is not None
    said = ngettext("%(number)d difference to take or leave", "%(number)d differences to take or leave", state.waiting)
    return Item(
        kind=KIND,
        pk=state.pk,
        title=_("A new release of the shared catalogue"),
        what=said % {"number": state.waiting},
        since=state.waiting_since,
        who=_("Operator of the platform"),
        url=URL,
        verb=_("Look at it"),
    )


register(
    Source(
        KIND,
        gettext_lazy("Shared catalogue"),
        "list",
        EDITORS,
        rows=_rows,
        tell=tell,
        plural=gettext_lazy("Shared catalogue"),
        order=70,
    )
)
