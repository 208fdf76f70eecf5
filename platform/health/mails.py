"""The room's mails: they go out on the operator's side."""

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
declare(
    Kind(
        "health_test",
        Group.EDITORS,
        _("Platform: an alert that only tries out"),
        _("the operators of the platform"),
        _("when somebody tries out whether alerts arrive"),
        _("Test: alerts of the platform reach you"),
        _(
            "Good day,\n\n"
            "{{ who }} tries out whether alerts of the platform arrive. Nothing is disturbed, and there is nothing to "
            "do.\n\n"
            "{{ link }}"
        ),
        {
            "who": Placeholder(_("who tried it out"), "Olaf Betreiber"),
            "link": link("betrieb/alarme/", button=_("See who is told"), label=_("page of the alerts")),
        },
        operators=True,
    )
)
declare(
    Kind(
        "health_hook_ended",
        Group.EDITORS,
        _("Platform: a webhook of alerts was given up"),
        _("the operators of the platform"),
        _("when no alert has arrived at a webhook for days"),
        _("Alerts no longer go to a webhook"),
        _(
            "Good day,\n\n"
            "Nothing has arrived at this webhook for days, so it is switched off: {{ target }}\n\n"
            "When it answers again, switch it on:\n\n"
            "{{ link }}"
        ),
        {
            "target": Placeholder(_("address of the webhook"), "https://chat.example.org/hooks/1"),
            "link": link("betrieb/alarme/webhooks/1/", button=_("See the webhook"), label=_("page of the webhook")),
        },
        operators=True,
    )
)
