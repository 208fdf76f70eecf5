"""What outlines of a file would change: which districts are new, get another outline, or are not in it."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.lazy import lazy
from core.text import fold
from portal.maps import mending
from portal.maps.geometry import rings_of
from portal.offers.models import Location
from portal.taxonomy.models import District

if TYPE_CHECKING:
    import numpy as np
    import shapely
    from shapely import geometry
else:
    np, shapely, geometry = lazy("numpy"), lazy("shapely"), lazy("shapely.geometry")

LONGEST = 120


@dataclass(slots=True)
class Part:
    """A district of the file; `pk` where it is one of ours."""

    name: str
    outline: dict[str, Any]
    pk: int | None
    same: bool = False


@dataclass(slots=True)
class Plan:
    """Everything that would happen; `errors`: nothing happens."""

    parts: list[Part] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # Districts of ours that are not in the file.
    missing: list[Any] = field(default_factory=list)
    # Places of offers (by id) and the district they lie in by the new outlines, where that is another one: the key of
    # the part in `parts`.
    moves: dict[int, int] = field(default_factory=dict)
    offers: int = 0

    @property
    def new(self) -> list[Part]:
        return [part for part in self.parts if part.pk is None]

    @property
    def changed(self) -> list[Part]:
        return [part for part in self.parts if part.pk is not None and not part.same]

    @property
    def same(self) -> list[Part]:
        return [part for part in self.parts if part.same]

    @property
    def digest(self) -> str:
        """The same for the same changes."""
        told = [[part.name, part.pk, part.same] for part in self.parts] + [sorted(self.moves.items())]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def plan(areas: list[dict[str, Any]], name_from: str) -> Plan:
    """Compare areas with our districts: two statements."""
    made = Plan()
    districts = list(District.objects.all())
    known = {fold(district.name): district for district in districts}
    by_name: dict[str, Part] = {}
    for number, area in enumerate(areas, start=1):
        name = area["names"].get(name_from, "").strip()
        if not fold(name):
            made.errors.append(
                _("Area %(number)d has no name in “%(property)s”.") % {"number": number, "property": name_from}
            )
        elif len(name) > LONGEST:
            made.errors.append(_("The name “%(name)s…” is longer than 120 characters.") % {"name": name[:40]})
        elif fold(name) in by_name:
            part = by_name[fold(name)]
            part.outline = mending.joined([part.outline, area["outline"]])
            note = _("“%(name)s” stands in the file several times: its areas were put together.") % {"name": part.name}
            made.notes += [note] if note not in made.notes else []
        else:
            district = known.get(fold(name))
            by_name[fold(name)] = Part(
                district.name if district else name, area["outline"], district.pk if district else None
            )
    made.parts = list(by_name.values())
    if made.errors:
        return made
    for part in made.parts:
        part.same = part.pk is not None and known[fold(part.name)].outline == part.outline
    named = {part.pk for part in made.parts}
    made.missing = [district for district in districts if district.pk not in named]
    made.moves, made.offers = _moves(made.parts)
    return made


def _moves(parts: list[Part]) -> tuple[dict[int, int], int]:
    """Places whose point lies in another district than the one they name; protected ones stay as they are."""
    places = Location.objects.filter(latitude__isnull=False, hide_exact_address=False, precision="exact").order_by("pk")
    rows = list(places.values_list("pk", "offer_id", "district_id", "longitude", "latitude"))
    if not rows:
        return {}, 0
    lons, lats = np.array([row[3] for row in rows]), np.array([row[4] for row in rows])
    found: dict[int, int] = {}
    offers = set()
    for key, part in enumerate(parts):
        shape = geometry.shape(part.outline)
        shapely.prepare(shape)
        for place in np.flatnonzero(shapely.contains_xy(shape, lons, lats)).tolist():
            pk, offer, district = rows[place][:3]
            if pk not in found and (part.pk is None or district != part.pk):
                found[pk] = key
                offers.add(offer)
    return found, len(offers)


def middle(outline: dict[str, Any]) -> tuple[float, float]:
    """A latitude and longitude well inside an outline."""
    point = geometry.shape(outline).representative_point()
    return round(point.y, 5), round(point.x, 5)


def rings(outline: dict[str, Any]) -> Any:
    """For drawing."""
    return rings_of(outline)
