"""Paths of the room."""

from django.urls import URLPattern, path, re_path

# The figures, tables and pictures of these pages register themselves.
from portal.planning import (  # noqa: F401 - some register themselves
    behind,
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
from portal.planning import bringing_views as bringing
from portal.planning.bringing import FIGURES, TRAVEL, Table
from portal.planning.pictures import makers  # noqa: F401 - registers itself
from portal.planning.pictures import views as pictures
from portal.planning.sheets import views as sheets

app_name = "planning"
_AT = "auswertung/"
OPEN = "|".join(open_data.TABLES)


def _brought(at: str, table: Table) -> list[URLPattern]:
    """The pages of a table that planners bring."""
    more = {"table": table}
    return [
        path(f"{_AT}{at}/", bringing.bring, more, name=table.name),
        path(f"{_AT}{at}/vorlage.xlsx", bringing.template, more, name=f"{table.name}_template"),
        path(f"{_AT}{at}/<int:pk>/loeschen/", bringing.remove, more, name=f"{table.name}_remove"),
    ]


urlpatterns = [
    path(_AT, views.overview, name="overview"),
    path(f"{_AT}angebot/", supply_views.supply, name="supply"),
    path(f"{_AT}matrix/", matrix_views.matrix, name="matrix"),
    path(f"{_AT}luecken/", gaps_views.gaps, name="gaps"),
    *_brought("zahlen", FIGURES),
    *_brought("wegezeiten", TRAVEL),
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
