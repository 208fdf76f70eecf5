"""What editors and administrators find on their desk, and everybody in their account."""

from django.utils.translation import gettext_lazy as _

from core.access import Permission, Role, roles_with
from core.task_cards import Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/personen/",
        _("People and roles"),
        _("Everybody with an account: roles, organisations, help with signing in."),
        "users",
        roles_with(Permission.PEOPLE),
        Group.PEOPLE,
        order=5,
        words="Benutzer, Nutzer, Konto, Rechte, einladen, Einladung, Kollegin, sperren, anmelden als, Mitglieder",
    ),
    TaskCard(
        "/redaktion/protokoll/",
        _("Who did what"),
        _("The log of all changes, to read, filter and export."),
        "list",
        roles_with(Permission.LOG),
        Group.TOOLS,
        order=40,
        words="Protokoll, Audit, Änderungen, Verlauf, Nachweis, wer hat",
    ),
    TaskCard(
        "/konto/zugriffe/",
        _("Help from the editorial team"),
        _("When somebody signed in as you to help, why, and what they changed."),
        "eye",
        # Nobody acts as anybody else; on the operator's side there is no such page.
        frozenset({Role.PROVIDER}),
        order=92,
        landing=True,
        under="/konto/person/",
    ),
)
