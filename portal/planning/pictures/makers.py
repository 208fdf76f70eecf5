"""The pictures of what there is and of gaps, made of the same tables as the pages."""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from portal.planning import maps
from portal.planning.asking import Asked, short_of
from portal.planning.charts import Scale, scale_of
from portal.planning.dimensions import BY_NAME, DIMENSIONS, Dimension, narrowed
from portal.planning.drawing.registry import Picture, register
from portal.planning.drawing.shapes import MOST_BARS, Bars, Districts, Fields, Line
from portal.planning.gaps import Gaps
from portal.planning.gaps_views import maps_of
from portal.planning.heat import legend
from portal.planning.matrix import asked_for
from portal.planning.supply import OFFERS, by, lines_of, over_time, summary, when
from portal.planning.tables import Table
from portal.planning.words import number, short

GAP_MAPS = ("luecken-bedarf", "luecken-angebot", "luecken-weg")


def _over_time(asked: Asked) -> Picture:
    table = over_time(asked)
    now, before = lines_of(table)
    ticks = [short_of(part, asked.period.step) for part in asked.period.parts]
    line = Line(now, before, ticks, _("in this time"), _("a year before"))
    return Picture(table.title, summary(table), line, [str(OFFERS.counts), *table.notes])


def bars_of(table: Table, place: int = 1) -> Picture | None:
    """A table by one dimension as bars of one of its columns; the rest is told."""
    rows = [(str(row[0]), float(value) if isinstance(value := row[place], int | float) else 0.0, _said(row[place]))
            for row in table.rows]  # fmt: skip
    if not rows:
        return None
    most = max(rows, key=lambda row: row[1])
    said = _("%(title)s: most with %(what)s (%(number)s).") % {
        "title": table.title, "what": most[0], "number": most[2]
    }  # fmt: skip
    left = len(rows) - MOST_BARS
    more = [_("The first %(shown)s of %(all)s; the table has all.") % {"shown": MOST_BARS, "all": len(rows)}]
    return Picture(table.title, said, Bars(rows), [*table.sentences, *(more if left > 0 else [])])


def _said(value: Any) -> str:
    return value if isinstance(value, str) else short(value)


def _by(dimension: Dimension, asked: Asked) -> Picture | None:
    return bars_of(by(dimension, asked))


def _when(asked: Asked) -> Picture:
    table = when(asked)
    rows = [(str(row[0]), [float(str(each)) for each in row[1:8]]) for row in table.rows]
    scale = scale_of([int(each) for _label, values in rows for each in values])
    return _fields(table, rows, scale, table.heads[1:8])


def _fields(table: Table, rows: Any, scale: Scale, heads: Any) -> Picture:
    shape = Fields(str(table.heads[0]), [str(each) for each in heads], rows, scale, legend(scale))
    said = _("Table “%(title)s” as fields: the stronger, the more; all numbers stand in it.") % {"title": table.title}
    return Picture(table.title, said, shape, table.sentences, max(900, 240 + 44 * len(heads)))


def _matrix(asked: Asked) -> Picture:
    matrix = asked_for(asked)
    grid = matrix.numbers[0]
    columns = matrix.values(1)
    rows = [(value.label, [grid[at][place] for place, _value in columns]) for at, value in matrix.values(0)]
    scale = scale_of([round(each + 0.49) for line in grid for each in line])
    table = Table("matrix", matrix.title, [str(matrix.rows.label)], (), (matrix.measure,), notes=matrix.notes)
    return _fields(table, rows, scale, [value.label for _place, value in columns])


def _offers_by_district(asked: Asked) -> Picture | None:
    facts = asked.facts
    spread = BY_NAME["ort"].spread(facts, asked)
    counts = spread.counts(facts.public(asked.day, asked.day) & narrowed(facts, asked))
    scale = scale_of(counts)
    pks = [int(value.key) for value in spread.values]
    places = {pk: at for at, pk in enumerate(pks, start=1)}
    drawing = maps.by_district(dict(zip(pks, counts, strict=True)), scale.step, number, places)
    rows = [(f"{at} {value.label}", number(count))
            for at, (value, count) in enumerate(zip(spread.values, counts, strict=True), start=1)]  # fmt: skip
    return _on_a_map(_("Offers by district on the map"), drawing, legend(scale), rows, [str(OFFERS.counts)])


def _on_a_map(title: str, drawing: maps.Map | None, steps: Any, rows: Any, notes: Any) -> Picture | None:
    if drawing is None:
        return None
    said = "; ".join(f"{label}: {value}" for label, value in rows) or title
    return Picture(title, said, Districts(drawing, steps, rows), notes)


def _points(asked: Asked) -> Picture | None:
    facts = asked.facts
    mask = facts.public(asked.day, asked.day) & narrowed(facts, asked)
    kept = mask[facts.point_rows]
    drawing = maps.points(facts.latitudes[kept], facts.longitudes[kept])
    note = _("Each circle is one or several places near each other; the larger, the more.")
    return _on_a_map(_("Where the offers are"), drawing, (), (), [note])


def _gap(at: int, asked: Asked) -> Picture | None:
    """One of the maps of gaps; that of need only where there is a figure for it."""
    found = Gaps.of(asked)
    name = GAP_MAPS[at]
    for each in maps_of(found, set()):
        if each["name"] == name:
            rows = [(f"{row.place} {row.name}", short(each["values"].get(row.pk))) for row in found.rows]
            return _on_a_map(each["title"], each["drawing"], each["legend"], rows, each["counts"])
    return None


register("verlauf", _over_time)
register("wann", _when)
register("matrix", _matrix)
register("karte", _offers_by_district)
register("punkte", _points)
for _each in DIMENSIONS:
    register(_each.name, partial(_by, _each))
for _place, _name in enumerate(GAP_MAPS):
    register(_name, partial(_gap, _place))
