"""A look other than the published one, for the page that is being made: the preview of a draft.

It holds for the thread of work that asked for it and ends with its `with` block, so no visitor ever meets a draft.
Whoever remembers something made of the look (`tenants.running.changes.remembered`) asks `shown` first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from theming.css import Stylesheet
    from theming.models import PartnerLogo, Theme


@dataclass(frozen=True, slots=True)
class Shown:
    """All that pages read of a look; `address` is where its style sheet is fetched."""

    theme: Theme
    partners: list[PartnerLogo]
    sheet: Stylesheet
    address: str


_shown: ContextVar[Shown | None] = ContextVar("theming_shown", default=None)


def shown() -> Shown | None:
    """What is shown instead of the published look; None on every page but a preview."""
    return _shown.get()


@contextmanager
def showing(look: Shown) -> Iterator[None]:
    """Within it, pages have this look."""
    before = _shown.set(look)
    try:
        yield
    finally:
        _shown.reset(before)
