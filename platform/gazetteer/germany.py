"""Whether a point can lie in Germany at all. No tables."""


def is_in_germany(latitude: float, longitude: float) -> bool:
    """Whether a point is within the box around Germany; NaN is not."""
    return 47.0 <= latitude <= 55.2 and 5.5 <= longitude <= 15.6


def in_order(latitude: float, longitude: float) -> tuple[float, float]:
    """A point of Germany whose numbers had changed places put right (its latitudes are no longitudes of it); every
    other as it is."""
    if is_in_germany(longitude, latitude) and not is_in_germany(latitude, longitude):
        return longitude, latitude
    return latitude, longitude
