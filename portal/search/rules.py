"""Lets the search speak about the municipality's rules; what it says is loaded when somebody looks at them."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from core.lazy import lazy
from portal.preferences.effects import register
from portal.preferences.models import Preferences

if TYPE_CHECKING:
    from portal.search import effects
else:
    effects = lazy("portal.search.effects")

SPEAKERS = {
    "place_mode": "place_mode_means",
    "radius": "radius_means",
    "start_sort": "start_means",
    "page_size": "pages_mean",
    "filters": "hidden_filters",
    "flags": "flags_find",
    "search_engines": "listed",
}


def _said(speaker: str, wished: Preferences, kept: Preferences) -> Iterable[str]:
    sentences: Iterable[str] = getattr(effects, speaker)(wished, kept)
    return sentences


for rule, speaker in SPEAKERS.items():
    register(rule, partial(_said, speaker))
