"""Paths of demand, below those of the room."""

from django.urls import path

# Tables and tiles register themselves.
from portal.planning.demand import tables, tiles, views  # noqa: F401 - see above

app_name = "demand"
_AT = "auswertung/nachfrage/"
urlpatterns = [
    path(_AT, views.overview, name="overview"),
    path(f"{_AT}woerter/", views.words, name="words"),
    path(f"{_AT}nicht-gefunden/", views.missing, name="missing"),
    path(f"{_AT}themen/", views.topics, name="topics"),
    path(f"{_AT}filter/", views.filters, name="filters"),
]
