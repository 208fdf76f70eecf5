"""The kinds of mail of this room. All go out in the language the subscriber chose."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

_WHO = _("the resident who subscribed")
_USUAL = {
    "search": Placeholder(_("the search"), "Sport · kostenlos · Nordstadt"),
    "search_link": link("angebote/?thema=sport", label=_("link to the search"), required=False),
}
_MANAGE = link("angebote/abo/8Jx…/", label=_("page to change or end it"))
_STOP = link("angebote/abo/8Jx…/abmelden/", label=_("page to end it"), required=False)

declare(
    Kind(
        "subscription_confirm",
        Group.RESIDENTS,
        _("Subscription: please confirm"),
        _WHO,
        _("at once, when somebody subscribes"),
        _("Please confirm: new offers by mail ({{ portal }})"),
        _(
            "Good day,\n\n"
            "somebody, probably you, wants to get mail from {{ portal }} when there is something new for this "
            "search:\n\n"
            "{{ search }}\n\n"
            "If that is right, please open this link within 48 hours and press the button there:\n\n"
            "{{ link }}\n\n"
            "If you did not ask for it, you need do nothing: without the button no further mail comes, and the address "
            "is forgotten after seven days."
        ),
        {**_USUAL, "link": link("angebote/abo/bestaetigen/8Jx…/", button=_("Confirm the subscription"))},
        spoken=True,
    ),
    Kind(
        "subscription_exists",
        Group.RESIDENTS,
        _("Subscription: there is one already"),
        _WHO,
        _("at once, when somebody subscribes once more"),
        _("You have this subscription already ({{ portal }})"),
        _(
            "Good day,\n\n"
            "you asked for mail on a search for which you have a subscription already:\n\n"
            "{{ search }}\n\n"
            "Here you can change how often we write, pause it or end it:\n\n"
            "{{ manage_link }}"
        ),
        {**_USUAL, "manage_link": _MANAGE, "stop_link": _STOP},
        spoken=True,
    ),
    Kind(
        "subscription_news",
        Group.RESIDENTS,
        _("Subscription: something new"),
        _WHO,
        _("daily or weekly, if there is something new"),
        _("New for “{{ search }}”: {{ number }} {{ things }}"),
        _(
            "Good day,\n\n"
            "there is something new for your search in {{ portal }}:\n"
            "{{ search }}\n\n"
            "{{ offers }}\n\n"
            "and {{ more }} more. You see all of them here: {{ search_link }}\n\n"
            "---\n"
            "Change how often we write, or pause: {{ manage_link }}\n"
            "No more mails for this search: {{ stop_link }}"
        ),
        {
            **_USUAL,
            "offers": Placeholder(
                _("list of the offers"),
                "Yoga für Anfängerinnen\nmontags, 10:00–11:00 Uhr · Nordstadt · kostenlos\nTSV Musterstadt\n"
                "https://musterstadt.example/angebote/yoga-7/",
                required=True,
            ),
            "number": Placeholder(_("how many"), "1"),
            "things": Placeholder(_("word for offers"), _("offer")),
            "more": Placeholder(_("how many more"), "3", sometimes=True),
            "manage_link": link("angebote/abo/8Jx…/", label=_("page to change it"), required=False),
            "stop_link": link("angebote/abo/8Jx…/abmelden/", label=_("page to end it")),
        },
        spoken=True,
        reminder=True,
    ),
    Kind(
        "subscription_renew",
        Group.RESIDENTS,
        _("Subscription: one more year?"),
        _WHO,
        _("before a subscription ends by itself"),
        _("Do you still want mail on your search? ({{ portal }})"),
        _(
            "Good day,\n\n"
            "for a year we have been writing to you when there is something new for this search:\n\n"
            "{{ search }}\n\n"
            "The subscription ends by itself on {{ day }}. If you want to keep it, open this link and choose one more "
            "year:\n\n"
            "{{ manage_link }}\n\n"
            "If not, you need do nothing. Thank you for your interest!"
        ),
        {
            **_USUAL,
            "day": Placeholder(_("last day"), "28. Dezember 2030"),
            "manage_link": _MANAGE,
            "stop_link": _STOP,
        },
        spoken=True,
        reminder=True,
    ),
)
