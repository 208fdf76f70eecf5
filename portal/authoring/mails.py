"""The kinds of mail of this room."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

_WRITERS = _("who wrote the text, and everybody responsible for the organisation")
_DECIDED = _("when the editors have decided")
_OFFER = Placeholder(_("title of the offer"), "Yoga für Anfängerinnen")
_PROVIDER = Placeholder(_("name of the organisation"), "TSV Musterstadt 1890 e. V.")
_REASON = Placeholder(_("reason, in the editors' words"), "Bitte schreiben Sie, wann der Kurs beginnt.", required=True)
_NOTE = Placeholder(
    _("note that the editors have changed something"),
    _("The editors have changed something in it. Please read the page once more."),
    sometimes=True,
)
_PAGE = link("angebote/yoga-7/", button=_("See the page"), label=_("public page"))
_WRITE_ON = link("konto/angebote/7/", button=_("Go on writing"), label=_("page to go on writing"))
_CLEAR = _(
    "Good day,\n\n"
    "the editors of {{ portal }} have taken “{{ title }}” offline. The reason:\n\n"
    "{{ reason }}\n\n"
    "Your text is still there. Only the editors can make it public again:\n\n"
    "{{ link }}\n\n"
    "If something is unclear, simply answer this mail."
)

declare(
    Kind(
        "offer_handed_in",
        Group.OFFERS,
        _("A member hands in an offer"),
        _("everybody responsible for the organisation"),
        _("at once, when a member may not publish"),
        _("“{{ title }}” waits for you"),
        _(
            "Good day,\n\n"
            "{{ who }} has written “{{ title }}” and hands it in to you. Nobody else sees it before you agree.\n\n"
            "Here you read it, let it go on or give it back:\n\n"
            "{{ link }}\n\n"
            "{{ portal }}"
        ),
        {
            "title": _OFFER,
            "who": Placeholder(_("who wrote it"), "Erika Beispiel"),
            "link": link("konto/angebote/7/aenderung/", button=_("Read it")),
        },
    ),
    Kind(
        "offer_approved",
        Group.OFFERS,
        _("Offer approved"),
        _WRITERS,
        _DECIDED,
        _("“{{ title }}” is public"),
        _(
            "Good day,\n\n"
            "the editors of {{ portal }} have approved your text. Everybody can find “{{ title }}” now:\n\n"
            "{{ link }}\n\n"
            "Please tell us when something changes. Thank you for your work.\n\n"
            "{{ note }}"
        ),
        {"title": _OFFER, "link": _PAGE, "note": _NOTE},
    ),
    Kind(
        "offer_returned",
        Group.OFFERS,
        _("Offer given back"),
        _WRITERS,
        _DECIDED,
        _("Please look at “{{ title }}” once more"),
        _(
            "Good day,\n\n"
            "the editors of {{ portal }} have read “{{ title }}” and ask you to change something:\n\n"
            "{{ reason }}\n\n"
            "Your text is still there. Here you go on writing and hand it in again:\n\n"
            "{{ link }}\n\n"
            "If something is unclear, simply answer this mail."
        ),
        {"title": _OFFER, "reason": _REASON, "link": _WRITE_ON},
    ),
    Kind(
        "offer_blocked",
        Group.OFFERS,
        _("Offer taken offline"),
        _WRITERS,
        _DECIDED,
        _("“{{ title }}” was taken offline"),
        _CLEAR,
        {"title": _OFFER, "reason": _REASON, "link": _WRITE_ON},
    ),
    Kind(
        "provider_approved",
        Group.OFFERS,
        _("Profile approved"),
        _WRITERS,
        _DECIDED,
        _("The profile of “{{ title }}” is public"),
        _(
            "Good day,\n\n"
            "the editors of {{ portal }} have approved the profile of “{{ title }}”. This is what everybody sees "
            "now:\n\n"
            "{{ link }}\n\n"
            "Please tell us when something changes. Thank you for your work.\n\n"
            "{{ note }}"
        ),
        {"title": _PROVIDER, "link": _PAGE, "note": _NOTE},
    ),
    Kind(
        "provider_returned",
        Group.OFFERS,
        _("Profile given back"),
        _WRITERS,
        _DECIDED,
        _("Please look at the profile of “{{ title }}” once more"),
        _(
            "Good day,\n\n"
            "the editors of {{ portal }} have read the profile of “{{ title }}” and ask you to change something:\n\n"
            "{{ reason }}\n\n"
            "Your text is still there. Here you go on writing and hand it in again:\n\n"
            "{{ link }}\n\n"
            "If something is unclear, simply answer this mail."
        ),
        {"title": _PROVIDER, "reason": _REASON, "link": _WRITE_ON},
    ),
    Kind(
        "provider_blocked",
        Group.OFFERS,
        _("Profile taken offline"),
        _WRITERS,
        _DECIDED,
        _("“{{ title }}” was taken offline"),
        _CLEAR,
        {"title": _PROVIDER, "reason": _REASON, "link": _WRITE_ON},
    ),
)
