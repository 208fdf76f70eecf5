"""Where a place somebody typed is: our own districts and towns first, then every German postcode and place."""

import re
from dataclasses import dataclass

from django.db.models import Avg, Case, F, QuerySet, Value, When

from gazetteer.services import middle_of, places_named
from portal.offers.models import Location
from portal.preferences.models import Preferences
from portal.taxonomy.models import District

EARTH_KM = 6371.0
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

    Two queries at most: what is ours, then the gazetteer, which remembers.
    """
    words = " ".join(words.split())
    middle = middle_of(words[:5]) if _POSTCODE.match(words) else None
    middle = middle or _named(words)
    return Area(*middle, km=radius or USUAL_KM, words=words) if middle else None


def _named(words: str) -> tuple[float, float] | None:
    """The middle of a district, else of all offers' places in a town of that name, else of the place nearest to us."""
    districts = District.objects.filter(name__iexact=words, latitude__isnull=False)
    towns = Location.objects.filter(city__iexact=words, hide_exact_address=False, latitude__isnull=False)
    in_town = towns.order_by().values(rank=Value(2)).annotate(lat=Avg("latitude"), lon=Avg("longitude"))
    ours = districts.order_by().annotate(rank=Value(1)).values_list("rank", "latitude", "longitude")
    # An average of no rows is a row all the same.
    rows = ours.union(in_town.values_list("rank", "lat", "lon"), all=True)
    found = sorted((rank, lat, lon) for rank, lat, lon in rows if lat is not None and lon is not None)
    if found:
        return found[0][1], found[0][2]
    names = Preferences.current()
    centre = (names.latitude, names.longitude) if names.latitude is not None and names.longitude is not None else None
    place = next(iter(places_named(words, near=centre)), None)
    return (place.latitude, place.longitude) if place else None


def with_point(locations: QuerySet[Location]) -> QuerySet[Location]:
    """Adds `lat` and `lon`: a protected address counts as the middle of its district, else as nowhere, so that no
    search by distance can find it out."""
    return locations.annotate(
        lat=Case(When(hide_exact_address=True, then=F("district__latitude")), default=F("latitude")),
        lon=Case(When(hide_exact_address=True, then=F("district__longitude")), default=F("longitude")),
    )
