"""Paths of the room, all on the operator's host."""

from django.urls import path

from operations.statistics import cost_views, group_views, views

app_name = "statistics"
_HERE = "betrieb/statistik/"
_GROUP = f"{_HERE}gruppen/<int:pk>/"
urlpatterns = [
    path(_HERE, views.overview, name="overview"),
    path(f"{_HERE}tabellen/<slug:name>.<str:kind>", views.file, name="file"),
    path(f"{_HERE}einwohner/", views.inhabitants, name="inhabitants"),
    path(f"{_HERE}gruppen/", group_views.groups, name="groups"),
    path(_GROUP, group_views.group, name="group"),
    path(f"{_GROUP}aufnehmen/", group_views.add, name="add"),
    path(f"{_GROUP}herausnehmen/", group_views.remove, name="remove"),
    path(f"{_GROUP}loeschen/", group_views.delete, name="delete"),
    path(f"{_HERE}kosten/", cost_views.costs, name="costs"),
    path(f"{_HERE}kosten/<int:pk>/", cost_views.cost_shares, name="cost_shares"),
    path(f"{_HERE}kosten/<int:pk>/anteile.<str:kind>", cost_views.cost_file, name="cost_file"),
]
