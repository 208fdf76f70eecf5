"""What this room puts on the editors' desk."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/start-check/",
        _("Go-live check"),
        _("What is still missing before everybody may see the portal, one step after the other."),
        "check",
        EDITORS,
        Group.TOOLS,
        order=5,
        landing=True,
        words="Start, Veröffentlichung, online gehen, fertig, Checkliste, Freischaltung, einrichten",
    ),
    TaskCard(
        "/redaktion/menues/",
        _("Menus"),
        _("What stands at the top and at the bottom of each page, in two levels."),
        "menu",
        EDITORS,
        Group.CONTENT,
        order=32,
        words="Navigation, Kopfzeile, Fußzeile, Menü, Link, Links im Fuß, soziale Netzwerke, Reihenfolge",
    ),
    TaskCard(
        "/redaktion/rechtliches/",
        _("Legal pages"),
        _("Imprint, privacy and terms of use, made from a few answers."),
        "law",
        EDITORS,
        Group.CONTENT,
        order=34,
        words="Impressum, Datenschutz, DSGVO, Nutzungsbedingungen, AGB, Recht, Verantwortlicher",
    ),
    TaskCard(
        "/redaktion/medien/",
        _("Pictures"),
        _("All pictures with their descriptions, where each is used and how much room they take."),
        "image",
        EDITORS,
        Group.CONTENT,
        order=36,
        words="Mediathek, Medien, Bild, Foto, Alternativtext, Bildbeschreibung, Speicherplatz, Bildnachweis",
    ),
    TaskCard(
        "/redaktion/weiterleitungen/",
        _("Redirects"),
        _("Old addresses that lead to new ones, so that no printed link goes to nothing."),
        "arrow-forward",
        EDITORS,
        Group.TOOLS,
        order=60,
        words="Umleitung, Adresse, URL, Link, 404, Kurzadresse, alte Seite",
    ),
)
