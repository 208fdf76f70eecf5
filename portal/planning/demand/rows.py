"""A line of a table of demand, for pages with its links and for files without."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.listing.spec import Cell
from portal.planning.words import number


@dataclass(frozen=True, slots=True)
class Row:
    """`url`: what there is of it today; `also`: other words for it; `depth`: below how many others it stands."""

    label: str
    cells: Sequence[Cell]
    url: str = ""
    also: str = ""
    depth: int = 0

    @property
    def said(self) -> list[str]:
        """The cells in words."""
        return [number(each) if isinstance(each, int) or each is None else str(each) for each in self.cells]


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows under their headings."""

    heads: Sequence[str]
    rows: list[Row] = field(default_factory=list)


def hidden() -> str:
    """What stands where fewer than five may be meant."""
    return _("under 5")


def least(value: int | None) -> Cell:
    """A number that may be told, or that it may not."""
    return value or hidden()


def changed(now: int, before: dict[str, int] | None, keys: Iterable[str]) -> Cell:
    """By how much more than before; None where nothing is known of before."""
    if before is None:
        return None
    change = now - sum(before.get(key, 0) for key in keys)
    return f"+{number(change)}" if change > 0 else f"−{number(-change)}" if change else "±0"
