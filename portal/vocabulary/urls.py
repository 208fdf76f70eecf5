"""Paths of the room."""

from django.urls import path

from portal.vocabulary.catalogue import views as catalogue
from portal.vocabulary.views import lists, shapes, single, tables

app_name = "vocabulary"
_LIST = "redaktion/themen/<slug:slug>/"
_ENTRY = f"{_LIST}<int:pk>/"
_CATALOGUE = "redaktion/themen/katalog/"
urlpatterns = [
    path("redaktion/themen/", lists.topics, name="topics"),
    path(_CATALOGUE, catalogue.home, name="catalogue"),
    path(f"{_CATALOGUE}uebernehmen/", catalogue.adopt, name="catalogue_adopt"),
    path(f"{_CATALOGUE}unterschiede/", catalogue.differences, name="catalogue_differences"),
    path(f"{_CATALOGUE}verknuepfungen/", catalogue.links, name="catalogue_links"),
    path(f"{_CATALOGUE}verknuepfungen/<slug:which>/<int:pk>/", catalogue.link, name="catalogue_link"),
    path(f"{_CATALOGUE}vorschlaege/", catalogue.proposals, name="catalogue_proposals"),
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
