"""Paths of the room."""

from django.urls import path

from portal.vocabulary.views import lists, shapes, single, tables

app_name = "vocabulary"
_LIST = "redaktion/themen/<slug:slug>/"
_ENTRY = f"{_LIST}<int:pk>/"
urlpatterns = [
    path("redaktion/themen/", lists.topics, name="topics"),
    path("redaktion/themen/ortsteile/umrisse/", shapes.outlines, name="outlines"),
    path("redaktion/themen/ortsteile/umrisse/<uuid:key>/", shapes.outlines_look, name="outlines_look"),
    path(_LIST, lists.entries, name="list"),
    path(f"{_LIST}tabelle.<slug:ending>", tables.table, name="table"),
    path(f"{_LIST}einlesen/", tables.table_in, name="table_in"),
    path(f"{_LIST}einlesen/<uuid:key>/", tables.table_look, name="table_look"),
    path(f"{_LIST}bewegen/", lists.move, name="move"),
    path(f"{_LIST}neu/", single.add, name="add"),
    path(_ENTRY, single.edit, name="edit"),
    path(f"{_ENTRY}verschieben/", lists.choose_place, name="place"),
    path(f"{_ENTRY}zusammenfuehren/", single.merge, name="merge"),
    path(f"{_ENTRY}stilllegen/", single.retire, name="retire"),
    path(f"{_ENTRY}wieder/", single.bring_back, name="bring_back"),
    path(f"{_ENTRY}loeschen/", single.delete, name="delete"),
]
