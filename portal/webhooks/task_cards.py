"""What this room puts on the administrators' desk."""

from django.utils.translation import gettext_lazy as _

from core.access import Permission, roles_with
from core.task_cards import Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/webhooks/",
        _("Webhooks"),
        _("Tell other programs at once when an offer becomes public, changes or ends."),
        "share",
        roles_with(Permission.PROGRAMS),
        Group.TOOLS,
        order=72,
        words="API, Schnittstelle, benachrichtigen, Ereignisse, Standard Webhooks, Push, Website, Synchronisierung",
    )
)
