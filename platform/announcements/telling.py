"""Above the desk of whom it is for, until they put it away."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from announcements.models import Dismissal
from announcements.reaching import told_to
from core.announcing import Announcement, announce
from core.middleware import roles_of
from core.support import visiting_of

# More at once nobody reads; what is put away makes room.
MOST = 3


def told(request: Any) -> Sequence[Announcement]:
    """What is shown today and not put away; a statement only where there is anything."""
    town = getattr(request, "municipality", None)
    if town is None or visiting_of(request) is not None:
        return ()
    today = timezone.localdate()
    mine = [each for each in told_to(town.id, roles_of(request)) if each.is_shown_on(today)]
    if not mine:
        return ()
    rows = Dismissal.objects.filter(
        municipality=town.id, person=request.user.pk, announcement__in=[each.pk for each in mine]
    )
    away = set(rows.values_list("announcement", flat=True))
    return [
        Announcement(
            title=each.title,
            text=each.teaser,
            url=f"/redaktion/mitteilungen/{each.pk}/",
            label=_("Read the announcement"),
            away=f"/redaktion/mitteilungen/{each.pk}/gelesen/",
            away_label=_("Read, do not show again"),
        )
        for each in mine
        if each.pk not in away
    ][:MOST]


announce(told)
