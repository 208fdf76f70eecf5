"""The kinds of mail of this room, with the words they are shipped with."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

CHECK, ENDING, DIGEST = "upkeep_check", "upkeep_ending", "upkeep_digest"
_PROVIDERS = Placeholder(_("names of the organisations"), "Nachbarschaftstreff Malstatt e. V.")
_CONTACT = Placeholder(_("where to ask the town"), "redaktion@musterstadt.example", sometimes=True)
_SOON = Placeholder(_("offers that end soon"), "– Nähcafé (18. Dezember 2026)", sometimes=True)

declare(
    Kind(
        key=CHECK,
        group=Group.REMINDERS,
        label=_("Is everything still right?"),
        to=_("the administrators of an organisation, else its members, else the address of its profile"),
        when=_("when nobody has checked offers for long; at most once a week to a person"),
        subject=_("Is this still right? ({{ portal }})"),
        body=_("""Good day,

residents find offers of {{ providers }} in {{ portal }}. Nobody has checked these for a long time:

{{ list }}

Is everything still right? One click is enough, without a password. There you can also say what is no more:

{{ link }}

From {{ note_day }} on, the pages of these offers say that nobody has checked them.
From {{ hide_day }} on, nobody finds them any more until you answer. Nothing is deleted.

These end soon; you can extend them after signing in ({{ ending_link }}):
{{ ending }}

The link counts until {{ last_day }}. You are no longer responsible? Then please say so on that page.
If something is unclear, write to {{ contact }} or simply answer this mail."""),
        placeholders={
            "providers": _PROVIDERS,
            "list": Placeholder(_("the offers"), "– Fahrrad-Werkstatt\n– Offener Nachbarschaftstreff", required=True),
            "link": link("angebote/pruefen/…/", button=_("Look and confirm")),
            "note_day": Placeholder(_("when the note begins"), "12. Dezember 2026", sometimes=True),
            "hide_day": Placeholder(_("when nobody finds them any more"), "9. Januar 2027", sometimes=True),
            "ending_link": Placeholder(
                _("link to the offers that end soon"), "https://musterstadt.example/konto/angebote/", sometimes=True
            ),
            "ending": _SOON,
            "last_day": Placeholder(_("last day of the link"), "28. Dezember 2026"),
            "contact": _CONTACT,
        },
        reminder=True,
    ),
    Kind(
        key=ENDING,
        group=Group.REMINDERS,
        label=_("Offers end soon"),
        to=_("the administrators of an organisation, else its members, else the address of its profile"),
        when=_("some weeks before the last date, as the rules say"),
        subject=_("Your offers in {{ portal }} end soon"),
        body=_("""Good day,

these offers of {{ providers }} end soon. After their last date nobody finds them in {{ portal }} any more:

{{ ending }}

Do they go on? After signing in you can extend them or copy them into the next season:

{{ link }}

If they really end, you need do nothing.
You are no longer responsible? Then please say so here: {{ stop_link }}
If something is unclear, write to {{ contact }} or simply answer this mail."""),
        placeholders={
            "providers": _PROVIDERS,
            "ending": Placeholder(_("offers that end soon"), "– Nähcafé (18. Dezember 2026)", required=True),
            "link": link("konto/angebote/?zu_tun=endet", button=_("Extend offers")),
            "stop_link": link("angebote/pruefen/…/abbestellen/", required=False),
            "contact": _CONTACT,
        },
        reminder=True,
    ),
    Kind(
        key=DIGEST,
        group=Group.REMINDERS,
        label=_("Summary of one's offers"),
        to=_("whoever wants it (a setting of each person)"),
        when=_("once a week or once a month"),
        subject=_("Your offers in {{ portal }}"),
        body=_("""Good day,

this is how the offers of {{ providers }} stand in {{ portal }}:

– Public: {{ public }}
– Opened in the last {{ days }} days: {{ views }}
– Come back with a question: {{ returned }}
– With the editorial team: {{ waiting }}
– End soon: {{ ending }}
– Long unchecked: {{ unchecked }}
– Hidden, because nobody has checked them: {{ hidden }}

Everything that is to be done stands here:

{{ link }}

Other rhythm: {{ settings_link }}
No more summaries: {{ stop_link }}"""),
        placeholders={
            "providers": _PROVIDERS,
            "public": Placeholder(_("number of public offers"), "13"),
            "days": Placeholder(_("days looked back on"), "30"),
            "views": Placeholder(_("how often offers were opened"), "402"),
            "returned": Placeholder(_("number of offers given back"), "1", sometimes=True),
            "waiting": Placeholder(_("number of offers being checked"), "2", sometimes=True),
            "ending": Placeholder(_("number of offers that end soon"), "2", sometimes=True),
            "unchecked": Placeholder(_("number of offers long unchecked"), "3", sometimes=True),
            "hidden": Placeholder(_("number of hidden offers"), "1", sometimes=True),
            "link": link("konto/", button=_("To your account")),
            "settings_link": link("konto/person/nachrichten/", required=False),
            "stop_link": link("konto/zusammenfassung/abbestellen/…/"),
        },
        reminder=True,
    ),
)  # fmt: skip
