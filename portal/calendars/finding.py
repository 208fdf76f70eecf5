"""Whose calendar a page is about: strangers find none."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.authoring.finding import writer
from portal.calendars.models import Calendar
from portal.calendars.showing import counted


def own_calendar(request: HttpRequest, pk: int) -> Any:
    """A calendar of this person's organisations that is not ended, with its numbers."""
    return get_object_or_404(counted(Calendar.objects.kept_by(writer(request)).there()), pk=pk)


def crumbs(calendar: Calendar | None = None, *further: str) -> list[dict[str, str]]:
    """The way back: list of calendars, calendar, page."""
    found = [{"label": _("Offers from a calendar"), "url": reverse("calendars:list")}]
    if calendar is not None:
        found.append({"label": str(calendar), "url": reverse("calendars:calendar", args=[calendar.pk])})
    found += [{"label": each, "url": ""} for each in further]
    return [*found[:-1], {**found[-1], "url": ""}]
