"""The rules on periods and reminders."""

from django.utils.translation import gettext_lazy as _

from portal.preferences.rule import Rule, Subject

PERIODS = Subject(
    "fristen",
    _("Periods and reminders"),
    _("When does something count as old, and how long does it stay?"),
    (
        Rule(
            "stale",
            ("stale_after_months",),
            _("After how many months does something count as long unchecked?"),
            _("Then its provider is asked whether everything is still right, and it counts as unchecked for you too."),
            "veraltet, Erinnerung, Aktualität, Monate, prüfen, halbes Jahr",
        ),
        Rule(
            "remind",
            ("remind_providers",),
            _("Does the portal remind providers by mail?"),
            _("Of what is long unchecked or ends soon: one mail with everything, at most one a week to a person. One "
              "click in it says that everything is still right."),
            "Erinnerung, Erinnerungsmail, mahnen, E-Mail, aktuell, bestätigen",
        ),
        Rule(
            "note",
            ("note_after_days",),
            _("When does the page of an offer say that nobody has checked it?"),
            _("Counted from the day a reminder arrived. Where none could be delivered, nothing happens."),
            "nicht geprüft, Hinweis, veraltet, Erinnerung",
        ),
        Rule(
            "hide",
            ("hide_after_days",),
            _("When does nobody find it any more?"),
            _("Counted from the same day, and only after two reminders that arrived. Nothing is deleted; one click of "
              "its provider brings it back."),
            "ausblenden, verstecken, abschalten, deaktivieren, Erinnerung, verwaist",
        ),
        Rule(
            "ends_soon",
            ("ends_soon_weeks",),
            _("How many weeks before its end does an offer “end soon”?"),
            _("Then its provider is reminded to extend it or to let it end."),
            "endet bald, verlängern, Wochen, Ablauf",
        ),
        Rule(
            "gone",
            ("gone_after_days",),
            _("How many days does the page of an ended offer stay?"),
            _("Until then it says what it was and what there is instead; then search engines forget it."),
            "abgelaufen, vorbei, löschen, Tage, 410",
        ),
    ),
    icon="clock",
    words="Fristen, Dauer, Zeit",
    fixed=(
        _("What is put into the bin stays there for 30 days and can be taken back. This is the same everywhere."),
        _("A link in a mail to confirm an address counts for one day, an invitation for seven, one to confirm offers "
          "for thirty."),
    ),
)  # fmt: skip
