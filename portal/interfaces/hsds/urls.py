"""The addresses: of version 3.2 below `/hsds/`, of the UK profile below `/hsds/uk/`; the same answers in both."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, re_path

from core.access import Role, allow
from portal.interfaces.hsds import views
from portal.interfaces.views.others import Missing

_LISTS = {
    "services": (views.ServiceList, views.ServiceDetail),
    "organizations": (views.OrganizationList, views.OrganizationDetail),
    "service_at_locations": (views.ServiceAtLocationList, views.ServiceAtLocationDetail),
    "taxonomies": (views.TaxonomyList, views.TaxonomyDetail),
    "taxonomy_terms": (views.TermList, views.TermDetail),
}


def _open(view: Any) -> Any:
    return allow(Role.VISITOR)(view.as_view())


def _below(profile: str) -> Iterator[URLPattern]:
    start, given = f"hsds/{profile}/" if profile else "hsds/", {"profile": profile}
    name = f"hsds_{profile}_" if profile else "hsds_"
    yield path(start, _open(views.Root), given, name=f"{name}root")
    yield path(f"{start}openapi.json", _open(views.Description), given, name=f"{name}openapi")
    for each, (listed, one) in _LISTS.items():
        yield path(f"{start}{each}", _open(listed), given, name=f"{name}{each}")
        yield path(f"{start}{each}/<str:identity>", _open(one), given, name=f"{name}{each}_one")


urlpatterns = [*_below(""), *_below("uk"), re_path(r"^hsds/(?P<path>.+)$", _open(Missing), name="hsds_missing")]
