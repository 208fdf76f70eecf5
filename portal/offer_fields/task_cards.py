"""What this room puts on the editors' desk."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/einstellungen/angebotsfelder/",
        _("Details of offers"),
        _("Own details with their questions, and which of the usual ones are asked."),
        "list",
        EDITORS,
        Group.RULES,
        order=30,
        words="Zusatzfelder, eigene Felder, Merkmale, Formular, Filter, optionale Felder, Angaben, ausblenden",
    )
)
