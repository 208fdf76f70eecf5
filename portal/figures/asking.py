"""What somebody may see figures of, and what an address asks for of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from portal.figures import sums
from portal.figures.measures import MEASURES, VIEWS, Measure
from portal.figures.periods import MEASURE, Period, read
from portal.offers.models import Offer
from portal.offers.states import State
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.taxonomy.tree import load_tree
from portal.usage.retention import kept_since


@dataclass
class Asked:
    """Figures of one's organisations (or the chosen one), or of one offer, in a period."""

    providers: list[Provider]
    chosen: list[Provider]
    offers: list[int]
    period: Period
    measure: Measure
    offer: Offer | None = None

    @cached_property
    def own(self) -> tuple[sums.Sums, list[sums.Sums]]:
        """Of the whole period and of each part."""
        return sums.over_time(self.offers, self.period)

    @cached_property
    def usual(self) -> sums.Compared:
        """What others have. All of one's own organisations are left out, whichever is chosen."""
        topics = _topics(self.offer) if self.offer is not None else []
        return sums.usual(self.period, own=[each.pk for each in self.providers], topics=topics)

    @property
    def only(self) -> str:
        """The parameter that keeps the chosen one of several organisations."""
        several = len(self.providers) > 1 and len(self.chosen) == 1 and self.offer is None
        return f"anbieter={self.chosen[0].pk}" if several else ""

    def query(self, measure: Measure | None = None) -> str:
        """The address that asks the same, or for another measure."""
        wanted = measure or self.measure
        parts = [self.period.query, self.only, "" if wanted is VIEWS else f"{MEASURE}={wanted.name}"]
        return "&".join(filter(None, parts))


def asked_by(request: HttpRequest, pk: int | None = None) -> Asked:
    """What the address asks for, of what this person may see."""
    providers = list(Provider.objects.kept_by(cast("User", request.user)))
    wanted = [each for each in providers if str(each.pk) == request.GET.get("anbieter")]
    chosen = wanted or providers
    period = read(request.GET, today=timezone.localdate())
    _note_what_is_gone(period)
    name = request.GET.get(MEASURE)
    measure = next((each for each in MEASURES if each.name == name), VIEWS)
    own = Offer.objects.filter(provider__in=chosen).exclude(state=State.TRASHED)
    if pk is None:
        return Asked(providers, chosen, list(own.order_by("pk").values_list("pk", flat=True)), period, measure)
    offer = own.filter(pk=pk).select_related("provider").prefetch_related("categories").first()
    if offer is None:
        raise Http404
    return Asked(providers, [offer.provider], [pk], period, measure, offer)


def _note_what_is_gone(period: Period) -> None:
    """Say where the municipality keeps figures no longer than until some day of the period."""
    since = kept_since(Preferences.current().figures_months, today=timezone.localdate())
    if since is not None and period.first < since:
        day = date_format(since, "DATE_FORMAT")
        period.notes.append(_("Your municipality keeps figures since %(day)s; older ones are deleted.") % {"day": day})


def _topics(offer: Offer) -> Sequence[int]:
    """All topics that stand under the same heading as one of the offer's."""
    tree = load_tree()
    roots = {tree.nodes[each.pk].root.id for each in offer.categories.all() if each.pk in tree.nodes}
    return sorted(node.id for root in roots for node in tree.nodes[root].walk())
