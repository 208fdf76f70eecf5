"""What this room keeps about a person: which pages and flyers they had read, and which proposals they confirmed."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.drafting.models import Proposal, Reading


def gather(user: User) -> list[Row]:
    """Readings go with the account; that somebody confirmed a value stays, without the account."""
    readings = Reading.objects.filter(by=user).order_by("pk")
    confirmed = Proposal.objects.filter(settled_by=user).order_by("pk")
    return [
        *({_("Read"): str(each), _("On"): each.created_at} for each in readings),
        *({_("Confirmed value"): each.key, _("Offer"): each.offer_id} for each in confirmed),
    ]


register(Part("entwuerfe", gettext_lazy("Pages and flyers you had read"), gather, order=46))
