"""What this room keeps about a person: newsletters by their address."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.newsletter.models import Reader


def gather(user: User) -> list[Row]:
    """Which newsletters the address gets."""
    found = Reader.objects.filter(email=user.email.lower()).select_related("newsletter").order_by("pk")
    return [
        {
            _("Newsletter"): each.newsletter.name,
            _("State"): each.get_state_display(),
            _("From where"): each.get_source_display(),
            _("Consent"): each.evidence,
            _("Asked for"): each.created_at,
            _("Confirmed"): each.confirmed_at,
        }
        for each in found
    ]


def leaving(user: User) -> list[Any]:
    """They have nothing to do with the account."""
    kept = Reader.objects.filter(email=user.email.lower()).exists()
    return [_("Newsletters go on; each of them has a link to end it.")] if kept else []


register(Part("newsletter", gettext_lazy("Newsletters"), gather, order=71, leaving=leaving))
