"""Paths of the room. Names of resources are English, as in the issue trackers of those who build on it; the search's
parameters are those of `/angebote/`."""

from typing import Any

from django.urls import path, re_path

from core.access import Role, allow
from portal.interfaces.hsds import urls as hsds
from portal.interfaces.views import calendars, files, offers, others, pages

app_name = "interfaces"


def _open(view: Any) -> Any:
    """A view of the interface as everybody may ask it."""
    return allow(Role.VISITOR)(view.as_view())


api_patterns = [
    path("api/v1/", _open(others.Root), name="root"),
    path("api/v1/openapi.json", _open(others.Schema), name="schema"),
    path("api/v1/offers/", _open(offers.OfferList), name="offers"),
    path("api/v1/offers/<int:pk>/", _open(offers.OfferDetail), name="offer"),
    path("api/v1/offers/<int:pk>/state/", _open(offers.OfferState), name="offer_state"),
    path("api/v1/dates/", _open(offers.DateList), name="dates"),
    path("api/v1/providers/", _open(others.ProviderList), name="providers"),
    path("api/v1/providers/<int:pk>/", _open(others.ProviderDetail), name="provider"),
    path("api/v1/categories/", _open(others.CategoryList), name="categories"),
    path("api/v1/target-groups/", _open(others.TargetGroupList), name="target_groups"),
    path("api/v1/districts/", _open(others.DistrictList), name="districts"),
    path("api/v1/pages/", _open(others.PageList), name="pages"),
    path("api/v1/pages/<int:pk>/", _open(others.PageDetail), name="page"),
]
urlpatterns = [
    path("api/", pages.interface, name="interface"),
    *api_patterns,
    re_path(r"^api/(?P<path>v.*)$", _open(others.Missing), name="missing"),
    *hsds.urlpatterns,
    path("daten/", pages.data, name="data"),
    re_path(r"^daten/angebote\.(?P<kind>jsonl|csv|geojson)$", files.offers, name="file"),
    re_path(r"^daten/(?P<kind>termine|integreat)\.ics$", calendars.dates, name="dates_file"),
    path("daten/integreat-orte.csv", files.places, name="places_file"),
    re_path(r"^daten/katalog\.(?P<kind>ttl|jsonld)$", files.catalogue, name="catalogue"),
]
