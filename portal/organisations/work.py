"""Requests to join that nobody but the editors can decide, for the list on their desk."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.task_cards import EDITORS
from core.work import Item, Source, register
from portal.organisations.models import JoinRequest

KIND = "join"


def _rows() -> QuerySet[Any]:
    return JoinRequest.objects.for_the_editors().values_list("pk", "created_at")


def _tell(keys: Sequence[int]) -> list[Item]:
    found = JoinRequest.objects.for_the_editors().filter(pk__in=keys).select_related("provider", "user")
    return [
        Item(
            kind=KIND,
            pk=each.pk,
            title=each.provider.name,
            what=_("%(name)s wants to join; nobody is responsible there.") % {"name": each.user},
            since=each.created_at,
            who=str(each.user),
            url=f"/redaktion/beitritte/#anfrage-{each.pk}",
            verb=_("Decide"),
        )
        for each in found
    ]


register(
    Source(
        "beitritt",
        gettext_lazy("Request to join"),
        "users",
        EDITORS,
        rows=_rows,
        tell=_tell,
        plural=gettext_lazy("Requests to join"),
        thread=KIND,
        order=45,
    )
)
