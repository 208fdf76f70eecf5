"""Offers and providers for the search of the column."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from core.finding import Finder, Found, register
from core.task_cards import EDITORS
from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.models import Provider
from portal.providers.models import State as ProviderState


def _all_words(rows: QuerySet[Any], name: str, words: str) -> QuerySet[Any]:
    """Those with every word in this field."""
    wanted = Q()
    for word in words.split():
        wanted &= Q(**{f"{name}__icontains": word})
    return rows.filter(wanted)


def _offers(words: str, most: int) -> Sequence[Found]:
    rows = _all_words(Offer.objects.exclude(state=State.TRASHED), "title", words).select_related("provider")
    # The newest first: where a word fits thousands, nobody sorts them all.
    rows = rows.only("title", "provider__name").order_by("-pk")[:most]
    return [Found(each.title, f"/redaktion/angebote/{each.pk}/", each.provider.name) for each in rows]


def _providers(words: str, most: int) -> Sequence[Found]:
    rows = _all_words(Provider.objects.exclude(state=ProviderState.TRASHED), "name", words)
    rows = rows.only("name", "city", "email").order_by("name_key", "pk")[:most]
    return [Found(each.name, f"/redaktion/anbieter/{each.pk}/", each.city or each.email) for each in rows]


register(Finder("angebote", gettext_lazy("Offers"), "list", EDITORS, _offers, order=10))
register(Finder("anbieter", gettext_lazy("Providers"), "building", EDITORS, _providers, order=20))
