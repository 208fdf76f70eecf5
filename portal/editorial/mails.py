"""The kinds of mail of this room."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

declare(
    Kind(
        "weekly_work",
        Group.EDITORS,
        _("What waits at the desk"),
        _("each editor who wants it"),
        _("once a week, on the day they chose"),
        _("{{ portal }}: {{ waiting }} for you"),
        _(
            "Good day,\n\n"
            "{{ waiting }} for you at the desk; the longest waiting stands first.\n\n"
            "{{ lines }}\n\n"
            "And {{ more }} more:\n"
            "{{ desk }}\n\n"
            "You get this mail because you chose it. Another day, or no more mails:\n"
            "{{ settings }}"
        ),
        {
            "waiting": Placeholder(_("how many things are waiting"), "12 Aufgaben warten"),
            "lines": Placeholder(
                _("list of what waits the longest"),
                "- Angebot: Yoga, seit 5 Tagen\n  https://musterstadt.example/redaktion/pruefen/7/",
                required=True,
            ),
            "more": Placeholder(_("how many more"), "2", sometimes=True),
            "desk": link("redaktion/", label=_("the desk"), required=False),
            "settings": link("redaktion/einstellungen/schreibtisch/", label=_("page to end these mails")),
        },
    )
)
