"""The figures in words: a summary of the picture, what is usual, and why nothing may be there yet."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.figures.measures import Measure
from portal.figures.periods import Part, Period
from portal.figures.sums import FEWEST, Sums, Usual
from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.states import State as ProviderState


def number_of(value: float) -> str:
    """“12”, “12,5”."""
    return number_format(value, 0 if float(value).is_integer() else 1, force_grouping=True)


def summary(measure: Measure, whole: int, numbers: Sequence[int], parts: Sequence[Part], period: Period) -> str:
    """What the picture shows: the sum, and where most of it was."""
    said = _("%(what)s, %(period)s: %(number)s.") % {
        "what": measure.label,
        "period": period.label,
        "number": number_of(whole),
    }
    if not whole or len(parts) < 2:
        return said
    most = max(numbers)
    at = [part.label for part, number in zip(parts, numbers, strict=True) if number == most]
    if len(at) > 1:
        return said
    return said + " " + _("Most were in %(part)s: %(number)s.") % {"part": at[0], "number": number_of(most)}


def comparison(measure: Measure, usual: Usual) -> str:
    """What half of the others have, or why it is not told."""
    if not usual.offers:
        return _(
            "There is no comparison: it is shown only where at least %(number)d offers of other organisations are "
            "public, so that nobody's own figures can be read out of it."
        ) % {"number": FEWEST}
    who = (
        ngettext("%(number)d public offer of others with the same topics", "%(number)d public offers of others with "
                 "the same topics", usual.offers)
        if usual.near
        else ngettext("%(number)d public offer of others", "%(number)d public offers of others", usual.offers)
    ) % {"number": usual.offers}  # fmt: skip
    return _("For comparison: of %(who)s one half has at most %(median)s in this period, the other at least.") % {
        "who": who,
        "median": number_of(usual.medians[measure.name]),
    }


def nothing_yet(offer: Offer | None, whole: Sums) -> str:
    """Why there are no figures, and from when on there will be some; empty where there are some."""
    if whole.counts.total():
        return ""
    if offer is None:
        return _(
            "In this period nothing was counted yet. Figures appear about a second after somebody opened an offer."
        )
    if offer.published_at is None:
        return _("This offer was never public. Counting begins on the day on which it becomes public.")
    if offer.state != State.PUBLISHED or offer.provider.state != ProviderState.PUBLISHED:
        return _("This offer is not public at present: nobody can open it, so nothing is counted.")
    return _(
        "Nobody opened this offer in this period yet. It has been public since %(day)s; figures appear about a second "
        "after somebody opened it."
    ) % {"day": date_format(timezone.localdate(offer.published_at), "DATE_FORMAT")}
