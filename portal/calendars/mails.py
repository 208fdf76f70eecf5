"""The kinds of mail of this room, with the words they are shipped with."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

PAUSED, HELD = "calendars_paused", "calendars_held"
_TO = _("whoever set the calendar up, and the administrators of the organisation")
_CALENDAR = Placeholder(_("name of the calendar"), "Veranstaltungen")
_ORGANISATION = Placeholder(_("name of the organisation"), "Nachbarschaftstreff Malstatt e. V.")
_PAGE = "konto/import/kalender/3/"

declare(
    Kind(
        key=PAUSED,
        group=Group.OFFERS,
        label=_("A calendar is paused"),
        to=_TO,
        when=_("when a calendar could not be read for a week"),
        subject=_("Calendar “{{ calendar }}” is paused"),
        body=_("""Hello,

the calendar “{{ calendar }}” of {{ organisation }} could not be read since {{ since }}. We have paused it. Your offers stay as they are; changes in the calendar do not reach them any more.

What was wrong the last time: {{ problem }}

Please look whether its address is still right. One click goes on:
{{ link }}

{{ portal }}"""),  # noqa: E501  # a paragraph of a mail is one line
        placeholders={
            "calendar": _CALENDAR,
            "organisation": _ORGANISATION,
            "since": Placeholder(_("since when"), "21. November 2026", sometimes=True),
            "problem": Placeholder(_("what was wrong"), "Der Server sagt: „404 Not Found“"),
            "link": link(_PAGE, button=_("To the calendar")),
        },
    ),
    Kind(
        key=HELD,
        group=Group.OFFERS,
        label=_("A calendar is suddenly nearly empty"),
        to=_TO,
        when=_("when most dates to come are missing in a calendar at once"),
        subject=_("Calendar “{{ calendar }}” is suddenly nearly empty"),
        body=_("""Hello,

{{ number }} events with dates to come are missing in the calendar “{{ calendar }}” of {{ organisation }} since last night. That may be a mistake, so we have ended nothing: the offers stay as they are.

Please tell us whether they do not take place any more:
{{ link }}

{{ portal }}"""),  # noqa: E501  # a paragraph of a mail is one line
        placeholders={
            "calendar": _CALENDAR,
            "organisation": _ORGANISATION,
            "number": Placeholder(_("how many are missing"), "14"),
            "link": link(_PAGE, button=_("To the calendar")),
        },
    ),
)
