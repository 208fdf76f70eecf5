"""What is compared: each figure is one function of a month's numbers, used for one's own value and for the median."""

from collections.abc import Callable
from dataclasses import dataclass
from math import floor, log10
from typing import Protocol


class Numbers(Protocol):
    """What a figure is made of (`models.MonthFigures`)."""

    published_offers: int
    free_offers: int
    accessible_offers: int
    providers: int
    inhabitants: int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """`name` is kept with medians; its words stand with the pages that show it (portal.planning.comparison)."""

    name: str
    of: Callable[[Numbers], float | None]


def _per(part: float, whole: float | None, times: float) -> float | None:
    return times * part / whole if whole else None


FIGURES: tuple[Figure, ...] = (
    Figure("offers", lambda each: float(each.published_offers)),
    Figure("providers", lambda each: float(each.providers)),
    Figure("offers_per_thousand", lambda each: _per(each.published_offers, each.inhabitants, 1000)),
    Figure("offers_per_provider", lambda each: _per(each.published_offers, each.providers, 1)),
    Figure("free_share", lambda each: _per(each.free_offers, each.published_offers, 100)),
    Figure("accessible_share", lambda each: _per(each.accessible_offers, each.published_offers, 100)),
)


def rounded(value: float) -> float:
    """To two digits that count (317 → 320, 4.56 → 4.6): the median of an odd number is one municipality's own figure,
    and nobody needs to recognise it."""
    if not value:
        return 0.0
    digits = 1 - floor(log10(abs(value)))
    # Half up, as people round; not half to the even.
    scale = 10.0**digits
    return float(f"{floor(value * scale + 0.5) / scale:.10g}")
