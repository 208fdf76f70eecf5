"""The kinds of mail of this room."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, Text, declare, link

_VALUES = {
    "provider": Placeholder(_("name of the organisation"), "TSV Musterstadt 1890 e. V."),
    "number": Placeholder(_("how many offers"), "2"),
    "list": Placeholder(
        _("list of the offers"),
        "– Yoga für Anfängerinnen\n  https://musterstadt.example/konto/angebote/7/",
        required=True,
    ),
    "link": link("konto/angebote/", button=_("See our offers"), label=_("page of all their offers")),
}


def _reminder(key: str, label: Text, subject: Text, body: Text) -> Kind:
    return Kind(
        key,
        Group.REMINDERS,
        label,
        _("everybody responsible for the organisation, else its address"),
        _("when an editor sends it from the board of quality"),
        subject,
        body,
        _VALUES,
        reminder=True,
    )


declare(
    _reminder(
        "quality_incomplete",
        _("Something is missing"),
        _("Something is missing in your entries in {{ portal }}"),
        _(
            "Good day,\n\n"
            "residents find offers of “{{ provider }}” in {{ portal }}. In these something is missing that people ask "
            "for: a text, the place, the dates, a contact or the costs.\n\n"
            "{{ list }}\n\n"
            "Please complete them. Here you see all your offers:\n\n"
            "{{ link }}\n\n"
            "Thank you. If something is unclear, simply answer this mail."
        ),
    ),
    _reminder(
        "quality_links",
        _("Links lead nowhere"),
        _("Links in your entries in {{ portal }} lead nowhere"),
        _(
            "Good day,\n\n"
            "residents find offers of “{{ provider }}” in {{ portal }}. In these a link leads to a page that is not "
            "there any more:\n\n"
            "{{ list }}\n\n"
            "Please give the right address, or take the link out. Here you see all your offers:\n\n"
            "{{ link }}\n\n"
            "Thank you. If something is unclear, simply answer this mail."
        ),
    ),
)
