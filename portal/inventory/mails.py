"""The kinds of mail of this room."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

_LEADERS = _("everybody responsible for the organisation")
_BULK = {
    "organisation": Placeholder(_("name of the organisation"), "TSV Musterstadt 1890 e. V."),
    "what": Placeholder(_("what was done"), _("taken offline"), required=True),
    "to": Placeholder(_("new provider (transfers only)"), "VHS Musterstadt", sometimes=True),
    "reason": Placeholder(_("reason"), "Die Halle ist gesperrt.", sometimes=True),
    "titles": Placeholder(_("list of the offers"), "- Yoga für Anfängerinnen\n- Sommerfest", sometimes=True),
    "entries": Placeholder(_("how many offers of whom"), _("2 offers of TSV Musterstadt")),
    "number": Placeholder(_("how many offers"), "2"),
    "link": link("konto/angebote/", button=_("See how it is now")),
}

declare(
    Kind(
        "bulk_action",
        Group.OFFERS,
        _("The editors have changed several entries"),
        _LEADERS,
        _("when everything is done"),
        _("The editorial team of {{ portal }} has changed {{ entries }}"),
        _(
            "Good day,\n\n"
            "the editorial team has done this: {{ what }}.\n"
            "The new provider is {{ to }}.\n\n"
            "Why: {{ reason }}\n\n"
            "{{ titles }}\n\n"
            "Here you see how it is now:\n\n"
            "{{ link }}\n\n"
            "If something is wrong with it, please simply answer this mail."
        ),
        _BULK,
    ),
    Kind(
        "bulk_action_taken_back",
        Group.OFFERS,
        _("The editors have taken changes back"),
        _LEADERS,
        _("when everything is as before"),
        _("The editorial team of {{ portal }} has changed {{ entries }}"),
        _(
            "Good day,\n\n"
            "the editorial team has taken this back: {{ what }}. Everything is as it was before.\n\n"
            "Why: {{ reason }}\n\n"
            "{{ titles }}\n\n"
            "Here you see how it is now:\n\n"
            "{{ link }}\n\n"
            "If something is wrong with it, please simply answer this mail."
        ),
        _BULK,
    ),
    Kind(
        "providers_merged",
        Group.ORGANISATIONS,
        _("Two entries were merged"),
        _LEADERS,
        _("at once"),
        _("Two entries of {{ stays }} were merged"),
        _(
            "Good day,\n\n"
            "in {{ portal }} there were two entries of the same organisation. The editorial team has merged "
            "“{{ goes }}” into “{{ stays }}”. All offers and all people are there now; old addresses lead there.\n\n"
            "Please look whether everything is right:\n\n"
            "{{ link }}\n\n"
            "If something is wrong with it, please simply answer this mail."
        ),
        {
            "stays": Placeholder(_("entry that stays"), "TSV Musterstadt 1890 e. V."),
            "goes": Placeholder(_("entry that was merged into it"), "TSV Musterstadt"),
            "link": link("konto/anbieter/12/", button=_("To the organisation")),
        },
    ),
)
