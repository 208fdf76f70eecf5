"""Paths of the room."""

from django.urls import path

from portal.planning import views

app_name = "planning"
_AT = "auswertung/"
urlpatterns = [
    path(_AT, views.overview, name="overview"),
    path(f"{_AT}worte/", views.words, name="words"),
    path(f"{_AT}tabellen/<str:name>.<str:kind>", views.table_file, name="file"),
]
