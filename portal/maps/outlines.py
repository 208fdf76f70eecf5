"""The municipality's own shapes: its outline and its districts, as every map draws them first."""

from dataclasses import dataclass
from typing import Any

from portal.maps.geometry import Box, Ring, rings_of
from portal.maps.models import MapSettings
from portal.preferences.models import Preferences
from portal.taxonomy.models import District
from tenants.running.changes import remembered

# Around the centre, where nobody has given an outline yet: about 15 km to every side.
USUAL_DEGREES = 0.135


@dataclass(frozen=True, slots=True)
class Area:
    """A district, or the whole municipality where `district_id` is None."""

    district_id: int | None
    name: str
    rings: list[Ring]
    geometry: dict[str, Any]


def areas() -> list[Area]:
    """What is drawn: the municipality's outline, if given, then the districts that have one; remembered."""
    return remembered("maps.areas", _areas, rooms=("maps", "taxonomy"))


def _areas() -> list[Area]:
    own = MapSettings.objects.values_list("outline", flat=True).first()
    found = [Area(None, "", rings_of(own), own)] if own else []
    districts = District.objects.offered().filter(outline__isnull=False).values_list("pk", "name", "outline")
    return found + [Area(pk, name, rings_of(outline), outline) for pk, name, outline in districts if outline]


def box_of(shapes: list[Area]) -> Box | None:
    """The box around all shapes."""
    return Box.around([point for area in shapes for ring in area.rings for point in ring])


def home_box(shapes: list[Area], names: Preferences) -> Box | None:
    """Where this municipality is: its shapes, else the surroundings of its centre, else nobody knows."""
    box = box_of(shapes)
    if box is not None:
        return box
    if names.latitude is None or names.longitude is None:
        return None
    here = Box(names.latitude, names.longitude, names.latitude, names.longitude)
    return here.widened(0, least=USUAL_DEGREES)
