"""A table of figures: what a page draws, and what is taken along as a file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.listing.export import KINDS, as_file
from portal.listing.spec import Cell
from portal.planning.asking import Asked
from portal.planning.definitions import Definition


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. `about` are the figures it shows; `notes` what holds for this table alone; `ends` are rows
    below (sums, medians)."""

    name: str
    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    about: Sequence[Definition]
    ends: Sequence[Sequence[Cell]] = ()
    notes: Sequence[str] = field(default_factory=tuple)

    @property
    def sentences(self) -> list[str]:
        """What it counts, then what holds for it alone."""
        return [*(str(each.counts) for each in self.about), *self.notes]


Maker = Callable[[Asked], Table]
_makers: dict[str, Maker] = {}


def register(name: str, maker: Maker) -> None:
    """Let a table be taken along under this name."""
    if name in _makers:
        raise ValueError(f"There is a table “{name}” already.")
    _makers[name] = maker


def maker_of(name: str) -> Maker:
    """Who makes the table of this name."""
    if name not in _makers:
        raise Http404
    return _makers[name]


def names() -> list[str]:
    """All tables that can be taken along."""
    return sorted(_makers)


def as_download(table: Table, asked: Asked, kind: str) -> HttpResponse:
    """The table as a file; a workbook has a second sheet that says what was counted and asked for."""
    if kind not in KINDS:
        raise Http404
    rows = [list(row) for row in (*table.rows, *table.ends)]
    widths = [max(12, min(44, len(str(head)) + 2)) for head in table.heads]
    widths[0] = 36
    return as_file(table.name, list(table.heads), widths, rows, kind, about=(_("Definitions"), explained(table, asked)))


def explained(table: Table, asked: Asked) -> Iterable[Sequence[Cell]]:
    """What was counted, over which time and under which filters, and when."""
    yield _("Table"), table.title
    for each in table.about:
        yield str(each.label), str(each.counts)
    for note in table.notes:
        yield _("Note"), note
    yield _("Period"), asked.period.label
    yield _("Day on which is counted what there is"), date_format(asked.day, "DATE_FORMAT")
    yield from asked.chosen
    yield _("Address"), asked.address
    yield _("Made on"), date_format(timezone.localtime(), "DATETIME_FORMAT")
