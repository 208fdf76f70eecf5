"""One's own month beside the median of the group; medians as they were decided, never worked out here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from comparison.figures import FIGURES, Figure
from comparison.models import MonthFigures
from comparison.reading import Part, Told, months_of, part_of, told
from neighbours.places import here
from portal.listing.spec import Cell
from portal.planning import tables
from portal.planning.asking import Asked
from portal.planning.comparison.meanings import FIGURES as MEANINGS
from portal.planning.comparison.meanings import GROUP
from portal.planning.tables import Table

MONTH = "monat"


@dataclass(frozen=True, slots=True)
class Beside:
    """How we stand, which months are told, the one asked for (None: there is none), and our own months."""

    part: Part
    months: Sequence[Told]
    chosen: Told | None
    own: dict[date, MonthFigures]


def beside(asked: Asked) -> Beside:
    """What may be seen of the group. Five statements."""
    town = here()
    part = part_of(town)
    months = [each for each in told(part) if each.medians]
    wanted = asked.given.get(MONTH, "")
    chosen = next((each for each in months if f"{each.month:%Y-%m}" == wanted), months[0] if months else None)
    return Beside(part, months, chosen, months_of(town))


def table(asked: Asked, found: Beside | None = None) -> Table:
    """Each figure of a month: ours, ours a year before, and the median of the group."""
    found = found or beside(asked)
    heads = [_("Figure"), _("Your figure"), _("Yours a year before"), _("Median of the group")]
    rows: list[Sequence[Cell]] = []
    notes: list[str] = []
    if found.chosen is not None:
        month = found.chosen.month
        ours, before = found.own.get(month), found.own.get(month - relativedelta(years=1))
        rows = [
            [str(MEANINGS[each.name].label), _of(each, ours), _of(each, before), found.chosen.medians.get(each.name)]
            for each in FIGURES
        ]
        words = {"month": date_format(month, "F Y"), "group": found.part.group}
        notes = [_("%(month)s, group “%(group)s”.") % words]
    return Table(
        "vergleichsgruppe", _("Beside similar municipalities"), heads, rows, (GROUP, *MEANINGS.values()), notes=notes
    )


def _of(figure: Figure, numbers: MonthFigures | None) -> Cell:
    value = figure.of(numbers) if numbers is not None else None
    if value is None or value.is_integer():
        return value
    # Ours is no secret to us: as exact as the page shows it.
    return round(value, 1)


tables.register("vergleichsgruppe", table)
