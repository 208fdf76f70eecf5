"""Paths of the room."""

from django.urls import path

# The figures, tables and pictures of these pages register themselves.
from portal.planning import behind, gaps, gaps_views, keeping, matrix, matrix_views, supply, supply_views, views  # noqa: F401
from portal.planning.pictures import makers  # noqa: F401
from portal.planning.pictures import views as pictures

app_name = "planning"
_AT = "auswertung/"
urlpatterns = [
    path(_AT, views.overview, name="overview"),
    path(f"{_AT}angebot/", supply_views.supply, name="supply"),
    path(f"{_AT}matrix/", matrix_views.matrix, name="matrix"),
    path(f"{_AT}luecken/", gaps_views.gaps, name="gaps"),
    path(f"{_AT}zahlen/", gaps_views.figures, name="figures"),
    path(f"{_AT}zahlen/vorlage.xlsx", gaps_views.figures_template, name="figures_template"),
    path(f"{_AT}zahlen/<int:pk>/loeschen/", gaps_views.figures_remove, name="figures_remove"),
    path(f"{_AT}ansichten/", keeping.keep_view, name="keep_view"),
    path(f"{_AT}ansichten/<int:pk>/loeschen/", keeping.drop_view, name="drop_view"),
    path(f"{_AT}notizen/<str:figure>/", keeping.write_note, name="note"),
    path(f"{_AT}worte/", views.words, name="words"),
    path(f"{_AT}tabellen/<str:name>.<str:kind>", views.table_file, name="file"),
    path(f"{_AT}bilder/<str:name>.<str:kind>", pictures.picture_file, name="picture"),
]
