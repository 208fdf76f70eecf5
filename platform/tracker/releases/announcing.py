"""After an update editors are told once, above their desk, that there is something new."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.access import Role
from core.announcing import Announcement, announce
from core.middleware import roles_of
from tracker.releases.reading import unread

_TOLD = {Role.EDITOR, Role.ADMIN, Role.PLANNER}


def told(request: Any) -> Announcement | None:
    """Of the newest version somebody has not read about."""
    municipality = getattr(request, "municipality", None)
    if municipality is None or not _TOLD & roles_of(request):
        return None
    arrival = unread(municipality.id, request.user.pk)
    if arrival is None:
        return None
    version = arrival.release.version
    return Announcement(
        title=_("You have had version %(version)s since %(day)s")
        % {"version": version, "day": date_format(arrival.at, "DATE_FORMAT")},
        text=_("Read what is new, and what of it your municipality reported."),
        url="/plattform/neuigkeiten/",
        label=_("What is new"),
        away=f"/plattform/neuigkeiten/{version}/gelesen/",
        away_label=_("Read, do not show again"),
    )


announce(told)
