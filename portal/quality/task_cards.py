"""What this room puts on the editors' desk."""

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
        "stille Anbieter, Ziele",
    ),
    TaskCard(
        "/redaktion/qualitaet/links/",
        _("Links"),
        _("Links on the portal that lead nowhere any more."),
        "external",
        EDITORS,
        Group.CHECK,
        order=42,
        words="kaputt, tot, 404, Webseite, Adresse, Link prüfen",
    ),
    TaskCard(
        "/redaktion/qualitaet/doppelt/",
        _("Possible doubles"),
        _("Offers and providers that are perhaps there twice."),
        "copy",
        EDITORS,
        Group.CHECK,
        order=44,
        words="doppelt, Dublette, zusammenführen, gleich, zweimal",
    ),
)
