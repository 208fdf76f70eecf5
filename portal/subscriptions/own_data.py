"""What this room keeps about a person: subscriptions by their address."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import User
from core.own_data import Part, Row, register
from portal.subscriptions.models import Subscription


def gather(user: User) -> list[Row]:
    """What searches the address is told about."""
    found = Subscription.objects.filter(email__iexact=user.email).order_by("pk")
    return [
        {
            pgettext("what is searched", "Search"): each.query,
            _("State"): each.get_state_display(),
            _("Asked for"): each.created_at,
        }
        for each in found
    ]


def leaving(user: User) -> list[Any]:
    """They have nothing to do with the account."""
    kept = Subscription.objects.filter(email__iexact=user.email).exists()
    return [_("Subscriptions of searches go on; each of their mails has a link to end them.")] if kept else []


register(Part("abonnements", gettext_lazy("Subscriptions"), gather, order=70, leaving=leaving))
