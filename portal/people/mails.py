"""The kinds of mail of this room."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

_YOU = _("the person whose account it is")
_AT_ONCE = _("at once, when the administration does it")
_SIGN_IN = link("konto/anmelden/", button=_("Sign in"), label=_("page to sign in"), required=False)

declare(
    Kind(
        "people_invited",
        Group.ACCOUNTS,
        _("Invitation to work in the town hall"),
        _("the invited address"),
        _("at once, and again when the invitation is renewed"),
        _("Invitation to {{ portal }}: {{ role }}"),
        _(
            "Good day,\n\n"
            "{{ who }} invites you to work for {{ portal }}. Your role: {{ role }}.\n"
            "With this link you make your account:\n\n"
            "{{ link }}\n\n"
            "The link holds until {{ day }}, once, and for your address only. If you do not know what this is about, "
            "please ignore this mail."
        ),
        {
            "who": Placeholder(_("who invites"), "Erika Beispiel"),
            "role": Placeholder(_("role"), _("Editor")),
            "link": link("konto/einladung/rolle/8Jx…/", button=_("Make my account"), label=_("link of the invitation")),
            "day": Placeholder(_("last day of the link"), "07.05.2030"),
        },
    ),
    Kind(
        "people_roles",
        Group.ACCOUNTS,
        _("Role in the town hall changed"),
        _YOU,
        _AT_ONCE,
        _("Your role at {{ portal }} has changed"),
        _("Good day,\n\nfrom now on your role at {{ portal }} is: {{ roles }}.\n\n{{ link }}"),
        {"roles": Placeholder(_("roles from now on"), _("Editor")), "link": _SIGN_IN},
    ),
    Kind(
        "people_roles_none",
        Group.ACCOUNTS,
        _("Role in the town hall ended"),
        _YOU,
        _AT_ONCE,
        _("Your role at {{ portal }} has changed"),
        _("Good day,\n\nyou have no role in the town hall at {{ portal }} any more. Your account stays."),
    ),
    Kind(
        "people_deactivated",
        Group.ACCOUNTS,
        _("Account closed"),
        _YOU,
        _AT_ONCE,
        _("Your account at {{ portal }} is closed"),
        _(
            "Good day,\n\n"
            "the administration of {{ portal }} has closed your account. You cannot sign in at present. Your offers "
            "stay with your organisation.\n"
            "If that is a mistake, please write to the editorial team:\n\n"
            "{{ address }}kontakt/schreiben/"
        ),
    ),
    Kind(
        "people_reactivated",
        Group.ACCOUNTS,
        _("Account open again"),
        _YOU,
        _AT_ONCE,
        _("Your account at {{ portal }} is open again"),
        _("Good day,\n\nyou can sign in to {{ portal }} again, with your address and your password.\n\n{{ link }}"),
        {"link": _SIGN_IN},
    ),
    Kind(
        "people_factor_reset",
        Group.ACCOUNTS,
        _("Second factor reset"),
        _YOU,
        _AT_ONCE,
        _("Your second factor was reset"),
        _(
            "Good day,\n\n"
            "your second factor at {{ portal }} was reset. You were signed out everywhere; at your next sign-in you "
            "can set up another one.\n"
            "If you did not ask for this, please write to the editorial team at once.\n\n"
            "{{ link }}"
        ),
        {"link": _SIGN_IN},
    ),
    Kind(
        "people_signed_out",
        Group.ACCOUNTS,
        _("Signed out everywhere"),
        _YOU,
        _AT_ONCE,
        _("You were signed out of {{ portal }}"),
        _(
            "Good day,\n\n"
            "the administration of {{ portal }} has signed you out on all devices. You can sign in again with your "
            "password.\n\n"
            "{{ link }}"
        ),
        {"link": _SIGN_IN},
    ),
    Kind(
        "people_helped",
        Group.ACCOUNTS,
        _("Somebody signs in to help"),
        _YOU,
        _("at once, when somebody of the editorial team acts as this person"),
        _("{{ helper }} helps you at {{ portal }}"),
        _(
            "Good day,\n\n"
            "{{ helper }} of the editorial team of {{ portal }} has signed in as you to help. The reason: "
            "{{ reason }}\n\n"
            "This ends at {{ time }} at the latest. Your password, your address and your second factor stay closed "
            "meanwhile.\n"
            "What was changed you see here:\n\n"
            "{{ link }}"
        ),
        {
            "helper": Placeholder(_("who helps"), "Erika Beispiel", required=True),
            "reason": Placeholder(_("reason"), "Telefonat: Sommerfest eintragen"),
            "time": Placeholder(_("when it ends"), "14:30"),
            "link": link("konto/zugriffe/", button=_("See what was done"), required=True),
        },
    ),
)
