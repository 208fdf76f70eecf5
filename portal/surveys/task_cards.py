"""The way to surveys in the column of the evaluation."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import Group, TaskCard, register

register(
    TaskCard(
        "/auswertung/umfragen/",
        _("Surveys"),
        _("Ask residents or providers a few questions, anonymously, and see what came out."),
        "question",
        frozenset({Role.PLANNER, Role.EDITOR, Role.ADMIN}),
        Group.PLANNING,
        order=70,
        words="Umfrage, Fragebogen, Befragung, Meinung, Zufriedenheit, Bedarf, Rückmeldung, Beteiligung, QR-Code",
    ),
)
