"""The ways to the two lists from the editors' desk."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/angebote/",
        _("All offers"),
        _("Find, change, enter and hand on offers, one or thousands at once."),
        "calendar",
        EDITORS,
        Group.CONTENT,
        order=5,
        words="Angebote, Kurse, suchen, filtern, eintragen, verlängern, pausieren, Papierkorb, Sammelaktion, "
        "übertragen, Excel, ausgeben, exportieren",
    ),
    TaskCard(
        "/redaktion/anbieter/",
        _("All providers"),
        _("Find, enter and merge providers; say whom you trust."),
        "users",
        EDITORS,
        Group.CONTENT,
        order=6,
        words="Anbieter, Vereine, Organisationen, doppelt, zusammenführen, vertrauenswürdig, freigeben, eintragen, "
        "Excel, ausgeben",
    ),
)
