"""The mail of this room: it goes out inside the municipality of whom it is for."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

declare(
    Kind(
        "platform_announcement",
        Group.EDITORS,
        _("Announcement of the platform"),
        _("editors or administrators, as the announcement says"),
        _("when the platform’s operator announces something by mail, too"),
        _("{{ title }}"),
        _("Good day,\n\n{{ text }}\n\n{{ link }}\n\nThe same stands on your desk until you put it away."),
        {
            "title": Placeholder(_("title of the announcement"), "Wartung am Sonntag, 6. Dezember"),
            "text": Placeholder(
                _("its text"), "Am Sonntag ist das Portal von 6 bis 7 Uhr nicht erreichbar.", required=True
            ),
            "link": link(
                "redaktion/mitteilungen/7/", button=_("Read the announcement"), label=_("page of the announcement")
            ),
        },
        optional=True,
    )
)
