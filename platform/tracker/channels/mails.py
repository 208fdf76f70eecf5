"""The mails of the tracker: they go out inside the municipality of whom they are for."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

_TICKET = Placeholder(_("number of the ticket"), "T-1423")
_TITLE = Placeholder(_("title of the ticket"), "Stunden je Stadtteil auswerten")
_SETTINGS = link("plattform/benachrichtigungen/", label=_("page on which people choose what they are told"))
_WHO = _("whoever follows the ticket or asked for mails about tickets")

declare(
    Kind(
        "tracker_notice",
        Group.EDITORS,
        _("Platform: something new about a ticket"),
        _WHO,
        _("at once, for whoever chose that"),
        _("{{ ticket }} {{ title }}: {{ what }}"),
        _(
            "Good day,\n\n"
            "{{ what }}\n\n"
            "{{ ticket }}: {{ title }}\n\n"
            "{{ text }}\n\n"
            "{{ link }}\n\n"
            "{{ answer }}\n\n"
            "What you are told, and how often, you choose here: {{ settings }}"
        ),
        {
            "ticket": _TICKET,
            "title": _TITLE,
            "what": Placeholder(_("what happened"), "Redaktion Trier hat einen Kommentar geschrieben."),
            "text": Placeholder(_("what was written"), "Bitte auch nach Tageszeit.", sometimes=True),
            "link": link("plattform/meldungen/1423/", button=_("See the ticket"), label=_("page of the ticket")),
            "answer": Placeholder(
                _("that one may answer the mail"), "Antworten Sie einfach auf diese Mail.", sometimes=True
            ),
            "settings": _SETTINGS,
        },
    ),
    Kind(
        "tracker_digest",
        Group.EDITORS,
        _("Platform: what is new about tickets"),
        _WHO,
        _("once a day or a week, or at once where several things happened together"),
        _("{{ number }} news of the platform"),
        _(
            "Good day,\n\n"
            "this is new about the tickets you wanted to be told of:\n\n"
            "{{ list }}\n\n"
            "{{ link }}\n\n"
            "What you are told, and how often, you choose here: {{ settings }}"
        ),
        {
            "number": Placeholder(_("how many things happened"), "3"),
            "list": Placeholder(
                _("what happened"),
                "T-1423 Stunden je Stadtteil auswerten\n– Redaktion Trier hat einen Kommentar geschrieben.",
                required=True,
            ),
            "link": link("plattform/", button=_("Open the platform"), label=_("page of the platform")),
            "settings": _SETTINGS,
        },
    ),
    Kind(
        "tracker_answer_refused",
        Group.EDITORS,
        _("Platform: an answer by mail was not taken"),
        _("whoever answered a mail about a ticket"),
        _("at once"),
        _("Your answer about {{ ticket }} was not taken"),
        _(
            "Good day,\n\n"
            "you answered a mail about {{ ticket }}. Your answer does not stand there: {{ why }}\n\n"
            "Please write it on the page of the ticket:\n\n"
            "{{ link }}"
        ),
        {
            "ticket": _TICKET,
            "why": Placeholder(_("why it was not taken"), "Sie ist leer."),
            "link": link("plattform/meldungen/1423/", button=_("See the ticket"), label=_("page of the ticket")),
        },
    ),
    Kind(
        "tracker_webhook_ended",
        Group.EDITORS,
        _("Platform: a webhook was switched off"),
        _("administrators"),
        _("when nothing has arrived at it for five days"),
        _("A webhook of the platform was switched off"),
        _(
            "Good day,\n\n"
            "nothing has arrived at this address for five days, so it gets no messages any more: {{ target }}\n\n"
            "When it answers again, please switch it on here; what was given up can be sent again:\n\n"
            "{{ link }}"
        ),
        {
            "target": Placeholder(_("address of the webhook"), "https://chat.musterstadt.example/hook/7"),
            "link": link("plattform/webhooks/", button=_("See the webhook"), label=_("page of the webhook")),
        },
    ),
    Kind(
        "tracker_due",
        Group.EDITORS,
        _("Platform: due times of errors"),
        _("operators of the platform"),
        _("in the morning, when due times end soon or are over"),
        _("Due times: {{ number }} errors"),
        _("Good day,\n\n{{ soon }}\n\n{{ over }}\n\n{{ link }}"),
        {
            "number": Placeholder(_("how many errors"), "2"),
            "soon": Placeholder(_("errors whose time ends soon"), "Bis morgen: T-1476", sometimes=True),
            "over": Placeholder(_("errors whose time is over"), "Überschritten: T-1433", sometimes=True),
            "link": link("betrieb/fristen/", button=_("See the due times"), label=_("page of the due times")),
        },
        operators=True,
    ),
)
