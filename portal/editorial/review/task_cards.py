"""The way to the pages of the review."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/pruefen/kenntnis/",
        _("For your information"),
        _("What became public without approval, to be looked at afterwards."),
        "eye",
        EDITORS,
        Group.CHECK,
        order=12,
        words="Kenntnis, ohne Freigabe, veröffentlicht, ansehen, Änderungen",
    ),
    TaskCard(
        "/redaktion/pruefen/saetze/",
        _("Sentences for reasons"),
        _("What you say again and again when you give something back."),
        "edit",
        EDITORS,
        Group.RULES,
        order=22,
        words="Textbausteine, Bausteine, Begründung, Zurückgeben, Mail",
    ),
    TaskCard(
        "/redaktion/pruefen/vertrauen/",
        _("Trusted providers"),
        _("Whose texts become public without approval."),
        "check",
        EDITORS,
        Group.RULES,
        order=24,
        words="Vertrauen, ausgenommen, Freigabe, Anbieter, ohne Prüfung",
    ),
)
