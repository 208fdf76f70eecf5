"""The way to reports in the editors' column."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.access import Role
from core.task_cards import Group, TaskCard, register

register(
    TaskCard(
        "/auswertung/berichte/",
        pgettext_lazy("of the evaluation", "Reports"),
        _("Pages of the evaluation as one PDF, now or every month, quarter or year, told by mail."),
        "print",
        frozenset({Role.PLANNER, Role.EDITOR, Role.ADMIN}),
        Group.PLANNING,
        order=70,
        words="Bericht, PDF, Monatsbericht, Quartalsbericht, Jahresbericht, drucken, Versand, Ausschuss, Vorlage",
    ),
)
