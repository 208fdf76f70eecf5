"""The page of the matrix; each field leads to the offers behind it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.planning.asking import asked_by
from portal.planning.behind import MOST, offers_behind
from portal.planning.charts import Scale, scale_of
from portal.planning.dimensions import DIMENSIONS, Value
from portal.planning.frame import page, shown
from portal.planning.heat import fields, legend
from portal.planning.matrix import COLUMN, COLUMNS, MEASURE, MEASURES, ROW, ROWS, Matrix, as_table, asked_for
from portal.planning.words import short


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def matrix(request: HttpRequest) -> HttpResponse:
    """Two dimensions against each other, and the offers of the chosen field."""
    asked = asked_by(request)
    asked_matrix = asked_for(asked)
    row, column = asked.given.get(ROW, ""), asked.given.get(COLUMN, "")
    scale = scale_of([round(each + 0.49) for line in asked_matrix.numbers[0] for each in line])
    return page(
        request,
        "planning/matrix.html",
        asked,
        _("Matrix"),
        noted="matrix",
        of_last_day=True,
        kept=asked_matrix.params,
        matrix=asked_matrix,
        figure=shown(as_table(asked), asked, params=asked_matrix.params),
        legend=legend(scale),
        lines=_lines(asked_matrix, scale, row, column),
        columns=[value.label for _place, value in asked_matrix.values(1)],
        sums=[short(asked_matrix.numbers[2][place]) for place, _value in asked_matrix.values(1)],
        whole=short(asked_matrix.numbers[3]),
        choices=[
            _choice(ROWS, _("Rows"), asked_matrix.rows.name),
            _choice(COLUMNS, _("Columns"), asked_matrix.columns.name),
        ],
        measures=[
            {"label": each.label, "url": f"?{_query(asked_matrix, **{MEASURE: each.name})}",
             "current": each is asked_matrix.measure}
            for each in MEASURES.values()
        ],
        swapped=f"?{_query(asked_matrix, **{ROWS: asked_matrix.columns.name, COLUMNS: asked_matrix.rows.name})}",
        behind=_behind(asked_matrix, row, column) if row or column else None,
    )  # fmt: skip


def _query(asked_matrix: Matrix, **changed: str) -> str:
    return asked_matrix.asked.query(**{**asked_matrix.params, **changed})


def _choice(name: str, label: str, chosen: str) -> dict[str, Any]:
    options = [{"value": each.name, "label": each.label, "selected": each.name == chosen} for each in DIMENSIONS]
    return {"name": name, "label": label, "options": options}


def _lines(asked_matrix: Matrix, scale: Scale, row: str, column: str) -> list[dict[str, Any]]:
    grid, sums, _columns, _whole = asked_matrix.numbers
    shown_columns = asked_matrix.values(1)

    def line(at: int, value: Value) -> dict[str, Any]:
        def address(place: int) -> str:
            return f"?{_query(asked_matrix, **{ROW: value.key, COLUMN: shown_columns[place][1].key})}#feld"

        here = next((place for place, (_at, each) in enumerate(shown_columns) if each.key == column), -1)
        return {
            "label": value.label,
            "fields": fields(
                [grid[at][place] for place, _value in shown_columns],
                scale,
                lambda place: f"{value.label}, {shown_columns[place][1].label}",
                address,
                here if value.key == row else -1,
            ),
            "sum": short(sums[at]),
            "url": f"?{_query(asked_matrix, **{ROW: value.key})}#feld",
        }

    return [line(at, value) for at, value in asked_matrix.values(0)]


def _behind(asked_matrix: Matrix, row: str, column: str) -> dict[str, Any]:
    """The offers of a field: what it is called, how many, and the first of them."""
    mask = asked_matrix.field(row, column)
    ids = asked_matrix.facts.ids[mask].tolist()
    labels = [{value.key: value.label for _place, value in asked_matrix.values(side)} for side in (0, 1)]
    # What nobody has is no row or column of its own, and can be asked for all the same.
    names = [known.get(key, _("not stated") if key else "") for known, key in zip(labels, (row, column), strict=True)]
    offers = offers_behind(ids)
    there = int(asked_matrix.facts.there[mask].sum())
    return {
        "title": ", ".join(filter(None, names)) or _("all"),
        "count": len(ids),
        "offers": offers,
        "gone": len(ids) - there,
        "more": there - len(offers) if there > MOST else 0,
        "query": _query(asked_matrix, **{ROW: row, COLUMN: column}),
    }
