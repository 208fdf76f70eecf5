"""The kinds of mail of this room. All go out in the language the reader chose."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

_WHO = _("the resident who subscribed")
_NAME = Placeholder(_("name of the newsletter"), _("News for families"))
_PAGE = link("newsletter/familien/", label=_("page of the newsletter"), required=False)
_MANAGE = link("newsletter/abo/8Jx…/", label=_("page to end it"))
_STOP = link("newsletter/abo/8Jx…/abmelden/", label=_("page to end it"))
_USUAL = {"newsletter": _NAME, "newsletter_link": _PAGE}

declare(
    Kind(
        "newsletter_confirm",
        Group.RESIDENTS,
        _("Newsletter: please confirm"),
        _WHO,
        _("at once, when somebody subscribes or a list is read in"),
        _("Please confirm: {{ newsletter }} ({{ portal }})"),
        _(
            "Good day,\n\n"
            "would you like to get this newsletter of {{ portal }}?\n\n"
            "{{ newsletter }}\n"
            "{{ description }}\n\n"
            "If so, please open this link within seven days and press the button there:\n\n"
            "{{ link }}\n\n"
            "If not, you need do nothing: without the button no newsletter comes, and the address is forgotten after "
            "seven days."
        ),
        {
            **_USUAL,
            "description": Placeholder(
                _("what it is about"), _("What is new for families, every two weeks."), sometimes=True
            ),
            "link": link("newsletter/bestaetigen/8Jx…/", button=_("Get the newsletter")),
        },
        spoken=True,
    ),
    Kind(
        "newsletter_exists",
        Group.RESIDENTS,
        _("Newsletter: you have it already"),
        _WHO,
        _("at once, when somebody subscribes once more"),
        _("You are a reader already: {{ newsletter }} ({{ portal }})"),
        _(
            "Good day,\n\n"
            "you asked for a newsletter that you get already, or that you asked for before:\n\n"
            "{{ newsletter }}\n\n"
            "Here you see how things stand, and can end it:\n\n"
            "{{ manage_link }}"
        ),
        {**_USUAL, "manage_link": _MANAGE},
        spoken=True,
    ),
    Kind(
        "newsletter_admitted",
        Group.RESIDENTS,
        _("Newsletter on request: admitted"),
        _("whoever asked for a newsletter that is not for everybody"),
        _("at once, when the editors admit somebody"),
        _("You get the newsletter: {{ newsletter }}"),
        _(
            "Good day,\n\n"
            "you asked for this newsletter of {{ portal }}, and get it from the next issue on:\n\n"
            "{{ newsletter }}\n\n"
            "Here you can end it at any time:\n\n"
            "{{ manage_link }}"
        ),
        {**_USUAL, "manage_link": _MANAGE},
        spoken=True,
    ),
    Kind(
        "newsletter_refused",
        Group.RESIDENTS,
        _("Newsletter on request: not admitted"),
        _("whoever asked for a newsletter that is not for everybody"),
        _("at once, when the editors do not admit somebody"),
        _("About the newsletter {{ newsletter }}"),
        _(
            "Good day,\n\n"
            "you asked for a newsletter of {{ portal }}:\n\n"
            "{{ newsletter }}\n\n"
            "It is written for a certain group of people, and we could not admit you. Your address is forgotten. If "
            "you think that this is a mistake, please write to us: {{ address }}kontakt/"
        ),
        _USUAL,
        spoken=True,
    ),
    Kind(
        "newsletter_issue",
        Group.RESIDENTS,
        _("Newsletter: what stands below each issue"),
        _("all readers of a newsletter"),
        _("when the editors send an issue"),
        _("{{ title }}"),
        _(
            "Read it in the browser: {{ archive_link }}\n\n"
            "You get “{{ newsletter }}” because you subscribed to it at {{ portal }}.\n"
            "No more of these mails: {{ stop_link }}"
        ),
        {
            "title": Placeholder(_("subject of the issue"), _("News for families: 1 to 14 December")),
            "newsletter": _NAME,
            "archive_link": Placeholder(
                _("link to the issue in the archive"),
                "https://musterstadt.example/newsletter/familien/12/",
                sometimes=True,
            ),
            "manage_link": link("newsletter/abo/8Jx…/", label=_("page of the subscription"), required=False),
            "stop_link": _STOP,
        },
        spoken=True,
        once=True,
    ),
)
