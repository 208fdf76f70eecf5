"""Where a place somebody typed is: postcodes from the gazetteer, names from the municipality's own data."""

from dataclasses import dataclass

from django.db.models import Avg, Case, F, QuerySet, When

from gazetteer.services import middle_of
from portal.offers.models import Location
from portal.taxonomy.models import District

EARTH_KM = 6371.0
# Without a radius: what people reach by bicycle or bus.
USUAL_KM = 10


@dataclass(frozen=True, slots=True)
class Area:
    """A circle on the map, and the words that name its middle."""

    latitude: float
    longitude: float
    km: int
    words: str


def find_area(words: str, radius: int | None) -> Area | None:
    """The circle around a postcode, district or town, or None where nobody knows the place. One or two queries."""
    words = " ".join(words.split())
    middle = middle_of(words) if words.isascii() and words.isdigit() else _named(words)
    return Area(*middle, km=radius or USUAL_KM, words=words) if middle else None


def _named(words: str) -> tuple[float, float] | None:
    """The middle of a district, else of all places in a town of that name (“33378 Rheda” is found by its postcode)."""
    first = words.split(" ", 1)[0]
    if len(first) == 5 and first.isascii() and first.isdigit():
        return middle_of(first)
    district = District.objects.filter(name__iexact=words, latitude__isnull=False).first()
    if district is not None and district.latitude is not None and district.longitude is not None:
        return district.latitude, district.longitude
    town = Location.objects.filter(city__iexact=words, hide_exact_address=False).aggregate(
        lat=Avg("latitude"), lon=Avg("longitude")
    )
    return (town["lat"], town["lon"]) if town["lat"] is not None else None


def with_point(locations: QuerySet[Location]) -> QuerySet[Location]:
    """Adds `lat` and `lon`: a protected address counts as the middle of its district, else as nowhere, so that no
    search by distance can find it out."""
    return locations.annotate(
        lat=Case(When(hide_exact_address=True, then=F("district__latitude")), default=F("latitude")),
        lon=Case(When(hide_exact_address=True, then=F("district__longitude")), default=F("longitude")),
    )
