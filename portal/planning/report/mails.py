"""The mail that a report is ready."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

READY = "planning_report"

declare(
    Kind(
        key=READY,
        group=Group.EDITORS,
        label=_("A report of the evaluation is ready"),
        to=_("whoever is named in the report and may open the evaluation"),
        when=_("every month, quarter or year, as chosen in the report"),
        subject=_("{{ title }} ({{ portal }})"),
        body=_("""Good day,

the report “{{ title }}” of {{ portal }} is ready ({{ pages }} pages). You read it here after signing in:

{{ link }}

The file is kept for half a year; it can be made anew at any time.
You want no more mails about this report? {{ stop_link }}"""),
        placeholders={
            "title": Placeholder(_("name of the report"), "Quartalsbericht Angebote"),
            "pages": Placeholder(_("number of pages"), "12"),
            "link": link("auswertung/berichte/…/", button=_("Open the report")),
            "stop_link": link("auswertung/berichte/abbestellen/…/"),
        },
        reminder=True,
    ),
)  # fmt: skip
