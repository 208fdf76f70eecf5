"""What this room puts on the editors' desk."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register
from portal.preferences.rulebook import ADDRESS, OWN

register(
    TaskCard(
        ADDRESS,
        _("All rules"),
        _("Everything that can be set, with what it is now."),
        "settings",
        EDITORS,
        Group.RULES,
        order=5,
        words="Einstellungen, Regeln, Konfiguration, Übersicht, Standard",
    ),
    *(
        TaskCard(
            each.url,
            each.label,
            each.lead,
            each.icon,
            each.roles,
            Group.RULES,
            order=10 + place * 5,
            words=" ".join([each.words, *(rule.words for rule in each.rules)]),
        )
        for place, each in enumerate(OWN)
    ),
)
