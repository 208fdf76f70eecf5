"""What this room puts on the editors' desk."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register

ADDRESS = "/redaktion/aussehen/"

register(
    TaskCard(
        ADDRESS,
        _("Logo, colours, font"),
        _("How the portal looks, with a preview on its real pages."),
        "art",
        EDITORS,
        Group.LOOK,
        order=10,
        words="Aussehen, Farbe, Hauptfarbe, Akzent, Schriftart, Ecken, Wappen, Favicon, Symbol, Dunkelmodus, Kontrast, "
        "Corporate Design, Branding, Gestaltung, Theme",
    ),
    TaskCard(
        f"{ADDRESS}startseite/",
        _("Picture and words of the start page"),
        _("Title, introduction and picture on top, and the picture beside shared links."),
        "image",
        EDITORS,
        Group.LOOK,
        order=15,
        words="Startbild, Titelbild, Hero, Begrüßung, Einleitung, Teilen, Vorschaubild, Facebook, WhatsApp, "
        "Social Media",
    ),
    TaskCard(
        f"{ADDRESS}kopf-und-fuss/",
        _("Head and foot"),
        _("Name, address and logos of partners on every page."),
        "home",
        EDITORS,
        Group.LOOK,
        order=20,
        words="Kopfzeile, Fußzeile, Header, Footer, Partner, Sponsoren, Förderer, Logos, Anschrift, Kontakt, Telefon, "
        "Name des Portals, Claim, Slogan",
    ),
    TaskCard(
        f"{ADDRESS}frueher/",
        _("Earlier looks"),
        _("What the portal looked like before, and the way back."),
        "repeat",
        EDITORS,
        Group.LOOK,
        order=25,
        words="Version, Verlauf, zurück, wiederherstellen, früheres Aussehen, Rückgängig, altes Logo",
    ),
)
