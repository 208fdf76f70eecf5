"""What this room puts on the editors' desk: one card; links and doubles are found by their words and lead from it."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/qualitaet/",
        _("Quality"),
        _("What is outdated, incomplete or there twice, and whom to remind."),
        "chart",
        EDITORS,
        Group.CHECK,
        order=40,
        words="veraltet, ungeprüft, unvollständig, Bild fehlt, Barrierefreiheit, lesbar, verständlich, Erinnerung, "
        "stille Anbieter, Ziele, Links, kaputt, tot, 404, Webseite, doppelt, Dublette, zusammenführen, zweimal",
    ),
)
