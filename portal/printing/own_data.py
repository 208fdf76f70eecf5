"""What this room keeps about a person: that they made a paper."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.printing.models import Paper


def gather(user: User) -> list[Row]:
    """The papers are the municipality's; the person is told that their name stands there."""
    return [
        {
            _("Printed matter"): each.title,
            _("Kind"): each.get_kind_display(),
            _("Begun on"): each.created_at,
        }
        for each in Paper.objects.filter(by=user)
    ]


def released(user: User) -> None:
    """The name goes with the account."""
    Paper.objects.filter(by=user).update(by_name="")


register(Part("drucksachen", gettext_lazy("Printed matter you began"), gather, order=87, released=released))
