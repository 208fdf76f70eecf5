"""The way to the editors' desk itself, and its own pages."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register
from portal.editorial.waiting import to_be_counted

register(
    TaskCard(
        "/redaktion/",
        _("Editorial desk"),
        _("All tasks and settings of the editorial team."),
        "list",
        EDITORS,
        order=10,
        landing=True,
    ),
    TaskCard(
        "/redaktion/einstellungen/schreibtisch/",
        _("Desk, keys and weekly mail"),
        _("How you work: single keys, the mail of what is waiting, and the goal of days."),
        "list",
        EDITORS,
        Group.RULES,
        order=90,
        words="Tasten, Tastatur, Kürzel, Wochenmail, Erinnerung, abbestellen, Ziel, Tage, Arbeitsliste, Schreibtisch",
    ),
    TaskCard(
        "/redaktion/pruefen/",
        _("Approve"),
        _("Offers and changes that somebody handed in."),
        "check",
        EDITORS,
        Group.CHECK,
        order=10,
        waits=to_be_counted,
        words="freischalten, freigeben, prüfen, zurückgeben, Angebote, Änderungen",
        landing=True,
    ),
)
