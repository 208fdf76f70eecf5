"""The kinds of mail of this room."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

_EDITORS = _("who gets the mails to the editors (see the rules)")
_MESSAGE = Placeholder(_("what was written"), "Guten Tag, ist noch ein Platz frei?", required=True)
_TITLE = Placeholder(_("what it is about"), "Yoga für Anfängerinnen")
_PAGE = link("angebote/yoga-7/", label=_("public page"), required=False)

declare(
    Kind(
        "feedback_contact",
        Group.RESIDENTS,
        _("Message of a resident to a provider"),
        _("the provider's address"),
        _("at once"),
        _("Message about “{{ title }}” from {{ portal }}"),
        _(
            "Good day,\n\n"
            "somebody wrote to you with the form of {{ portal }} about “{{ title }}” ({{ link }}).\n\n"
            "Name: {{ name }}\n"
            "E-mail: {{ email }}\n\n"
            "---------------------------------------------------------------------\n"
            "{{ message }}\n"
            "---------------------------------------------------------------------\n\n"
            "Simply reply to this e-mail: your answer goes to the person who wrote. Only then do they learn your "
            "address."
        ),
        {
            "title": _TITLE,
            "link": _PAGE,
            "name": Placeholder(_("name of who wrote"), "Erika Beispiel"),
            "email": Placeholder(_("address of who wrote"), "erika@example.org", required=True),
            "message": _MESSAGE,
        },
    ),
    Kind(
        "feedback_received",
        Group.EDITORS,
        _("Message of a resident to the editors"),
        _EDITORS,
        _("at once"),
        _("{{ portal }}: new message ({{ kind }})"),
        _(
            "Good day,\n\n"
            "a resident sent you something through {{ portal }}: {{ kind }}.\n"
            "About: {{ about }}\n"
            "Topic: {{ topic }}\n"
            "Please answer by {{ due }}: the law gives a month.\n\n"
            "Here you read it and answer it:\n"
            "{{ link }}"
        ),
        {
            "kind": Placeholder(_("kind of message"), _("Barrier reported")),
            "about": Placeholder(_("what it is about"), "Yoga für Anfängerinnen", sometimes=True),
            "topic": Placeholder(_("topic chosen"), _("The dates are wrong"), sometimes=True),
            "due": Placeholder(_("answer by (barriers only)"), "28. Dezember 2030", sometimes=True),
            "link": link("redaktion/rueckmeldungen/5/", button=_("Read and answer")),
        },
    ),
    Kind(
        "feedback_wrong",
        Group.OFFERS,
        _("A resident thinks something is wrong"),
        _("the provider's address"),
        _("at once"),
        _("Please check “{{ title }}” at {{ portal }}"),
        _(
            "Good day,\n\n"
            "a visitor of {{ portal }} thinks that something is not right about “{{ title }}” ({{ link }}): "
            "{{ topic }}.\n\n"
            "---------------------------------------------------------------------\n"
            "{{ message }}\n"
            "---------------------------------------------------------------------\n\n"
            "Please look at it. If something has to change, please tell the editors: they have this report too."
        ),
        {
            "title": _TITLE,
            "link": _PAGE,
            "topic": Placeholder(_("topic chosen"), _("The dates are wrong")),
            "message": _MESSAGE,
        },
    ),
    Kind(
        "feedback_answer",
        Group.RESIDENTS,
        _("Answer of the editors"),
        _("the resident who wrote"),
        _("when an editor answers"),
        _("Answer to your message at {{ portal }} (no. {{ number }})"),
        _(
            "{{ text }}\n\n"
            "---\n"
            "This is the answer of the editors of {{ portal }} to your message of {{ day }} (no. {{ number }})."
        ),
        {
            "text": Placeholder(_("the answer"), "Guten Tag, der Kurs beginnt am Montag.", required=True),
            "day": Placeholder(_("day of the message"), "28. November 2030"),
            "number": Placeholder(_("number of the message"), "5"),
        },
    ),
    Kind(
        "feedback_overdue",
        Group.EDITORS,
        _("Messages are overdue"),
        _EDITORS,
        _("in the morning, once for each message"),
        _("{{ portal }}: {{ number }} messages are overdue"),
        _(
            "Good day,\n\n"
            "the time to answer these messages is over. The law gives a month for reported barriers; after that "
            "people can turn to the enforcement body.\n\n"
            "{{ cases }}"
        ),
        {
            "number": Placeholder(_("how many"), "2"),
            "cases": Placeholder(
                _("list of the messages"),
                "- Nr. 5: https://musterstadt.example/redaktion/rueckmeldungen/5/",
                required=True,
            ),
        },
    ),
    Kind(
        "feedback_review",
        Group.EDITORS,
        _("Accessibility statement is due"),
        _EDITORS,
        _("once a year"),
        _("{{ portal }}: please review the accessibility statement"),
        _(
            "Good day,\n\n"
            "the accessibility statement of {{ portal }} is missing, or its last review is more than a year ago. The "
            "law wants it up to date.\n\n"
            "Here you fill it in:\n"
            "{{ link }}"
        ),
        {"link": link("redaktion/barrierefreiheit/", button=_("To the statement"))},
    ),
)
