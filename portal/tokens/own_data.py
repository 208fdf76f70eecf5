"""What this room keeps about a person: which tokens they gave."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.tokens.models import Token


def gather(user: User) -> list[Row]:
    """Tokens they made; the name goes with the account, the token stays the municipality's."""
    found = Token.objects.filter(created_by=user).order_by("pk")
    return [{_("Token"): each.name, _("Since"): each.created_at} for each in found]


register(Part("zugaenge", gettext_lazy("Tokens you gave to programs"), gather, order=59))
