"""What this room keeps about a person: the tables they sent, for thirty days."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.imports.models import Upload


def gather(user: User) -> list[Row]:
    """The files themselves are the organisation's and can be downloaded by whoever sent them."""
    return [
        {
            _("File"): each.name,
            _("Organisation"): each.provider.name,
            _("Sent on"): each.sent_at,
            _("State of the file"): each.get_state_display(),
        }
        for each in Upload.objects.filter(by=user).select_related("provider")
    ]


def released(user: User) -> None:
    """The name goes with the account."""
    Upload.objects.filter(by=user).update(by_name="")


register(Part("tabellen", gettext_lazy("Tables of offers you sent"), gather, order=86, released=released))
