"""What this room puts on the editors' desk."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register
from mail.models import OutboxMessage


def _given_up() -> list[QuerySet[Any]]:
    return [OutboxMessage.objects.given_up()]


register(
    TaskCard(
        "/redaktion/mails/",
        _("Mails of the portal"),
        _("What they say, what was sent, what waits and what did not arrive."),
        "mail",
        EDITORS,
        Group.TOOLS,
        order=30,
        waits=_given_up,
        words="E-Mail, Mailtext, Vorlage, Text ändern, Betreff, Platzhalter, Postausgang, zugestellt, erneut senden, "
        "Versand, Rückläufer, Bounce, Benachrichtigung, Erinnerung",
    )
)
