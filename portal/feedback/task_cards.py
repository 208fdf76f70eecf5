"""What this room puts on the editors' desk."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register
from portal.feedback.models import Case


def _open_cases() -> list[QuerySet[Any]]:
    return [Case.objects.open()]


register(
    TaskCard(
        "/redaktion/meldungen/",
        _("Messages of residents"),
        _("Questions, mistakes and barriers people reported."),
        "mail",
        EDITORS,
        Group.CHECK,
        order=20,
        waits=_open_cases,
        words="Kontakt, Frage, Fehler, Hinweis, Antwort, Werbung",
        landing=True,
    ),
    TaskCard(
        "/redaktion/barrierefreiheit/",
        _("Accessibility statement"),
        _("What the law wants you to declare."),
        "disability",
        EDITORS,
        Group.CONTENT,
        order=60,
        words="Barriere, Gesetz, BITV, WCAG, Schlichtung",
    ),
)
