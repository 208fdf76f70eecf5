"""What this room puts on the editors' desk."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/uebersetzungen/",
        _("Translations"),
        _("Read and correct what machines translated."),
        "edit",
        EDITORS,
        Group.CONTENT,
        order=45,
        words="Sprache, Arabisch, Englisch, Korrektur",
    ),
    TaskCard(
        "/redaktion/sprachen/",
        _("Languages"),
        _("Which languages the portal speaks, and who translates its content."),
        "language",
        EDITORS,
        Group.RULES,
        order=60,
        words="Übersetzung, DeepL, LibreTranslate, Budget",
    ),
)
