"""What helps where a search finds nothing: what comes near, plainly told apart, and ways on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.search.parameters import FARTHEST_KM
from portal.search.results import Results
from theming.cards import OfferCard

MOST_MENTIONS, MOST_PARTLY = 5, 4
_WIDER = 3


@dataclass(frozen=True, slots=True)
class Help:
    """Offers that only mention the words, offers that have a part of them, and other searches."""

    mentioned: Sequence[OfferCard]
    mentions: int
    partly: Sequence[OfferCard]
    ways: Sequence[dict[str, str]]


Cards = Callable[[Results, list[int]], list[OfferCard]]


def help_for(results: Results, cards_of: Cards) -> Help:
    """What may help whoever finds nothing."""
    ids = results.columns.ids
    mentions = ids[results.mentions].tolist()
    partly = [pk for pk in ids[results.partly(MOST_PARTLY)].tolist() if pk not in mentions]
    shown = mentions[:MOST_MENTIONS]
    return Help(
        mentioned=cards_of(results, shown) if shown else (),
        mentions=len(mentions),
        partly=cards_of(results, partly) if partly else (),
        ways=list(_ways(results)),
    )


def _ways(results: Results) -> Iterator[dict[str, str]]:
    query = results.search.query
    if results.search.area is not None:
        km = min(results.search.area.km * _WIDER, FARTHEST_KM)
        yield {"label": _("Look within %(km)d km") % {"km": km}, "url": f"?{query.link(radius=km)}"}
    if query.asks_for_dates:
        whenever = query.link(from_date=None, to_date=None, weekdays=(), from_time=None, to_time=None)
        yield {"label": _("Look on all days and times"), "url": f"?{whenever}"}
