"""The way to demand in the editors' column."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import Group, TaskCard, register

register(
    TaskCard(
        "/auswertung/nachfrage/",
        _("What is sought"),
        _("Search words, filters, topics and districts; what was not found; views and contacts."),
        "search",
        frozenset({Role.PLANNER, Role.EDITOR, Role.ADMIN}),
        Group.PLANNING,
        order=30,
        words="Nachfrage, Suche, Suchbegriffe, Suchwörter, Aufrufe, Kontakte, ohne Treffer, nicht gefunden, Filter",
    ),
)
