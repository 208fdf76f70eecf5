"""The page of what there is: over time, on the map, by the clock and by each dimension."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.planning import maps
from portal.planning.asking import Asked, asked_by
from portal.planning.charts import scale_of, widths
from portal.planning.dimensions import BY_NAME, DIMENSIONS, narrowed
from portal.planning.frame import page, pictures_of, shown
from portal.planning.heat import fields, legend
from portal.planning.supply import by, development, when
from portal.planning.words import number


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def supply(request: HttpRequest) -> HttpResponse:
    """A bounded number of statements, whatever there is."""
    asked = asked_by(request)
    return page(
        request,
        "planning/supply.html",
        asked,
        _("Offers and providers"),
        noted="angebot",
        development=development(asked),
        when=_when(asked),
        map=_on_the_map(asked),
        points=_points(asked),
        figures=[_bars(asked, each.name) for each in DIMENSIONS if each.name not in ("wochentag", "uhrzeit")],
    )


def _bars(asked: Asked, name: str) -> dict[str, Any]:
    """A table by one dimension; each row with its bar."""
    table = by(BY_NAME[name], asked)
    drawn = widths([float(str(row[1])) for row in table.rows])
    figure = shown(table, asked)
    return figure | {"bars": [{"cells": row, "width": wide} for row, wide in zip(figure["rows"], drawn, strict=True)]}


def _when(asked: Asked) -> dict[str, Any]:
    table = when(asked)
    grid = [[int(str(each)) for each in row[1:8]] for row in table.rows]
    scale = scale_of([each for row in grid for each in row])
    lines = [
        {
            "label": row[0],
            "fields": fields(numbers, scale, lambda place, row=row: f"{row[0]}, {table.heads[place + 1]}"),  # type: ignore[misc]  # the row of this round
            "sum": number(sum(numbers)),
        }
        for row, numbers in zip(table.rows, grid, strict=True)
    ]
    return shown(table, asked) | {"lines": lines, "legend": legend(scale)}


def _on_the_map(asked: Asked) -> dict[str, Any]:
    """Offers by district as shades; the table beside it has the numbers."""
    facts = asked.facts
    mask = facts.public(asked.day, asked.day) & narrowed(facts, asked)
    spread = BY_NAME["ort"].spread(facts, asked)
    counts = spread.counts(mask)
    scale = scale_of(counts)
    pks = [int(value.key) for value in spread.values]
    drawn = maps.by_district(
        dict(zip(pks, counts, strict=True)), scale.step, number, {pk: at for at, pk in enumerate(pks, start=1)}
    )
    rows = _numbered(spread.values, counts)
    return {"drawing": drawn, "legend": legend(scale), "rows": rows, "pictures": pictures_of("karte", asked)}


def _numbered(values: Any, counts: list[int]) -> list[dict[str, Any]]:
    return [
        {"number": at, "label": value.label, "count": number(count)}
        for at, (value, count) in enumerate(zip(values, counts, strict=True), start=1)
    ]


def _points(asked: Asked) -> dict[str, Any]:
    """Where offers are; those without a public place are told."""
    facts = asked.facts
    mask = facts.public(asked.day, asked.day) & narrowed(facts, asked)
    kept = mask[facts.point_rows]
    placed = len(set(facts.point_rows[kept].tolist()))
    elsewhere = int(mask.sum()) - placed
    return {
        "drawing": maps.points(facts.latitudes[kept], facts.longitudes[kept]),
        "placed": placed,
        "placed_said": number(placed),
        "elsewhere": elsewhere,
        "elsewhere_said": number(elsewhere),
        "pictures": pictures_of("punkte", asked),
    }
