"""What this room keeps about a person: mails to their address."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from mail.models import OutboxMessage, Unreachable


def gather(user: User) -> list[Row]:
    """Mails, without the links to passwords and confirmations in them: whoever reads this page must not use those."""
    found = OutboxMessage.objects.filter(to=user.email).order_by("pk")
    return [
        {
            _("Written"): each.created_at,
            _("Subject"): each.subject,
            _("State"): each.get_state_display() if each.bounced_at is None else _("came back"),
        }
        for each in found
    ]


def released(user: User) -> None:
    """Forget the mails to somebody who leaves."""
    OutboxMessage.objects.filter(to=user.email).delete()
    Unreachable.objects.filter(address=user.email).delete()


register(Part("mails", gettext_lazy("Mails to you"), gather, order=60, everywhere=True, released=released))
