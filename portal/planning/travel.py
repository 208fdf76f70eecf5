"""Travel times: taking a file over, all of it or nothing, and which districts have them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from audit.services import record
from core.ordering import name_key
from core.text import fold
from portal.listing.workbooks import workbook
from portal.offers.models import Location
from portal.planning.models import Source, TravelStart, TravelTime
from portal.planning.travel_reading import HEADINGS, Read, Row, Start, read
from portal.taxonomy.models import District
from portal.vocabulary.errors import RefusedError


def take_over(upload: Any, *, name: str, as_of: date, replace: bool, by: Any) -> tuple[Source | None, Read]:
    """Read a file and keep all its times; with one problem none, and the problems come back.

    Raises RefusedError where it is no table, or where a district has times from another file already and they are not
    to be replaced.
    """
    districts = {fold(each): pk for pk, each in District.objects.values_list("pk", "name")}
    found = read(upload, districts, places())
    if found.problems:
        return None, found
    with transaction.atomic():
        # Two files at once: the second waits, and finds the times of the first.
        list(District.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        _make_room({row.district for row in found.rows}, replace=replace)
        source = Source.objects.create(name=name, as_of=as_of, file_name=str(upload.name)[:200], brought_by=by)
        _keep(source, found.rows)
        record("travel_times", source, by=by, changes={"times": ["", str(len(found.rows))]})
    return source, found


def places() -> set[str]:
    """Names of places of offers, folded. Of a protected address the name is not known either."""
    named = Location.objects.filter(hide_exact_address=False).exclude(name="")
    return {fold(name) for name in named.values_list("name", flat=True).distinct()}


def _make_room(districts: set[int], *, replace: bool) -> None:
    """The times of a district are replaced as a whole, where that is wanted."""
    there = TravelStart.objects.select_for_update(of=("self",)).filter(district__in=districts)
    first = there.select_related("source", "district").first()
    if first is not None and not replace:
        raise RefusedError(
            _(
                "For “%(district)s” there are travel times already, from the file “%(file)s”. Nothing was taken over. "
                "Tick “Replace” to put yours in their place."
            )
            % {"district": first.district.name, "file": first.source.file_name}
        )
    TravelStart.objects.filter(district__in=districts).delete()
    Source.objects.replaced().delete()


def _keep(source: Source, rows: Iterable[Row]) -> None:
    starts: dict[Start, TravelStart] = {}
    for row in rows:
        start = TravelStart(source=source, district_id=row.district, name=row.area, people=row.people)
        starts.setdefault(row.start, start)
    TravelStart.objects.bulk_create(starts.values(), batch_size=2000)
    TravelTime.objects.bulk_create(
        [
            TravelTime(start=starts[row.start], to_district_id=row.to_district, to_place=fold(row.to_place),
                       on_foot=row.on_foot, by_bus=row.by_bus)
            for row in rows
        ],
        batch_size=2000,
    )  # fmt: skip


def remove(source: Source, *, by: Any) -> None:
    """Delete a file's times."""
    with transaction.atomic():
        record("travel_times_removed", source, by=by)
        source.delete()


def sources() -> list[dict[str, Any]]:
    """Each file with how many times are left of it, and from which districts."""
    found: Any = Source.objects.of_times().annotate(number=Count("starts__times", distinct=True))
    names: dict[int, list[str]] = {}
    for source, district in TravelStart.objects.order_by().values_list("source_id", "district__name").distinct():
        names.setdefault(source, []).append(district)
    return [
        {"source": each, "number": each.number, "part": ", ".join(sorted(names.get(each.pk, []), key=name_key))}
        for each in found
    ]


def template() -> bytes:
    """A workbook to fill in: from each district to each, without times."""
    names = list(District.objects.values_list("name", flat=True))
    rows: list[Sequence[Any]] = [[start, None, None, end, None, None] for start in names for end in names]
    about = [
        ("Von Ortsteil", _("One of your districts, written as in the portal.")),
        ("Von Teilgebiet", _("A small area or stop within the district. Empty: the times hold for all of it.")),
        ("Einwohner", _("How many people live there, at least 5. Needed where a district has several areas.")),
        (
            "Nach",
            _(
                "A district, or the name of a place of offers as it stands in the portal. Each beginning needs the way "
                "within its own district. A place named in a file counts by its own rows, all others by those of their "
                "district."
            ),
        ),
        ("Minuten zu Fuß", _("Whole minutes from 0 to 240. Leave out rows of ways that take longer.")),
        ("Minuten mit Bus", _("The whole way with walking and waiting. Empty: not known.")),
    ]
    return workbook("Wegezeiten", HEADINGS, (30, 30, 12, 30, 16, 16), rows, (_("Explanation"), about))
