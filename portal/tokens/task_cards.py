"""What this room puts on the administrators' desk."""

from django.utils.translation import gettext_lazy as _

from core.access import Permission, roles_with
from core.task_cards import Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/zugaenge/",
        _("Tokens for programs"),
        _("Let other programs read more, or write offers for organisations."),
        "sign-in",
        roles_with(Permission.PROGRAMS),
        Group.TOOLS,
        order=70,
        words="API, Schnittstelle, Token, Schlüssel, Zugang, Programm, Kursverwaltung, Import, REST, Bearer",
    )
)
