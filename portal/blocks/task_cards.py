"""What this room puts on the editors' desk."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register
from portal.blocks.models import Draft


def _in_trouble() -> list[QuerySet[Any]]:
    return [Draft.objects.exclude(trouble="")]


register(
    TaskCard(
        "/redaktion/seiten/",
        _("Pages"),
        _("Write pages in blocks, look at them before, let them go online now or later."),
        "file",
        EDITORS,
        Group.CONTENT,
        order=15,
        waits=_in_trouble,
        words="Seite anlegen, Seite bearbeiten, Baustein, Inhaltsseite, Entwurf, Vorschau, Zeitplan, veröffentlichen, "
        "Bild, Galerie, Kacheln, Download, Datei, Video, Zitat, Fragen und Antworten, FAQ, Karte, Netzwerk, "
        "Fachkräfte, Ansprechpartner, Text ändern, Unterseite, CMS",
    )
)
