"""The pictures of demand: searches by month, and the first rows of each table as bars."""

from functools import partial

from django.utils.translation import gettext as _

from portal.planning.asking import Asked
from portal.planning.demand import tables
from portal.planning.demand.figures import Demand
from portal.planning.drawing.registry import Picture, register
from portal.planning.drawing.shapes import Line
from portal.planning.pictures.makers import bars_of
from portal.planning.tables import Table
from portal.planning.words import number


def months_of(table: Table) -> tuple[list[int], str]:
    """The searches of each month (0 where too few to be told), and in words what they show."""
    values = [int(row[1]) if isinstance(row[1], int) else 0 for row in table.rows]
    summary = _("Searches by month: %(first)s at the beginning, %(last)s at the end, at most %(most)s.") % {
        "first": number(values[0] if values else 0),
        "last": number(values[-1] if values else 0),
        "most": number(max(values, default=0)),
    }
    return values, summary


def _months(asked: Asked) -> Picture | None:
    demand = Demand.of(asked)
    if demand.time.is_empty:
        return None
    table = tables.table(tables.MONTHS, demand)
    values, summary = months_of(table)
    line = Line(values, (), [month.short for month in demand.time.months], _("in this time"))
    return Picture(table.title, summary, line, table.sentences[:1])


def _bars(name: str, asked: Asked) -> Picture | None:
    table = tables.table(name, Demand.of(asked))
    # Behind the label stand other words for it, where there are any.
    place = 2 if len(table.heads) > 1 and str(table.heads[1]) == _("Also") else 1
    return bars_of(table, place)


register(tables.MONTHS, _months)
for _name in tables.MADE:
    if _name != tables.MONTHS:
        register(_name, partial(_bars, _name))
