"""Paths of the room on the operator's host."""

from django.urls import path

from neighbours import operating

app_name = "neighbours"
urlpatterns = [
    path("betrieb/nachbarn/", operating.overview, name="overview"),
    path("betrieb/nachbarn/dachportale/", operating.mark, name="mark"),
    path("betrieb/nachbarn/dachportale/<int:pk>/", operating.roof, name="roof"),
    path("betrieb/nachbarn/dachportale/<int:pk>/aufheben/", operating.unmark, name="unmark"),
    path(
        "betrieb/nachbarn/dachportale/<int:pk>/mitglieder/<int:agreement>/entfernen/", operating.remove, name="remove"
    ),
]
