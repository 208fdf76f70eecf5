"""What a comparison shows: a map for each indicator, the types, and one table of everything."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from portal.listing.spec import Cell
from portal.planning import maps
from portal.planning.asking import Asked
from portal.planning.charts import shares_of
from portal.planning.drawing.registry import Picture
from portal.planning.drawing.shapes import Districts
from portal.planning.heat import legend
from portal.planning.models import DistrictSheet
from portal.planning.sheets.grouping import TYPES, Type, types_of
from portal.planning.sheets.indicators import Indicator, Values, known
from portal.planning.tables import Table
from portal.planning.words import short
from portal.taxonomy.models import District


@dataclass(frozen=True, slots=True)
class Panel:
    """One map with what it is of; `rows` are its values by district, in words."""

    title: str
    counts: str
    drawing: maps.Map | None
    legend: list[dict[str, Any]]
    rows: list[tuple[str, str]]

    def picture(self, words: str = "") -> Picture | None:
        """The map as a picture, with the planner's words; None where no district has an outline."""
        if self.drawing is None:
            return None
        said = "; ".join(f"{name}: {value}" for name, value in self.rows)
        notes = [self.counts, *filter(None, words.splitlines())]
        return Picture(self.title, said, Districts(self.drawing, self.legend, self.rows), notes)


@dataclass(frozen=True, slots=True)
class Made:
    """A comparison as of a day. `gone` are indicators that are not there any more."""

    panels: list[Panel]
    types: list[Type]
    typed: Panel | None
    table: Table
    gone: list[str] = field(default_factory=list)

    @property
    def all_panels(self) -> list[Panel]:
        """The maps of the indicators, then that of the types."""
        return [*self.panels, *([self.typed] if self.typed else [])]


def made_of(sheet: DistrictSheet, asked: Asked) -> Made:
    """Everything of a comparison."""
    names = dict(District.objects.values_list("pk", "name"))
    there = known()
    shown = [there[key] for key in sheet.indicators if key in there]
    values = {each.key: each.values(asked) for each in (*shown, *(there[key] for key in sheet.axes if key in there))}
    panels = [_panel(each, values[each.key], names) for each in shown]
    types, typed, letters = _types(sheet, there, values, names)
    heads = [_("District"), *(each.label for each in shown), *([_("Type")] if types else [])]
    rows: list[Sequence[Cell]] = [
        [name, *(values[each.key].get(pk) for each in shown), *([letters.get(pk, "–")] if types else [])]
        for pk, name in names.items()
    ]
    notes = [each.counts for each in shown]
    notes += [f"{each.letter}: {each.meaning}" + (f" ({each.name})" if each.name else "") for each in types]
    table = Table("ortsteile", sheet.name, heads, rows, (), notes=notes)
    return Made(panels, types, typed, table, [key for key in [*sheet.indicators, *sheet.axes] if key not in there])


def _panel(indicator: Indicator, values: Values, names: dict[int, str]) -> Panel:
    scale = shares_of([each for each in values.values() if each is not None])
    rows = [(f"{at} {name}", short(values.get(pk))) for at, (pk, name) in enumerate(names.items(), start=1)]
    drawing = maps.by_district(values, scale.step, short, _places(names))
    return Panel(indicator.label, indicator.counts, drawing, legend(scale), rows)


def _places(names: dict[int, str]) -> dict[int, int]:
    return {pk: at for at, pk in enumerate(names, start=1)}


def _types(
    sheet: DistrictSheet, there: dict[str, Indicator], values: dict[str, Values], names: dict[int, str]
) -> tuple[list[Type], Panel | None, dict[int, str]]:
    axes = [there[key] for key in sheet.axes if key in there]
    if len(axes) != 2:
        return [], None, {}
    first, second = axes
    types, letters = types_of(
        values[first.key], values[second.key], labels=(first.label, second.label), names=sheet.names, districts=names
    )
    steps = dict(TYPES.values())
    known_steps: Values = {pk: float(steps[letter]) for pk, letter in letters.items()}
    said = {steps[each.letter]: each.letter for each in types}
    drawing = maps.by_district(
        known_steps, int, lambda value: said[int(value)] if value else _("not known"), _places(names)
    )
    shades = [{"step": each.step, "label": f"{each.letter} {each.name}".strip()} for each in types]
    rows = [(f"{at} {name}", letters.get(pk, "–")) for at, (pk, name) in enumerate(names.items(), start=1)]
    counts = _("Each district has the type that its two values say; the table has both.")
    return types, Panel(_("Types of districts"), counts, drawing, shades, rows), letters
