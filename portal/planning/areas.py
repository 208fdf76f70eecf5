"""Figures of small areas: taking a file over, all of it or nothing, and asking for them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _

from audit.services import record
from core.text import fold
from portal.listing.workbooks import workbook
from portal.planning.areas_reading import HEADINGS, Read, keys_of, read
from portal.planning.models import INHABITANTS, AreaFigure, Source, Unit
from portal.taxonomy.models import District
from portal.vocabulary.errors import RefusedError


def take_over(upload: Any, *, name: str, as_of: date, replace: bool, by: Any) -> tuple[Source | None, Read]:
    """Read a file and keep all its figures; with one problem none, and the problems come back.

    Raises RefusedError where it is no table, or where there are figures of the same year already and they are not to
    be replaced.
    """
    found = read(upload, {fold(each): pk for pk, each in District.objects.values_list("pk", "name")})
    if found.problems:
        return None, found
    with transaction.atomic():
        # Two files at once: the second waits, and finds the figures of the first.
        list(District.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        _make_room(found, replace=replace)
        source = Source.objects.create(name=name, as_of=as_of, file_name=str(upload.name)[:200], brought_by=by)
        AreaFigure.objects.bulk_create(
            [
                AreaFigure(
                    source=source, district_id=row.district, indicator=row.indicator, unit=row.unit,
                    from_age=row.from_age, to_age=row.to_age, year=row.year, value=row.value,
                )
                for row in found.rows
            ],
            batch_size=2000,
        )  # fmt: skip
        record("area_figures", source, by=by, changes={"figures": ["", str(len(found.rows))]})
    return source, found


def _make_room(found: Read, *, replace: bool) -> None:
    """Figures of the same indicator and year are replaced as a whole, where that is wanted."""
    for indicator, year in sorted(keys_of(found.rows)):
        there = AreaFigure.objects.select_for_update().filter(indicator=indicator, year=year)
        first = there.select_related("source").first()
        if first is None:
            continue
        if not replace:
            raise RefusedError(
                _(
                    "There are figures “%(indicator)s” of %(year)d already, from the file “%(file)s”. Nothing was "
                    "taken over. Tick “Replace” to put yours in their place."
                )
                % {"indicator": indicator, "year": year, "file": first.source.file_name}
            )
        there.delete()
    Source.objects.replaced().delete()


def remove(source: Source, *, by: Any) -> None:
    """Delete a file's figures."""
    with transaction.atomic():
        record("area_figures_removed", source, by=by)
        source.delete()


def sources() -> list[dict[str, Any]]:
    """Each file with how many figures of which years are left of it."""
    found: Any = Source.objects.of_figures().annotate(
        number=Count("figures"), first=Min("figures__year"), last=Max("figures__year")
    )
    return [{"source": each, "number": each.number, "part": _between(each.first, each.last)} for each in found]


def _between(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def template() -> bytes:
    """A workbook to fill in: a row for each district and some age groups, without values."""
    ages = ((0, 2), (3, 5), (6, 9), (10, 17), (18, 64), (65, None))
    rows: list[Sequence[Any]] = [
        [name, INHABITANTS, low, high, None, None, "Anzahl"]
        for name in District.objects.values_list("name", flat=True)
        for low, high in ages
    ]
    about = [
        ("Ortsteil", _("One of your districts, written as in the portal. “Gesamt” is checked against the sum.")),
        ("Merkmal", _("What is counted. “Einwohner” is what offers are compared with; others stand beside it.")),
        ("Alter von, Alter bis", _("Whole years, both included. Empty: all ages.")),
        ("Jahr", _("The year the figure is of. Several years may stand in one file.")),
        ("Wert", _("1234, 1.234 or 12,5. Nothing below zero.")),
        ("Einheit", _("“Anzahl” or “Prozent”.")),
    ]
    return workbook("Zahlen", HEADINGS, (30, 24, 10, 10, 8, 12, 10), rows, (_("Explanation"), about))


def years() -> list[int]:
    """Years of which inhabitants are known, the last first."""
    found = AreaFigure.objects.filter(indicator=INHABITANTS, unit=Unit.NUMBER)
    return list(found.order_by("-year").values_list("year", flat=True).distinct())


def ages_of(year: int) -> list[tuple[int, int]]:
    """Age groups of which inhabitants are known in a year."""
    found = AreaFigure.objects.filter(indicator=INHABITANTS, unit=Unit.NUMBER, year=year)
    return list(found.order_by("from_age", "to_age").values_list("from_age", "to_age").distinct())


def indicators_of(year: int, ages: tuple[int, int]) -> list[tuple[str, str]]:
    """What else is known of an age group in a year, with its unit."""
    found = AreaFigure.objects.filter(year=year, from_age=ages[0], to_age=ages[1]).exclude(indicator=INHABITANTS)
    return list(found.order_by("indicator").values_list("indicator", "unit").distinct())


def values_of(indicator: str, year: int, ages: tuple[int, int]) -> dict[int, float]:
    """A figure by district."""
    found = AreaFigure.objects.filter(indicator=indicator, year=year, from_age=ages[0], to_age=ages[1])
    return {pk: float(value) for pk, value in found.values_list("district_id", "value")}


def sources_of(year: int) -> list[tuple[str, date]]:
    """Where the inhabitants of a year come from, and as of when."""
    return Source.objects.filter(figures__indicator=INHABITANTS, figures__year=year).named()
