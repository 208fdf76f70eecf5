"""The mails of this room, each written in the transaction of what causes it. German, as people work here."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mail.services import post_kind
from portal.calendars.mails import HELD, PAUSED
from portal.calendars.models import Calendar
from portal.providers.models import Membership
from tenants.urls import own_address

PAGE = "konto/import/kalender/"


def paused(calendar: Calendar) -> None:
    """It could not be read for a week; nobody asks its server any more until somebody says so."""
    with translation.override(settings.LANGUAGE_CODE):
        since = date_format(localtime(calendar.failing_since), "j. F Y") if calendar.failing_since else ""
        _send(PAUSED, calendar, {"since": since, "problem": problem_of(calendar)})


def held(calendar: Calendar, number: int) -> None:
    """Most of its events went at once: nothing is ended before somebody says so."""
    _send(HELD, calendar, {"number": number})


def problem_of(calendar: Calendar) -> str:
    """What was wrong, with the server's own words."""
    said = [calendar.failure_sentence]
    if calendar.failure_status:
        answer = f"{calendar.failure_status} {calendar.failure_words}".strip()
        said.append(_("The server says: “%(answer)s”") % {"answer": answer})
    return " ".join(said)


def _send(kind: str, calendar: Calendar, values: dict[str, Any]) -> None:
    """To whoever set it up, and to those who lead the organisation."""
    people = Membership.objects.filter(provider=calendar.provider_id, user__is_active=True)
    leading = people.filter(role=Membership.Role.ADMINISTRATOR).order_by("pk")
    own = people.filter(user=calendar.keeper_id)
    addresses = [*own.values_list("user__email", flat=True), *leading.values_list("user__email", flat=True)]
    values |= {
        "calendar": calendar,
        "organisation": calendar.provider.name,
        "link": f"{own_address()}{PAGE}{calendar.pk}/",
    }
    for to in dict.fromkeys(addresses):
        post_kind(kind, to=to, values=values)
