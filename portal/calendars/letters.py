"""The mails of this room, each written in the transaction of what causes it. German, as people work here."""

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mail.services import post
from portal.calendars.models import Calendar
from portal.providers.models import Membership
from tenants.urls import own_address
from theming.services import current_theme

PAGE = "konto/import/kalender/"


def paused(calendar: Calendar) -> None:
    """It could not be read for a week; nobody asks its server any more until somebody says so."""
    with translation.override(settings.LANGUAGE_CODE):
        since = date_format(localtime(calendar.failing_since), "j. F Y") if calendar.failing_since else ""
        subject = _("Calendar “%(calendar)s” is paused") % {"calendar": calendar}
        body = _(
            "Hello,\n\n"
            "the calendar “%(calendar)s” of %(organisation)s could not be read since %(since)s. We have paused it. "
            "Your offers stay as they are; changes in the calendar do not reach them any more.\n\n"
            "What was wrong the last time: %(problem)s\n\n"
            "Please look whether its address is still right. One click goes on:\n%(link)s\n\n%(portal)s"
        ) % {
            "calendar": calendar,
            "organisation": calendar.provider.name,
            "since": since,
            "problem": problem_of(calendar),
            "link": _page(calendar),
            "portal": current_theme().portal_name,
        }
        _send(calendar, subject, body)


def held(calendar: Calendar, number: int) -> None:
    """Most of its events went at once: nothing is ended before somebody says so."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Calendar “%(calendar)s” is suddenly nearly empty") % {"calendar": calendar}
        body = _(
            "Hello,\n\n"
            "%(number)d events with dates to come are missing in the calendar “%(calendar)s” of %(organisation)s since "
            "last night. That may be a mistake, so we have ended nothing: the offers stay as they are.\n\n"
            "Please tell us whether they do not take place any more:\n%(link)s\n\n%(portal)s"
        ) % {
            "calendar": calendar,
            "organisation": calendar.provider.name,
            "number": number,
            "link": _page(calendar),
            "portal": current_theme().portal_name,
        }
        _send(calendar, subject, body)


def problem_of(calendar: Calendar) -> str:
    """What was wrong, with the server's own words."""
    said = [calendar.failure_sentence]
    if calendar.failure_status:
        answer = f"{calendar.failure_status} {calendar.failure_words}".strip()
        said.append(_("The server says: “%(answer)s”") % {"answer": answer})
    return " ".join(said)


def _page(calendar: Calendar) -> str:
    return f"{own_address()}{PAGE}{calendar.pk}/"


def _send(calendar: Calendar, subject: str, body: str) -> None:
    """To whoever set it up, and to those who lead the organisation."""
    people = Membership.objects.filter(provider=calendar.provider_id, user__is_active=True)
    leading = people.filter(role=Membership.Role.ADMINISTRATOR).order_by("pk")
    own = people.filter(user=calendar.keeper_id)
    addresses = [*own.values_list("user__email", flat=True), *leading.values_list("user__email", flat=True)]
    for to in dict.fromkeys(addresses):
        post(to=to, subject=subject, body=body)
