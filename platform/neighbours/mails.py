"""The mail of this room: it goes out inside the municipality of whom it is for."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

declare(
    Kind(
        "neighbours_news",
        Group.EDITORS,
        _("Neighbours: a proposal or an answer"),
        _("editors and administrators"),
        _("when a neighbouring municipality proposes something, answers or ends it"),
        _("{{ town }}: {{ what }}"),
        _(
            "Good day,\n\n"
            "{{ what }}\n\n"
            "This holds {{ days }}.\n\n"
            "{{ link }}\n\n"
            "Published offers alone are shown elsewhere, and each leads to the portal it is from."
        ),
        {
            "town": Placeholder(_("name of the other municipality"), "Stadt Zweibrücken"),
            "what": Placeholder(
                _("what happened"), "Stadt Zweibrücken schlägt vor, gegenseitig Angebote zu zeigen.", required=True
            ),
            "days": Placeholder(_("the days it holds"), "ab 01.03.2027"),
            "link": link("redaktion/nachbarn/", button=_("See the neighbours"), label=_("page of the neighbours")),
        },
    )
)
