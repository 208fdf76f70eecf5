"""Where a place somebody typed is: our own districts and towns first, then every German postcode and place."""

import math
import re
from dataclasses import dataclass

from django.db.models import Avg, Case, F, FloatField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt

from gazetteer.services import middle_of, places_named
from portal.offers.models import Location
from portal.preferences.models import Preferences
from portal.taxonomy.models import District

EARTH_KM = 6371.0
KM_PER_DEGREE = math.pi * EARTH_KM / 180
# Without a radius: what people reach by bicycle or bus.
USUAL_KM = 10
_POSTCODE = re.compile(r"[0-9]{5}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Area:
    """A circle on the map, and the words that name its middle."""

    latitude: float
    longitude: float
    km: int
    words: str


def find_area(words: str, radius: int | None) -> Area | None:
    """The circle around a postcode, one of our districts or towns, or any German place; None where nobody knows it.

    Two queries at most: what is ours and our centre in one, the gazetteer (which remembers) in the other.
    """
    words = " ".join(words.split())
    middle = middle_of(words[:5]) if _POSTCODE.match(words) else None
    middle = middle or _named(words)
    return Area(*middle, km=radius or USUAL_KM, words=words) if middle else None


def _named(words: str) -> tuple[float, float] | None:
    """The middle of a district, else of all offers' places in a town of that name, else of the place nearest to us."""
    districts = District.objects.filter(name__iexact=words, latitude__isnull=False)
    towns = Location.objects.filter(city__iexact=words, hide_exact_address=False, latitude__isnull=False)
    ours = (
        districts.order_by().annotate(rank=Value(1)).values_list("rank", "latitude", "longitude"),
        towns.order_by()
        .values(rank=Value(2))
        .annotate(a=Avg("latitude"), b=Avg("longitude"))
        .values_list("rank", "a", "b"),
        Preferences.objects.filter(latitude__isnull=False)
        .annotate(rank=Value(3))
        .values_list("rank", "latitude", "longitude"),
    )
    # An average of no rows is a row all the same.
    found = sorted(row for row in ours[0].union(*ours[1:], all=True) if row[1] is not None)
    if found and found[0][0] < 3:
        return found[0][1], found[0][2]
    centre = (found[0][1], found[0][2]) if found else None
    place = next(iter(places_named(words, near=centre)), None)
    return (place.latitude, place.longitude) if place else None


def with_point(locations: QuerySet[Location]) -> QuerySet[Location]:
    """Adds `lat` and `lon`: a protected address counts as the middle of its district, else as nowhere, so that no
    search by distance can find it out."""
    return locations.annotate(
        lat=Case(When(hide_exact_address=True, then=F("district__latitude")), default=F("latitude")),
        lon=Case(When(hide_exact_address=True, then=F("district__longitude")), default=F("longitude")),
    )


def distance_km(area: Area) -> Combinable:
    """The great-circle distance of `lat`, `lon` from the middle of the area in SQL (haversine)."""
    here_lat, here_lon = Radians(Value(area.latitude)), Radians(Value(area.longitude))
    half = Power(Sin((Radians(F("lat")) - here_lat) / 2.0), 2) + Cos(here_lat) * Cos(Radians(F("lat"))) * Power(
        Sin((Radians(F("lon")) - here_lon) / 2.0), 2
    )
    return 2 * EARTH_KM * ASin(Sqrt(Least(half, Value(1.0), output_field=FloatField())))


def in_box(area: Area) -> Q:
    """A box around the circle: cheap to compare, never smaller than the circle."""
    lat = area.km / KM_PER_DEGREE * 1.001
    lon = min(360.0, lat / max(0.01, math.cos(math.radians(area.latitude))))
    return Q(
        lat__range=(area.latitude - lat, area.latitude + lat),
        lon__range=(area.longitude - lon, area.longitude + lon),
    )


def within(area: Area) -> QuerySet[Location]:
    """The places within the circle, with `km`."""
    near = with_point(Location.objects.all()).filter(in_box(area)).annotate(km=distance_km(area))
    return near.filter(km__lte=area.km)
