"""What this room keeps about a person: which offers they wrote or changed last."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.offers.models import Offer


def gather(user: User) -> list[Row]:
    """Offers by number and title, and what the person has to do with them."""
    found = Offer.objects.filter(Q(author=user) | Q(last_editor=user)).order_by("pk")
    return [
        {
            _("Number"): offer.pk,
            _("Title"): offer.title,
            _("Written by you"): offer.author_id == user.pk,
            _("Last changed by you"): offer.last_editor_id == user.pk,
        }
        for offer in found
    ]


register(Part("angebote", gettext_lazy("Offers"), gather, order=30))
