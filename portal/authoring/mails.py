"""The kinds of mail of this room."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, Text, declare, link

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


def _received(key: str, label: Text, subject: Text, body: Text, title: Placeholder) -> Kind:
    return Kind(
        key,
        Group.OFFERS,
        label,
        _("the person who handed it in"),
        _("at once, when it waits for the editors"),
        subject,
        body,
        {"title": title, "link": link("konto/angebote/7/", button=_("See where it stands"))},
        optional=True,
        usually=False,
    )


def _told_editors(key: str, label: Text, when: Text, subject: Text, body: Text, title: Placeholder) -> Kind:
    values = {
        "title": title,
        "organisation": _PROVIDER,
        "link": link("redaktion/pruefen/", button=_("Look at it")),
    }
    to = _("who gets the mails to the editors (see the rules)")
    return Kind(key, Group.EDITORS, label, to, when, subject, body, values, optional=True, usually=False)


declare(
    _received(
        "offer_received",
        _("Offer handed in: we have it"),
        _("We have “{{ title }}”"),
        _(
            "Good day,\n\n"
            "thank you. “{{ title }}” is with the editorial team of {{ portal }}; you get a mail with the answer. Here "
            "you see where it stands:\n\n"
            "{{ link }}"
        ),
        _OFFER,
    ),
    _received(
        "provider_received",
        _("Profile handed in: we have it"),
        _("We have the profile of “{{ title }}”"),
        _(
            "Good day,\n\n"
            "thank you. The profile of “{{ title }}” is with the editorial team of {{ portal }}; you get a mail "
            "with the answer. Here you see where it stands:\n\n"
            "{{ link }}"
        ),
        _PROVIDER,
    ),
    _told_editors(
        "offer_waiting",
        _("An offer waits for the editors"),
        _("at once, when it is handed in"),
        _("{{ portal }}: “{{ title }}” waits"),
        _("Good day,\n\n“{{ organisation }}” has handed in “{{ title }}”. Here you look at it:\n\n{{ link }}"),
        _OFFER,
    ),
    _told_editors(
        "provider_waiting",
        _("A profile waits for the editors"),
        _("at once, when it is handed in"),
        _("{{ portal }}: the profile of “{{ title }}” waits"),
        _("Good day,\n\n“{{ title }}” has handed in a profile. Here you look at it:\n\n{{ link }}"),
        _PROVIDER,
    ),
    _told_editors(
        "offer_published",
        _("An offer is public without a check"),
        _("at once, when a provider publishes without approval"),
        _("{{ portal }}: “{{ title }}” is public"),
        _(
            "Good day,\n\n"
            "“{{ organisation }}” has published “{{ title }}”, or changed it; nobody had to approve it. Here you look "
            "at it:\n\n"
            "{{ link }}"
        ),
        _OFFER,
    ),
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
