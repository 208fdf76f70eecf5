"""What this room puts on the editors' desk."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register
from portal.search.models import Unanswered


def _in_vain() -> list[QuerySet[Any]]:
    return [Unanswered.objects.filter(dismissed=False)]


register(
    TaskCard(
        "/redaktion/synonyme/",
        _("Synonyms"),
        _("Words that mean the same when somebody searches."),
        "search",
        EDITORS,
        Group.TOOLS,
        order=70,
        words="Synonyme, Suchwort, anderes Wort, Abkürzung",
    ),
    TaskCard(
        "/redaktion/synonyme/vorschlaege/",
        _("Searched in vain"),
        _("Words that residents search often and that find nothing."),
        "question",
        EDITORS,
        Group.TOOLS,
        order=71,
        waits=_in_vain,
        words="Suchwort, nichts gefunden, ohne Treffer, Suchbegriffe, Vorschläge, Synonym",
    ),
    TaskCard(
        "/redaktion/suche/erklaeren/",
        _("Explain the search"),
        _("How a question is understood, and why an offer is found."),
        "search",
        EDITORS,
        Group.TOOLS,
        order=72,
        words="Suche, Treffer, Reihenfolge, warum, gefunden, Erklärung, Gewicht",
    ),
)
