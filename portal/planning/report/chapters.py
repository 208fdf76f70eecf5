"""Which pages of the evaluation can stand in a report, and what of each: the same tables, pictures and definitions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.planning.asking import Asked
from portal.planning.demand import tables as demand_tables
from portal.planning.demand.figures import Demand
from portal.planning.demand.tiles import tiles_of
from portal.planning.dimensions import DIMENSIONS
from portal.planning.drawing.registry import Picture, picture_of
from portal.planning.gaps import Gaps
from portal.planning.gaps import as_table as gaps_table
from portal.planning.gaps_views import ENOUGH, told_gap
from portal.planning.kpis import Kpi, tiles
from portal.planning.matrix import as_table as matrix_table
from portal.planning.models import DistrictSheet
from portal.planning.pictures.makers import GAP_MAPS
from portal.planning.sheets.making import made_of
from portal.planning.supply import by, over_time, when
from portal.planning.tables import Table
from portal.planning.words import number

# A table longer than that is looked at in the files; the report says so.
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Figure:
    """One section: a table, pictures above it, lines below it."""

    title: str
    table: Table | None = None
    pictures: Sequence[Picture] = ()
    lines: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Page:
    """A page that can be in a report. `noted`: the figure whose note stands there, too."""

    path: str
    title: Promise | str
    make: Callable[[Asked], list[Figure]]
    noted: str = ""


def _drawn(name: str, asked: Asked) -> list[Picture]:
    """The picture of this name, if there is one to draw."""
    try:
        return [picture_of(name, asked)]
    except Http404:
        return []


def _figure(table: Table, asked: Asked, *pictures: str) -> Figure:
    found = [each for name in (pictures or (table.name,)) for each in _drawn(name, asked)]
    return Figure(table.title, table, found)


def _kpis(made: Sequence[Kpi]) -> Figure:
    rows = [[tile.label, tile.value, tile.counts] for tile in made]
    title = _("The most important figures")
    return Figure(title, Table("kennzahlen", title, [_("Figure"), _("Value"), _("What it is")], rows, ()))


def _overview(asked: Asked) -> list[Figure]:
    return [_kpis(tiles(asked)), _figure(over_time(asked), asked)]


def _supply(asked: Asked) -> list[Figure]:
    figures = [_figure(over_time(asked), asked), _figure(when(asked), asked)]
    for dimension in DIMENSIONS:
        if dimension.name not in ("wochentag", "uhrzeit"):
            table = by(dimension, asked)
            figures.append(_figure(table, asked, "karte") if table.name == "ort" else _figure(table, asked))
    return figures


def _matrix(asked: Asked) -> list[Figure]:
    return [_figure(matrix_table(asked), asked)]


def _gaps(asked: Asked) -> list[Figure]:
    found = Gaps.of(asked)
    listed = [told_gap(gap) for gap in found.found if gap.number >= ENOUGH]
    lines = [
        _("%(name)s: %(number)s of 3 signs.") % {"name": each["row"].name, "number": number(each["number"])}
        + " "
        + " ".join(f"{sign['label']}: {sign['text']}." for sign in each["signs"] if sign["given"])
        + (f" {each['lacking']}" if each["lacking"] else "")
        for each in listed
    ]
    title = _("Little on offer, much demand")
    return [
        _figure(gaps_table(asked), asked, *GAP_MAPS),
        Figure(
            title, lines=lines or [_("No district has two signs.") if found.rows else _("There are no districts yet.")]
        ),
    ]


def _demand(names: Sequence[str], asked: Asked) -> list[Figure]:
    demand = Demand.of(asked)
    return [_figure(demand_tables.table(name, demand), asked) for name in names]


def _sought(asked: Asked) -> list[Figure]:
    return [_kpis(tiles_of(Demand.of(asked))), *_demand((demand_tables.MONTHS,), asked)]


def _sheet(sheet: DistrictSheet, asked: Asked) -> list[Figure]:
    made = made_of(sheet, asked)
    pictures = [picture for each in made.all_panels if (picture := each.picture()) is not None]
    return [Figure(sheet.name, made.table, pictures, list(filter(None, sheet.text.splitlines())))]


def pages() -> dict[str, Page]:
    """All that can be chosen at this moment: the pages there always are, and the comparisons of districts."""
    sheets = {f"{_AT}ortsteile/{each.pk}/": each for each in DistrictSheet.objects.all()}
    return PAGES | {path: Page(path, each.name, partial(_sheet, each)) for path, each in sheets.items()}


_AT = "/auswertung/"
PAGES = {
    page.path: page
    for page in (
        Page(_AT, gettext_lazy("Overview and figures"), _overview, "verlauf"),
        Page(f"{_AT}angebot/", gettext_lazy("Offers and providers"), _supply, "angebot"),
        Page(f"{_AT}matrix/", gettext_lazy("Matrix"), _matrix, "matrix"),
        Page(f"{_AT}luecken/", gettext_lazy("Gaps"), _gaps, "luecken"),
        Page(f"{_AT}nachfrage/", gettext_lazy("What is sought"), _sought),
        Page(f"{_AT}nachfrage/woerter/", gettext_lazy("Search words"), partial(_demand, (demand_tables.WORDS_TABLE,))),
        Page(
            f"{_AT}nachfrage/nicht-gefunden/",
            gettext_lazy("Searched and not found"),
            partial(_demand, (demand_tables.MISSING_WORDS, demand_tables.MISSING, demand_tables.PAIRS)),
        ),
        Page(
            f"{_AT}nachfrage/themen/",
            gettext_lazy("Topics and districts"),
            partial(_demand, (demand_tables.TOPICS_TABLE, demand_tables.DISTRICTS)),
        ),
        Page(f"{_AT}nachfrage/filter/", gettext_lazy("Filters used"), partial(_demand, (demand_tables.FILTERS_TABLE,))),
    )
}
