"""The kinds of mail of this room."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

_LEADERS = _("everybody responsible for the organisation")
_ASKED = _("the person who asked")
_PERSON = _("the person it is about")
_AT_ONCE = _("at once")
_ORGANISATION = Placeholder(_("name of the organisation"), "TSV Musterstadt 1890 e. V.")

declare(
    Kind(
        "organisation_registered",
        Group.ORGANISATIONS,
        _("New organisation: we have it"),
        _("the person who registered it"),
        _("when the address is confirmed"),
        _("Your registration: {{ organisation }}"),
        _(
            "Good day,\n\n"
            "thank you for registering “{{ organisation }}” at {{ portal }}. The editorial team looks at it now; you "
            "get a mail with the answer.\n\n"
            "You can write your first offers already. They become public as soon as your organisation is:\n\n"
            "{{ link }}"
        ),
        {"organisation": _ORGANISATION, "link": link("konto/", button=_("To my account"))},
        optional=True,
    ),
    Kind(
        "organisation_new",
        Group.EDITORS,
        _("A new organisation has registered"),
        _("who gets the mails to the editors (see the rules)"),
        _("when the address is confirmed"),
        _("{{ portal }}: {{ organisation }} has registered"),
        _(
            "Good day,\n\n"
            "“{{ organisation }}” has registered at {{ portal }} and waits for you.\n\n"
            "Here you look at it:\n\n"
            "{{ link }}"
        ),
        {"organisation": _ORGANISATION, "link": link("redaktion/pruefen/", button=_("Check it"))},
        optional=True,
    ),
    Kind(
        "organisation_invited",
        Group.ORGANISATIONS,
        _("Invitation to an organisation"),
        _("the invited address"),
        _("at once, and again when the invitation is renewed"),
        _("Invitation: write for {{ organisation }}"),
        _(
            "Good day,\n\n"
            "{{ who }} invites you to write for “{{ organisation }}” at {{ portal }}. With this link you join:\n\n"
            "{{ link }}\n\n"
            "The link holds until {{ until }}, for this address only and once. If you do not want to join, you need do "
            "nothing."
        ),
        {
            "who": Placeholder(_("who invites"), "Erika Beispiel"),
            "organisation": _ORGANISATION,
            "link": link("konto/einladung/8Jx…/", button=_("Join"), label=_("link of the invitation")),
            "until": Placeholder(_("last day of the link"), "7. Mai 2030"),
        },
    ),
    Kind(
        "organisation_asked",
        Group.ORGANISATIONS,
        _("Somebody wants to join"),
        _LEADERS,
        _AT_ONCE,
        _("{{ who }} wants to join {{ organisation }}"),
        _(
            "Good day,\n\n"
            "{{ who }} ({{ who_address }}) wants to write for “{{ organisation }}”. Does this person belong to you? "
            "Here you decide:\n\n"
            "{{ link }}\n\n"
            "If you refuse, please write why; we pass it on."
        ),
        {
            "who": Placeholder(_("who asks"), "Erika Beispiel", required=True),
            "who_address": Placeholder(_("address of who asks"), "erika@verein.example"),
            "organisation": _ORGANISATION,
            "link": link("konto/anbieter/12/personen/", button=_("Decide")),
        },
    ),
    Kind(
        "organisation_accepted",
        Group.ORGANISATIONS,
        _("Request to join accepted"),
        _ASKED,
        _AT_ONCE,
        _("You belong to {{ organisation }} now"),
        _("Good day,\n\nyou were taken in: you can write for “{{ organisation }}” now.\n\n{{ link }}"),
        {"organisation": _ORGANISATION, "link": link("konto/", button=_("To my account"))},
    ),
    Kind(
        "organisation_refused",
        Group.ORGANISATIONS,
        _("Request to join refused"),
        _ASKED,
        _AT_ONCE,
        _("Your request to {{ organisation }}"),
        _(
            "Good day,\n\n"
            "your request to write for “{{ organisation }}” was refused. The reason:\n\n"
            "{{ reason }}\n\n"
            "You can ask another organisation or register one of your own:\n"
            "{{ link }}"
        ),
        {
            "organisation": _ORGANISATION,
            "reason": Placeholder(_("reason"), "Wir kennen Sie leider nicht.", required=True),
            "link": link("konto/anbieter/"),
        },
    ),
    Kind(
        "organisation_made_responsible",
        Group.ORGANISATIONS,
        _("Made responsible"),
        _PERSON,
        _AT_ONCE,
        _("You are responsible for {{ organisation }} now"),
        _(
            "Good day,\n\n"
            "you are responsible for “{{ organisation }}” now: you can also change the profile and decide who belongs "
            "to it.\n\n"
            "{{ link }}"
        ),
        {"organisation": _ORGANISATION, "link": link("konto/anbieter/12/personen/", button=_("To the organisation"))},
    ),
    Kind(
        "organisation_writes_along",
        Group.ORGANISATIONS,
        _("No longer responsible"),
        _PERSON,
        _AT_ONCE,
        _("You write along for {{ organisation }} now"),
        _(
            "Good day,\n\n"
            "you are no longer responsible for “{{ organisation }}”. You can go on writing offers.\n\n"
            "{{ link }}"
        ),
        {"organisation": _ORGANISATION, "link": link("konto/anbieter/12/personen/", button=_("To the organisation"))},
    ),
    Kind(
        "organisation_removed",
        Group.ORGANISATIONS,
        _("Taken out of an organisation"),
        _PERSON,
        _AT_ONCE,
        _("You do not belong to {{ organisation }} any more"),
        _(
            "Good day,\n\n"
            "you do not belong to “{{ organisation }}” any more. The offers you wrote stay there; your account stays "
            "yours.\n\n"
            "If this is a mistake, please speak with those responsible there."
        ),
        {"organisation": _ORGANISATION},
    ),
    Kind(
        "organisation_registration_approved",
        Group.ORGANISATIONS,
        _("New organisation approved"),
        _LEADERS,
        _("when the editors have approved it"),
        _("{{ organisation }} is in the portal now"),
        _(
            "Good day,\n\n"
            "the editorial team of {{ portal }} has approved “{{ organisation }}”. This is your page:\n\n"
            "{{ link }}\n\n"
            "Here you write your next offer:\n"
            "{{ write }}"
        ),
        {
            "organisation": _ORGANISATION,
            "link": link("anbieter/tsv-musterstadt/", button=_("See our page")),
            "write": link("konto/angebote/neu/", label=_("page for a new offer"), required=False),
        },
    ),
    Kind(
        "organisation_registration_returned",
        Group.ORGANISATIONS,
        _("New organisation: a question"),
        _LEADERS,
        _("when the editors give it back"),
        _("A question on your registration of {{ organisation }}"),
        _(
            "Good day,\n\n"
            "the editorial team of {{ portal }} has looked at your registration of “{{ organisation }}” and asks for "
            "this:\n\n"
            "{{ reason }}\n\n"
            "What you wrote is still there. Here you send it once more:\n"
            "{{ link }}"
        ),
        {
            "organisation": _ORGANISATION,
            "reason": Placeholder(_("reason"), "Bitte nennen Sie uns eine Telefonnummer.", required=True),
            "link": link("konto/anbieter/"),
        },
    ),
)
