"""People for the search of the editors' column."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.finding import Finder, Found, register
from core.ordering import ByName
from core.task_cards import EDITORS


def _people(words: str, most: int) -> Sequence[Found]:
    """Those with every word in their name or address."""
    wanted = Q()
    for word in words.split():
        wanted &= Q(name__icontains=word) | Q(email__icontains=word)
    rows = User.objects.filter(wanted).only("name", "email").order_by(ByName("name"), "email")[:most]
    return [Found(str(each), f"/redaktion/personen/{each.pk}/", each.email) for each in rows]


register(Finder("personen", gettext_lazy("People"), "users", EDITORS, _people, order=30))
