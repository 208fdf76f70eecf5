"""What waits on the editors' desk: calendars nobody has looked after since they were paused for failing.

Providers are told by mail. Where nothing happens for a week after that, the editors may help; after eight weeks
nobody expects it any more.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.task_cards import EDITORS
from core.work import Item, Source, register
from portal.calendars.letters import problem_of
from portal.calendars.models import Calendar, Pause, State

KIND = "kalender"
PATIENCE, FORGOTTEN = timedelta(days=7), timedelta(weeks=8)


def _left_alone() -> QuerySet[Calendar]:
    now = timezone.now()
    return Calendar.objects.filter(
        state=State.PAUSED, pause=Pause.FAILING, paused_at__range=(now - FORGOTTEN, now - PATIENCE)
    )


def rows() -> QuerySet[Any]:
    """Keys and since when."""
    return _left_alone().order_by().values_list("pk", "paused_at")


def tell(keys: Sequence[int]) -> list[Item]:
    """The items of these calendars."""
    return [_item(each) for each in _left_alone().filter(pk__in=keys).select_related("provider")]


def _item(calendar: Calendar) -> Item:
    return Item(
        kind=KIND,
        pk=calendar.pk,
        title=calendar.provider.name,
        what=_("The calendar “%(name)s” could not be read for a week and is paused. %(problem)s")
        % {"name": calendar, "problem": problem_of(calendar)},
        since=calendar.paused_at or timezone.now(),
        who=calendar.provider.name,
        url=f"/redaktion/anbieter/{calendar.provider_id}/",
        verb=_("See the provider"),
    )


register(
    Source(
        KIND,
        gettext_lazy("Calendar of a provider"),
        "calendar",
        EDITORS,
        rows=rows,
        varies=True,
        tell=tell,
        plural=gettext_lazy("Calendars"),
        order=78,
        leads_on=False,
    )
)
