"""The room's mail: it goes out on the operator's side."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

declare(
    Kind(
        "health_alert",
        Group.EDITORS,
        _("Platform: municipalities are disturbed"),
        _("the operators of the platform"),
        _("when something is disturbed in two measurements, and when that is over"),
        _("{{ number }} alerts of the platform"),
        _(
            "Good day,\n\n"
            "{{ began }}\n\n"
            "{{ over }}\n\n"
            "{{ link }}\n\n"
            "Nobody is told again of the same cause within six hours."
        ),
        {
            "number": Placeholder(_("how many causes"), "1"),
            "began": Placeholder(
                _("what began or grew"),
                "Jetzt gestört:\n– Aufträge sind endgültig fehlgeschlagen. 1 Kommune: Völklingen",
                sometimes=True,
            ),
            "over": Placeholder(_("what is over"), "Vorbei:\n– Sicherung", sometimes=True),
            "link": link(
                "betrieb/kommunen/", button=_("See the municipalities"), label=_("page of the municipalities")
            ),
        },
        operators=True,
    )
)
