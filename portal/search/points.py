"""Where on the map a place may be shown and searched for."""

from django.db.models import Case, F, QuerySet, When

from portal.offers.models import Location


def with_point(locations: QuerySet[Location]) -> QuerySet[Location]:
    """Adds `lat` and `lon`: a protected address counts as the middle of its district, else as nowhere, so that no
    search by distance can find it out."""
    return locations.annotate(
        lat=Case(When(hide_exact_address=True, then=F("district__latitude")), default=F("latitude")),
        lon=Case(When(hide_exact_address=True, then=F("district__longitude")), default=F("longitude")),
    )
