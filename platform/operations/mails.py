"""The mails of the operator's side: they go to operators alone."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

declare(
    Kind(
        "operator_broken_logs",
        Group.EDITORS,
        _("Platform: a log is not whole"),
        _("operators of the platform"),
        _("once, after the night in which it was found"),
        _("Logs that are not whole: {{ number }}"),
        _(
            "Good day,\n\n"
            "these logs are not as they were written:\n\n"
            "{{ list }}\n\n"
            "Somebody changed the database past the platform, or a backup was restored. You are told once; the page "
            "says it until it is settled:\n\n"
            "{{ link }}"
        ),
        {
            "number": Placeholder(_("how many logs"), "1"),
            "list": Placeholder(
                _("which logs, and what was found"),
                "– Stadt Ahausen (ahausen): Gebrochen bei Eintrag 1423.",
                required=True,
            ),
            "link": link("betrieb/protokoll/", button=_("See the log"), label=_("page of the log")),
        },
        operators=True,
    )
)
