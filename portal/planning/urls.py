"""Paths of the room."""

from django.urls import path, re_path

# The figures, tables and pictures of these pages register themselves.
from portal.planning import (  # noqa: F401 - some register themselves
    behind,
    bringing_views,
    gaps,
    gaps_views,
    keeping,
    matrix,
    matrix_views,
    open_data,
    supply,
    supply_views,
    views,
)
from portal.planning.pictures import makers  # noqa: F401 - registers itself
from portal.planning.pictures import views as pictures
from portal.planning.sheets import views as sheets

app_name = "planning"
_AT = "auswertung/"
OPEN = "|".join(open_data.TABLES)
urlpatterns = [
    path(_AT, views.overview, name="overview"),
    path(f"{_AT}angebot/", supply_views.supply, name="supply"),
    path(f"{_AT}matrix/", matrix_views.matrix, name="matrix"),
    path(f"{_AT}luecken/", gaps_views.gaps, name="gaps"),
    path(f"{_AT}zahlen/", bringing_views.figures, name="figures"),
    path(f"{_AT}zahlen/vorlage.xlsx", bringing_views.figures_template, name="figures_template"),
    path(f"{_AT}zahlen/<int:pk>/loeschen/", bringing_views.figures_remove, name="figures_remove"),
    path(f"{_AT}wegezeiten/", bringing_views.times, name="travel"),
    path(f"{_AT}wegezeiten/vorlage.xlsx", bringing_views.travel_template, name="travel_template"),
    path(f"{_AT}wegezeiten/<int:pk>/loeschen/", bringing_views.travel_remove, name="travel_remove"),
    path(f"{_AT}ansichten/", keeping.keep_view, name="keep_view"),
    path(f"{_AT}ansichten/<int:pk>/loeschen/", keeping.drop_view, name="drop_view"),
    path(f"{_AT}notizen/<str:figure>/", keeping.write_note, name="note"),
    path(f"{_AT}ortsteile/", sheets.sheets, name="sheets"),
    path(f"{_AT}ortsteile/neu/", sheets.new, name="sheet_new"),
    path(f"{_AT}ortsteile/<int:pk>/", sheets.sheet, name="sheet"),
    path(f"{_AT}ortsteile/<int:pk>/aendern/", sheets.change, name="sheet_change"),
    path(f"{_AT}ortsteile/<int:pk>/loeschen/", sheets.remove, name="sheet_remove"),
    path(f"{_AT}ortsteile/<int:pk>/tabelle.<str:kind>", sheets.sheet_file, name="sheet_file"),
    path(f"{_AT}ortsteile/<int:pk>/karte-<int:at>.<str:kind>", sheets.sheet_picture, name="sheet_picture"),
    path(f"{_AT}worte/", views.words, name="words"),
    path(f"{_AT}tabellen/<str:name>.<str:kind>", views.table_file, name="file"),
    re_path(rf"^daten/bestand-(?P<name>{OPEN})\.(?P<kind>csv|json)$", open_data.supply_file, name="supply_file"),
    path(f"{_AT}bilder/<str:name>.<str:kind>", pictures.picture_file, name="picture"),
]
