"""The mail of a webhook that was given up."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

declare(
    Kind(
        "webhook_ended",
        Group.EDITORS,
        _("A webhook was switched off"),
        _("administrators"),
        _("when nothing has arrived at it for five days"),
        _("A webhook of the portal was switched off"),
        _(
            "Good day,\n\n"
            "nothing has arrived at this address for five days, so it is told nothing any more: {{ target }}\n\n"
            "When it answers again, please switch it on here; what was given up can be sent again:\n\n"
            "{{ link }}"
        ),
        {
            "target": Placeholder(_("address of the webhook"), "https://www.musterstadt.example/hook/7"),
            "link": link("redaktion/webhooks/", button=_("See the webhook"), label=_("page of the webhook")),
        },
    )
)
